"""Rows as ProctorExam prints them: every documented field, in the order of the page, empty ones as null."""

from __future__ import annotations

import json
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from mockserver.store import Row
from mockserver.vendor import Call
from mockserver.vendors.proctorexam.moments import printed, zone_of


def zone(call: Call) -> ZoneInfo:
    """Return the time zone in which the sandbox prints."""
    return zone_of(call.sandbox.settings["proctorexam"].time_zone)


def stamped(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the echoed fields of a row with the id and the two times that every object has (PE-009)."""
    values: dict[str, Any] = json.loads(row["fields"])
    values["id"] = row["id"]
    values["created_at"] = printed(row["created_ms"], in_zone)
    values["updated_at"] = printed(row["updated_ms"], in_zone)
    return values


def in_order(values: dict[str, Any], page: type[BaseModel]) -> dict[str, Any]:
    """Return the values that a page prints, in its order."""
    return {name: values[name] for name in page.model_fields}
