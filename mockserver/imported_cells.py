"""What a cell of an imported world may hold by the type of its column; `imported_rows.py` knows the rest."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from mockserver.clock import LATEST_MS
from mockserver.store.schema.columns import Column

EARLIEST_MS = -62_135_510_400_000  # 0001-01-02: a day later than a datetime can hold, so that zones have room
MOST_COUNTED = 2**62  # room for whatever is counted up in 64 bits
DUE = ("due_ms", "remembered_until_ms", "kept_until_ms")  # may lie behind the end of every clock
OWNED_BY_VENDORS = ("pending_event", "delivery")


def suits(table: str, column: Column, value: Any, vendors: Collection[str]) -> bool:
    """Tell whether a row of `table` can hold `value` in `column`; `vendors` are those of this server."""
    if value is None:
        return column.nullable
    if isinstance(value, bool) or not isinstance(value, column.types):
        return False
    if isinstance(value, str):
        return _is_storable(value) and _is_owned(table, column.name, value, vendors)
    assert isinstance(value, (int, float))
    if column.name.endswith("_ms"):
        return EARLIEST_MS <= value <= (2 * LATEST_MS if column.name in DUE else LATEST_MS)
    return isinstance(value, float) or abs(value) <= MOST_COUNTED


def _is_storable(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_owned(table: str, column: str, text: str, vendors: Collection[str]) -> bool:
    return column != "vendor" or table not in OWNED_BY_VENDORS or text in vendors
