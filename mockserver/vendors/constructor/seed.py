"""The examples of the vendor's pages on exams and on status: they exist after a fresh start."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from mockserver.clock import as_ms
from mockserver.moment import Moment
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection
from mockserver.vendors.constructor import exams, queries, sessions
from mockserver.vendors.constructor.claims import StartClaims
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


SESSION: dict[str, Any] = {  # CP-173, with the rest of the sample of a start
    "accountId": "123",
    "accountName": "Corporate university",
    "examId": "a3875623",
    "examName": "Final test",
    "duration": 120,
    "schedule": True,
    "proctoring": "online",
    "startDate": "2018-03-27T00:00:00Z",
    "endDate": "2018-03-30T12:55:00Z",
    "userId": "1232134",
    "lastName": "Smith",
    "firstName": "John",
    "language": "en",
    "sessionId": "b3875623",
    "sessionUrl": "https://go.bananas.com/opentest#test/b3875623",
}
STARTED_MS = as_ms(datetime(2018, 3, 27, 0, 30, tzinfo=UTC))
BASE_URL = "http://constructor.localhost:8000"


def fill(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add the exam a3875623 of the account 123, and the session b3875623 that has started."""
    del now_ms

    def key(size: int) -> bytes:
        return sandbox.derive("constructor/page/b3875623")[:size]

    moment = Moment(db, sandbox, STARTED_MS, key)
    session = sessions.open_link(moment, StartClaims.model_validate(SESSION), BASE_URL)
    db.put(queries.BEGIN, sandbox_id=sandbox.id, session_id=session.key, now_ms=STARTED_MS)
    exams.put(db, sandbox.id, Exam.model_validate(EXAM), MADE_MS)
