"""The parameters `filter` and `sort`: JSON in a text (PE-079), over fields that answers print (PE-493)."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, NoReturn
from zoneinfo import ZoneInfo

from pydantic_core import PydanticCustomError

from mockserver.errors import Problem, ValuesInvalid
from mockserver.store import Row
from mockserver.strict_json import JsonError, read_json
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.moments import read_moment
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.values import number, text

OPERATORS: dict[str, Callable[[Any, Any], Any]] = {  # only gte is shown by the pages (PE-080)
    "eq": operator.eq,
    "gt": operator.gt,
    "gte": operator.ge,
    "lt": operator.lt,
    "lte": operator.le,
}
_DIRECTIONS = {"asc": False, "desc": True}


@dataclass(frozen=True)
class Column:
    """Where a documented field stands in the row, and how a value for it is written."""

    name: str
    kind: Literal["number", "text", "time"]


@dataclass(frozen=True)
class _Condition:
    column: str
    holds: Callable[[Any, Any], Any]
    value: Any


def chosen(
    call: Call,
    rows: Sequence[Row],
    filter_text: str | None,
    sort_text: str | None,
    columns: Mapping[str, Column],
) -> list[Row]:
    """Return the rows for which every condition holds, in the order of `sort_text`.

    A null fits no condition and comes last.

    Raises:
        ValuesInvalid: a text is not JSON, or not of the form that the pages show (PE-480).
    """
    conditions = list(_conditions(filter_text, columns, zone(call))) if filter_text is not None else []
    order = list(_order(sort_text, columns)) if sort_text is not None else []
    found = [row for row in rows if all(_fits(row, condition) for condition in conditions)]
    for column, descending in reversed(order):  # sorting is stable: the first column is applied last
        with_value = [row for row in found if row[column] is not None]
        without = [row for row in found if row[column] is None]
        found = sorted(with_value, key=lambda row: row[column], reverse=descending) + without
    return found


def _fits(row: Row, condition: _Condition) -> bool:
    value = row[condition.column]
    return value is not None and bool(condition.holds(value, condition.value))


def _conditions(sent: str, columns: Mapping[str, Column], in_zone: ZoneInfo) -> Iterable[_Condition]:
    wanted = _read("filter", sent)
    if not isinstance(wanted, dict):
        _refuse("filter", "Must be a JSON object of conditions.")
    for field, condition in wanted.items():
        column = _column("filter", field, columns)
        parts = condition if isinstance(condition, dict) else {"eq": condition}
        for name, value in parts.items():
            if name not in OPERATORS:
                _refuse("filter", f"Must use one of the operators {', '.join(OPERATORS)}.")
            yield _Condition(column.name, OPERATORS[name], _value(field, column, value, in_zone))


def _order(sent: str, columns: Mapping[str, Column]) -> Iterable[tuple[str, bool]]:
    wanted = _read("sort", sent)
    if not isinstance(wanted, list):
        _refuse("sort", "Must be a JSON list of {column: direction}.")
    for part in wanted:
        if not isinstance(part, dict) or len(part) != 1:
            _refuse("sort", "Must be a JSON list of {column: direction}.")
        [(field, direction)] = part.items()
        if not isinstance(direction, str) or direction not in _DIRECTIONS:
            _refuse("sort", "Must have the direction asc or desc.")
        yield _column("sort", field, columns).name, _DIRECTIONS[direction]


def _read(parameter: str, sent: str) -> Any:
    try:
        return read_json(sent.encode())
    except JsonError:
        _refuse(parameter, "Must be JSON.")


def _column(parameter: str, field: str, columns: Mapping[str, Column]) -> Column:
    column = columns.get(field)
    if column is None:
        _refuse(parameter, f"Must use one of the columns {', '.join(columns)}.")
    return column


def _value(field: str, column: Column, value: Any, in_zone: ZoneInfo) -> Any:
    try:
        match column.kind:
            case "number":
                return number(value)
            case "time":
                return read_moment(value, in_zone)
            case _:
                return text(value)
    except (PydanticCustomError, ValueError, OverflowError):
        _refuse("filter", f"Must compare {field} with a {column.kind}.")


def _refuse(parameter: str, message: str) -> NoReturn:
    raise ValuesInvalid([Problem(parameter, "conditions", message)])
