"""What the cases about ProctorExam's signed requests are made of."""

from __future__ import annotations

from typing import Any

from attack.requests import in_text
from attack.shapes import PROCTOREXAM_REFUSED, anything, exactly, expect, proctorexam

OK = expect(200, 201, shape=anything, writes=True)
REFUSED = expect(403, shape=exactly(PROCTOREXAM_REFUSED))
REFUSED_OR_UNREADABLE = expect(400, 403, 422, shape=proctorexam)
DAY = 86_400


def create(**parameters: Any) -> dict[str, Any]:
    return {"name": "Attacked", "short_name": "at", **parameters}


def texts_of(sent: Any) -> dict[str, str]:
    return {name: in_text(value) for name, value in sent.items()}
