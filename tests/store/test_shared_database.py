"""Two servers on one database see one world: no copy in one outlives a change in the other."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

Pair = tuple[TestClient, TestClient]
LIST = "/consero/api/v1/examinations"


@pytest.fixture
def pair(open_client: Callable[..., TestClient], database_url: str) -> Pair:
    """Two servers, on SQLite and on PostgreSQL."""
    return open_client(database=database_url), open_client(database=database_url)


@pytest.fixture
def sandbox(pair: Pair) -> dict[str, Any]:
    """A sandbox that the first server made and both have used."""
    made: dict[str, Any] = pair[0].post("/__admin/sandboxes", json={"name": "shared"}).json()
    assert [listed(server, made) for server in pair] == [200, 200]
    return made


def listed(server: TestClient, sandbox: dict[str, Any]) -> int:
    """List Consero's examinations with the sandbox's key; return the status."""
    key = sandbox["credentials"]["consero"]["api_key"]
    return server.get(LIST, headers={"x-api-key": key}).status_code


def at(sandbox: dict[str, Any], noun: str) -> str:
    return f"/__admin/sandboxes/{sandbox['id']}/{noun}"


def test_removed_sandbox_is_gone_for_both(pair: Pair, sandbox: dict[str, Any]) -> None:
    assert pair[0].delete(f"/__admin/sandboxes/{sandbox['id']}").status_code == 204
    assert [listed(server, sandbox) for server in pair] == [401, 401]


def test_clock_moves_for_both(pair: Pair, sandbox: dict[str, Any]) -> None:
    pair[0].put(
        at(sandbox, "clock"), json={"mode": "frozen", "at": "2030-01-01T00:00:00Z"}
    ).raise_for_status()
    key = sandbox["credentials"]["consero"]["api_key"]
    answer = pair[1].get(LIST, headers={"x-api-key": key})
    assert answer.headers["date"] == "Tue, 01 Jan 2030 00:00:00 GMT"


def test_fault_armed_at_one_strikes_at_the_other_once(pair: Pair, sandbox: dict[str, Any]) -> None:
    rule = {"vendor": "consero", "fault": "status", "code": 500, "times": 1}
    assert pair[0].post(at(sandbox, "faults"), json=rule).status_code == 201
    assert [listed(server, sandbox) for server in (pair[1], pair[0], pair[1])] == [500, 200, 200]


def test_settings_of_one_hold_at_the_other(pair: Pair, sandbox: dict[str, Any]) -> None:
    change = {"consero": {"allowed_networks": ["192.0.2.0/24"]}}
    pair[0].patch(at(sandbox, "settings"), json=change).raise_for_status()
    assert listed(pair[1], sandbox) == 403


def test_journal_is_one(pair: Pair, sandbox: dict[str, Any]) -> None:
    first = [entry["request_id"] for entry in pair[0].get(at(sandbox, "requests")).json()]
    second = [entry["request_id"] for entry in pair[1].get(at(sandbox, "requests")).json()]
    assert len(first) == 2
    assert first == second


def test_reset_of_one_empties_the_journal_of_both(pair: Pair, sandbox: dict[str, Any]) -> None:
    assert pair[0].post(at(sandbox, "reset")).status_code in (200, 204)
    assert pair[1].get(at(sandbox, "requests")).json() == []
