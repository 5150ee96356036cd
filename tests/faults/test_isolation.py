"""Two hundred sandboxes at once on one server, each with its own clock, nonces, faults and journal."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import SandboxHandle
from tests.conftest import RunningServer

SANDBOXES = 200
START = datetime(2030, 1, 1, tzinfo=UTC)
NONCE = {"overrides": {"nonce": "123456"}}
NEW = {"candidate_email": "one@example.com", "examination_id": 119}


def lived(api: ControlApi, number: int) -> dict[str, Any]:
    """Live a short life in a sandbox of one's own; return everything that was seen of it."""
    sandbox = SandboxHandle.new(api, name=f"test {number}")
    sandbox.clock.freeze(START + timedelta(days=number))
    sandbox.fault("status", code=403, operation="examinations.list", times=number % 3 + 1)
    seen = {
        "faults": [sandbox.send("consero", "GET", "/examinations").status for _ in range(5)],
        "nonces": [sandbox.send("proctorexam", "GET", "/institutes", **NONCE).status for _ in range(2)],
        "invite": sandbox.send("consero", "POST", "/allocate-candidate", NEW).json()["data"]["invite_id"],
        "dates": {dict(sandbox.send("consero", "GET", "/examinations").headers)["date"]},
        "now": sandbox.clock.now(),
        "journal": [(entry["vendor"], entry["status"]) for entry in reversed(sandbox.requests())],
        "left": [fault["remaining"] for fault in sandbox.faults()],
    }
    sandbox.delete()
    return seen


def expected(number: int) -> dict[str, Any]:
    moment = START + timedelta(days=number)
    struck = [403] * (number % 3 + 1)
    passed = [200] * (5 - len(struck))
    return {
        "faults": struck + passed,
        "nonces": [200, 403],
        "invite": 143,
        "dates": {f"{moment:%a, %d %b %Y %H:%M:%S} GMT"},
        "now": moment,
        "journal": [("consero", status) for status in struck + passed]
        + [("proctorexam", 200), ("proctorexam", 403), ("consero", 201), ("consero", 200)],
        "left": [0],
    }


def test_two_hundred_sandboxes_do_not_meet(server: RunningServer) -> None:
    api = ControlApi(server.url)
    api.controls()
    with ThreadPoolExecutor(16) as threads:
        lives = list(threads.map(lambda number: lived(api, number), range(SANDBOXES)))
    assert lives == [expected(number) for number in range(SANDBOXES)]
