"""Exams and sessions as the vendor's samples print them, under names of this run."""

from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.bench import Bench
from contracts.claims import TOKEN, token_for
from contracts.exchange import Answer

URLENCODED = {"Content-Type": "application/x-www-form-urlencoded"}


def exam(bench: Bench, **changes: Any) -> dict[str, Any]:
    """The body of the exam sample (CP-046), open now, with changes."""
    now = datetime.fromtimestamp(bench.clock.now(), UTC)
    return {
        "accountId": 123,
        "accountName": "Corporate university",
        "examId": bench.unique("exam"),
        "courseName": "Physics",
        "examName": "Final test",
        "userAgreementUrl": "https://school.org/eula",
        "duration": 120,
        "schedule": False,
        "auxiliaryCamera": False,
        "proctoring": "online",
        "identification": "passport",
        "trial": False,
        "rules": {"allow_to_use_paper": True, "allow_to_use_calculator": False},
        "startDate": iso(now - timedelta(hours=1)),
        "endDate": iso(now + timedelta(days=2)),
        **changes,
    }


def claims(bench: Bench, **changes: Any) -> dict[str, Any]:
    """The claims of the start sample, for a session that can start now, with changes."""
    return {
        **exam(bench),
        "userId": "1232134",
        "lastName": "Smith",
        "firstName": "John",
        "language": "en",
        "proctoring": "offline",
        "sessionId": bench.unique("session"),
        "sessionUrl": "https://go.bananas.com/opentest#test/b3875623",
        **changes,
    }


def upsert(bench: Bench, body: Any) -> Answer:
    return bench.call("POST", f"{api(bench)}/exams/", json_body=body)


def start(bench: Bench, parameters: dict[str, Any]) -> Answer:
    return bench.call(
        "POST", f"{browser(bench)}/start/", form={TOKEN: token_for(parameters)}, headers=URLENCODED
    )


def status(bench: Bench, session_id: str) -> Answer:
    return bench.call("GET", f"{api(bench)}/sessions/{session_id}/status/")


def finish(bench: Bench, session_id: str, body: dict[str, Any] | None = None) -> Answer:
    return bench.call("POST", f"{api(bench)}/sessions/{session_id}/finish/", json_body=body)


def started_session(bench: Bench, **changes: Any) -> str:
    """A session that runs; stops the contract when none can be started."""
    parameters = claims(bench, **changes)
    answer = start(bench, parameters)
    bench.need(answer.accepted, "no session could be started")
    return str(parameters["sessionId"])


def api(bench: Bench) -> str:
    return f"/api/v2/integration/simple/{bench.credentials['integration_name']}"


def browser(bench: Bench) -> str:
    return f"/integration/simple/{bench.credentials['integration_name']}"


def iso(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
