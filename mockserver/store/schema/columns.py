"""What columns a table has, read from the schema files: for copying rows of any table."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from mockserver.store.schema import versions

_CREATE = re.compile(r"CREATE TABLE (\w+) \((.*)\)", re.DOTALL)
_ADD = re.compile(r"ALTER TABLE (\w+) ADD COLUMN (.*)", re.DOTALL)
_COLUMN = re.compile(r"(\w+) (VARCHAR|INTEGER|FLOAT)\b(.*)")
_KINDS: dict[str, tuple[type, ...]] = {"VARCHAR": (str,), "INTEGER": (int,), "FLOAT": (int, float)}


@dataclass(frozen=True)
class Column:
    """A column, the Python types of its values, and whether it may be empty."""

    name: str
    types: tuple[type, ...]
    nullable: bool


@functools.cache
def columns_of(table: str) -> tuple[Column, ...]:
    """Return the columns of a table in their order.

    Raises:
        KeyError: there is no such table.
    """
    return _tables()[table]


@functools.cache
def _tables() -> dict[str, tuple[Column, ...]]:
    found: dict[str, tuple[Column, ...]] = {}
    for version in versions("sqlite"):  # both databases have the same columns, as a test makes sure
        for statement in version.statements:
            if created := _CREATE.match(statement):
                lines = (line.strip() for line in created[2].splitlines())
                found[created[1]] = tuple(column for line in lines if (column := _column(line)))
            elif (added := _ADD.match(statement)) and (column := _column(added[2])):
                found[added[1]] = (*found[added[1]], column)
    return found


def _column(line: str) -> Column | None:
    match = _COLUMN.match(line)
    return match and Column(match[1], _KINDS[match[2]], "NOT NULL" not in match[3])
