"""How a student session is printed: 55, 56 or 58 fields, as each page has it (PE-182, PE-188, PE-208)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from pydantic import BaseModel

from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed
from mockserver.vendors.proctorexam.printing import in_order, stamped
from mockserver.vendors.proctorexam.schemas.student_sessions import Student


def student_json(row: Row, in_zone: ZoneInfo, page: type[BaseModel] = Student) -> dict[str, Any]:
    """Return the fields of a student session that `page` prints."""
    values = stamped(row, in_zone)
    for name in ("exam_id", "name", "email", "external_id", "status", "token", "proctor_id"):
        values[name] = row[name]
    values["in_setup"] = row["status"] == "in_setup"
    values["is_email_sent"] = bool(row["is_email_sent"])
    values["open_time"] = printed(row["open_ms"], in_zone)  # PE-146
    values["reservation_time"] = printed(row["reservation_ms"], in_zone)
    values["start_time"] = printed(row["start_ms"], in_zone)
    values["end_time"] = printed(row["end_ms"], in_zone)
    return in_order(values, page)
