"""The example of the vendor's page on exams: it exists after a fresh start."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mockserver.clock import as_ms
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection
from mockserver.vendors.constructor import exams
from mockserver.vendors.constructor.schemas import Exam

EXAM: dict[str, Any] = {  # CP-052, CP-113, CP-133
    "accountId": 123,
    "accountName": "Corporate university",
    "examId": "a3875623",
    "courseName": "Physics",
    "examName": "Final test",
    "userAgreementUrl": "https://school.org/eula",
    "duration": 120,
    "schedule": True,
    "auxiliaryCamera": False,
    "proctoring": "online",
    "identification": "passport",
    "trial": False,
    "rules": {"allow_to_use_paper": True, "allow_to_use_calculator": False},
    "startDate": "2018-03-27T00:00:00Z",
    "endDate": "2018-03-30T12:55:00Z",
    "scoreConfig": {
        "cheaterLevel": 80,
        "extraUserInFrame": 1.0,
        "substitutionUser": 1.0,
        "noUserInFrame": 1.0,
        "avertEyes": 1.0,
        "changeActiveWindowOnComputer": 1.0,
        "forbiddenDevice": 1.0,
        "voiceDetected": 1.0,
        "phone": 1.0,
    },
    "visibleWarnings": {"warning_extra_user_in_frame": False, "warning_timeout": False},
}
MADE_MS = as_ms(datetime(2018, 3, 1, tzinfo=UTC))


def fill(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add the exam a3875623 of the account 123."""
    del now_ms
    exams.put(db, sandbox.id, Exam.model_validate(EXAM), MADE_MS)
