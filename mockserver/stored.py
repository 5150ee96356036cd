"""Models of rows: what the columns of a table mean beyond the types that they have.

Whoever writes a table describes it once (`Vendor.rows`, `Vendor.belongings`, `imported_rows.py`). The server
trusts its own rows; these models are asked where somebody else has written them: in an imported world.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pydantic import BeforeValidator, ConfigDict

from mockserver.strict_json import JsonError, read_json
from mockserver.wire import WireModel


class StoredRow(WireModel):
    """A row of a table; columns that it does not name may hold whatever their type allows."""

    model_config = ConfigDict(extra="ignore")


class StoredFields(WireModel):
    """A JSON object of what is only echoed: each key of the very type; others are carried along unread."""

    model_config = ConfigDict(extra="ignore", strict=True)


@dataclass(frozen=True)
class Belongs:
    """Each row of `table` belongs to the row of `owner` that has the values of `columns` in `keys`."""

    table: str
    columns: tuple[str, ...]
    owner: str
    keys: tuple[str, ...] = ("id",)


def _read(text: Any) -> Any:
    try:
        return read_json(text.encode())
    except JsonError as problem:
        raise ValueError(str(problem)) from None


JSON = BeforeValidator(_read)  # the column holds the value as JSON text
