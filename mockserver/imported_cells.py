"""What a cell of an imported world may hold: what a server would have written there itself.

A world comes as a document that anybody can write. A time that no calendar has, or a text where a JSON
document belongs, would break the first request that reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Any

from pydantic import ValidationError

from mockserver.clock import LATEST_MS
from mockserver.faults.kinds import ANY_FAULT
from mockserver.moment import DeliveryOptions
from mockserver.store.schema.columns import Column
from mockserver.strict_json import INT64_MAX, INT64_MIN, JsonError, read_json

EARLIEST_MS = -62_135_510_400_000  # 0001-01-02: a day later than a datetime can hold, so that zones have room
DUE = ("due_ms", "remembered_until_ms", "kept_until_ms")  # may lie behind the end of every clock
OWNED_BY_VENDORS = ("pending_event", "delivery")


def suits(table: str, column: Column, value: Any, vendors: Collection[str]) -> bool:
    """Tell whether a row of `table` can hold `value` in `column`; `vendors` are those of this server."""
    if value is None:
        return column.nullable
    if isinstance(value, bool) or not isinstance(value, column.types):
        return False
    if isinstance(value, str):
        return _is_storable(value) and _is_meant(table, column.name, value, vendors)
    assert isinstance(value, (int, float))
    if column.name.endswith("_ms"):
        return EARLIEST_MS <= value <= (2 * LATEST_MS if column.name in DUE else LATEST_MS)
    return isinstance(value, float) or INT64_MIN <= value <= INT64_MAX


def _is_storable(text: str) -> bool:
    if text.isascii():
        return "\x00" not in text
    return "\x00" not in text and not any("\ud800" <= character <= "\udfff" for character in text)


def _is_meant(table: str, column: str, text: str, vendors: Collection[str]) -> bool:
    if column == "vendor" and table in OWNED_BY_VENDORS:
        return text in vendors
    read = _DOCUMENTS.get((table, column)) or _DOCUMENTS.get(("", column))
    if read is None:
        return True
    try:
        read(text)
    except (JsonError, ValidationError):
        return False
    return True


def _object(text: str) -> None:
    if not isinstance(read_json(text.encode()), dict):
        raise JsonError("it is no object")


_DOCUMENTS: Mapping[tuple[str, str], Callable[[str], Any]] = {  # a column of one table, or of every table
    ("fault", "rule"): ANY_FAULT.validate_json,
    ("delivery", "options"): DeliveryOptions.model_validate_json,
    ("delivery", "body"): lambda text: read_json(text.encode()),
    ("delivery_attempt", "headers"): lambda text: read_json(text.encode()),
    ("pending_event", "body"): _object,
    ("", "fields"): _object,
    ("constructor_exam", "parameters"): _object,
    ("constructor_session", "claims"): _object,
}
