"""Rows as ProctorExam prints them: every documented field, in the order of the page, empty ones as null."""

from __future__ import annotations

from functools import cache
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from mockserver.moment import Moment
from mockserver.store import Row
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.moments import printed, zone_of
from mockserver.vendors.proctorexam.settings import settings_of
from mockserver.vendors.proctorexam.stored_fields import read_fields


def zone(now: Call | Moment) -> ZoneInfo:
    """Return the time zone in which the sandbox prints (PE-482)."""
    return zone_of(settings_of(now.sandbox).time_zone)


def stamped(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the echoed fields of a row with the id and the two times that every object has (PE-009).

    A row that was just made brings them as they are, a stored one as JSON.
    """
    fields = row["fields"]
    values: dict[str, Any] = dict(fields) if isinstance(fields, dict) else read_fields(fields)
    values["id"] = row["id"]
    values["created_at"] = printed(row["created_ms"], in_zone)
    values["updated_at"] = printed(row["updated_ms"], in_zone)
    return values


def in_order(values: dict[str, Any], page: type[BaseModel]) -> dict[str, Any]:
    """Return the values that a page prints, in its order."""
    names, pick = _fields(page)
    return dict(zip(names, pick(values), strict=True))


@cache
def _fields(page: type[BaseModel]) -> tuple[tuple[str, ...], itemgetter[Any]]:
    """Return the names of a page's fields, and what picks their values in one step."""
    names = tuple(page.model_fields)
    return names, itemgetter(*names)
