"""How an exam is printed (PE-204)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed
from mockserver.vendors.proctorexam.printing import in_order, stamped
from mockserver.vendors.proctorexam.schemas.exams import Exam


def exam_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 31 fields of an exam."""
    values = stamped(row, in_zone)
    for name in ("institute_id", "user_id", "name", "status"):
        values[name] = row[name]
    values["start_time"] = printed(row["start_ms"], in_zone)
    values["end_time"] = printed(row["end_ms"], in_zone)
    return in_order(values, Exam)
