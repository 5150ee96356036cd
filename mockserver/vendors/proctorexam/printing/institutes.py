"""How an institute is printed (PE-170, PE-203)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed
from mockserver.vendors.proctorexam.printing import in_order, stamped
from mockserver.vendors.proctorexam.schemas.institutes import Institute


def logo_path(upload_name: str | None) -> str:
    """Return where a logo would be found; without one the page prints `missing.png` (PE-172)."""
    return f"/logo_images/original/{upload_name or 'missing.png'}"


def institute_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 30 fields of an institute."""
    values = stamped(row, in_zone)
    values["name"] = row["name"]
    values["logo_image"] = logo_path(row["logo_name"])
    values["logo_image_updated_at"] = printed(row["logo_updated_ms"], in_zone)
    # default_language leads, the two old fields repeat it (PE-121, PE-122, PE-123)
    values["default_exam_languages"] = values["default_locale"] = values["default_language"]
    return in_order(values, Institute)
