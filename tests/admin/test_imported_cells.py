"""A world that was written by somebody else: what no server writes into a row is refused, not met later."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.clock import LATEST_MS
from mockserver.imported_cells import EARLIEST_MS

ADMIN = "/__admin/sandboxes"
DEFAULT = f"{ADMIN}/default"
NOBODY = "http://127.0.0.1:9/"

BAD = {
    "time behind every calendar": ("consero_allocation", "allocated_ms", LATEST_MS + 1),
    "time before every calendar": ("consero_allocation", "ended_ms", EARLIEST_MS - 1),
    "time of 64 bits": ("proctorexam_exam", "start_ms", 2**63 - 1),
    "text for fields": ("proctorexam_institute", "fields", "x"),
    "list for fields": ("proctorexam_institute", "fields", "[1]"),
    "null for fields": ("proctorexam_user", "fields", "null"),
    "broken fields": ("proctorexam_student_session", "fields", '{"a":'),
    "key twice in fields": ("proctorexam_exam", "fields", '{"a": 1, "a": 2}'),
    "text for an exam": ("constructor_exam", "parameters", '"x"'),
    "text for claims": ("constructor_session", "claims", ""),
    "rule of no fault": ("fault", "rule", '{"fault": "nothing"}'),
    "text for a rule": ("fault", "rule", "x"),
    "event of nobody": ("pending_event", "vendor", "nobody"),
    "text for an event": ("pending_event", "body", "[]"),
    "due never": ("pending_event", "due_ms", 2 * LATEST_MS + 1),
    "webhook of nobody": ("delivery", "vendor", "nobody"),
    "text for a webhook": ("delivery", "body", "x"),
    "other options": ("delivery", "options", '{"token": "stolen"}'),
    "number that cannot be counted up": ("fault", "asked", 2**62 + 1),
    "counter behind its rows": ("counter", "value", 0),
    "counter of nobody": ("counter", "noun", "x"),
    "session of no exam": ("constructor_session", "exam_id", "x"),
    "completed without a score": ("consero_allocation", "score", None),
    "role of nobody": ("proctorexam_user", "role", "x"),
    "NUL": ("consero_examination", "name", "\x00"),
}
GOOD = {
    "first time": ("consero_allocation", "ended_ms", EARLIEST_MS),
    "last time": ("consero_allocation", "ended_ms", LATEST_MS),
    "due behind every clock": ("delivery", "due_ms", LATEST_MS + 10**11),
    "text of another alphabet": ("proctorexam_institute", "name", "Institut für Prüfung"),
    "nothing where nothing may be": ("constructor_session", "agreed_ms", None),
}


@pytest.fixture
def world(client: TestClient) -> dict[str, Any]:
    """A world in which every table has a row that says something."""
    client.patch(f"{DEFAULT}/settings", json={"constructor": {"agreement_acceptance_url": NOBODY}})
    client.post(f"{DEFAULT}/faults", json={"fault": "delay", "delay_ms": 1})
    happens = {"vendor": "constructor", "event": "candidate_accepts_agreement", "session_id": "b3875623"}
    client.post(f"{DEFAULT}/events", json={**happens, "after_seconds": 10**6})
    client.post(f"{DEFAULT}/events", json=happens)
    found: dict[str, Any] = client.get(f"{DEFAULT}/export").json()
    return found


def with_cell(world: dict[str, Any], table: str, column: str, value: Any) -> dict[str, Any]:
    part = world["tables"][table]
    part["rows"][0][part["columns"].index(column)] = value
    return world


@pytest.mark.parametrize(("table", "column", "value"), BAD.values(), ids=BAD)
def test_cell_that_no_server_writes_is_refused(
    client: TestClient, world: dict[str, Any], table: str, column: str, value: Any
) -> None:
    answer = client.post(f"{ADMIN}/import", json=with_cell(world, table, column, value))
    assert answer.status_code == 422
    assert len(client.get(ADMIN).json()) == 1


@pytest.mark.parametrize(("table", "column", "value"), GOOD.values(), ids=GOOD)
def test_cell_at_a_bound_is_taken(
    client: TestClient, world: dict[str, Any], table: str, column: str, value: Any
) -> None:
    answer = client.post(f"{ADMIN}/import", json=with_cell(world, table, column, value))
    assert answer.status_code == 201
    made = f"{ADMIN}/{answer.json()['id']}"
    assert {client.get(f"{made}{what}").status_code for what in ("/deliveries", "/faults", "/export")} == {
        200
    }
