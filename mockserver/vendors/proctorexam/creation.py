"""The answer to a creation."""

from __future__ import annotations

from typing import Any

from mockserver.vendor import Answer, Call, json_answer
from mockserver.vendors.proctorexam.settings import settings_of


def created(call: Call, value: Any) -> Answer:
    """Return what was created, with 200 as the pages print it, or with 201 (a setting, PE-013)."""
    return json_answer(settings_of(call.sandbox).create_status, value)
