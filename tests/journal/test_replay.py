"""A journal entry sent once more, signed anew."""

from __future__ import annotations

import time
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.clock import Machine
from tests.support.any_call import VENDORS, call

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
REPORT = "/consero/api/v1/report"
ALLOCATE = "/consero/api/v1/allocate-candidate"
REQUESTS = "/__admin/sandboxes/default/requests"
MACHINE = Machine()


def operation(vendor: str, name: str) -> Any:
    return next(item for item in VENDORS[vendor].operations if item.id == name)


def replayed(client: TestClient, answer: Any) -> Any:
    return client.post(f"{REQUESTS}/{answer.headers['x-mock-request-id']}/replay")


def test_refused_key_is_replaced_by_the_right_one(client: TestClient) -> None:
    entry = replayed(
        client, client.post(REPORT, headers={"x-api-key": "wrong"}, json={"inviteId": 142})
    ).json()
    assert entry["status"] == 200
    assert entry["request"]["body"] == '{"inviteId":142}'
    assert client.get(REQUESTS).json()[0] == entry


@pytest.mark.parametrize(
    ("name", "sent"),
    [
        ("institutes.index", {"query": "?page=1"}),
        ("institutes.show", {}),
        ("institutes.create", {"parameters": {"name": f"Zoë & Co {time.time()}", "short_name": "z"}}),
        (
            "student_sessions.update",
            {"parameters": {"skip_requirements": True, "external_id": "x", "name": "A b"}},
        ),
    ],
)
def test_nonce_timestamp_and_signature_are_made_anew(
    client: TestClient, name: str, sent: dict[str, Any]
) -> None:
    first = call(client, MACHINE, VENDORS["proctorexam"], operation("proctorexam", name), **sent)
    assert first.status_code == 200, first.text
    entry = replayed(client, first).json()
    original = client.get(f"{REQUESTS}/{first.headers['x-mock-request-id']}").json()
    assert entry["refused_by"] not in VENDORS["proctorexam"].checks
    assert entry["path"] == original["path"]
    assert entry["request"] != original["request"]


def test_token_is_made_anew_even_a_year_later(client: TestClient) -> None:
    first = call(
        client,
        MACHINE,
        VENDORS["constructor"],
        operation("constructor", "sessions.status"),
        path_id="b3875623",
    )
    client.post("/__admin/sandboxes/default/clock/advance", json={"seconds": 31_536_000})
    assert replayed(client, first).json()["refused_by"] is None


def test_data_token_is_made_anew_from_its_claims(client: TestClient) -> None:
    claims = {
        "userId": "u",
        "accountId": "1",
        "accountName": "a",
        "examId": "e",
        "examName": "n",
        "duration": 60,
        "schedule": False,
        "proctoring": "online",
        "startDate": "2020-01-01T00:00:00Z",
        "endDate": "2100-01-01T00:00:00Z",
        "sessionId": "s",
        "sessionUrl": "https://example.com/s",
    }
    first = call(
        client, MACHINE, VENDORS["constructor"], operation("constructor", "sessions.start"), parameters=claims
    )
    assert first.status_code < 400, first.text
    entry = replayed(client, first).json()
    assert entry["status"] == first.status_code
    assert entry["notes"]["claims"]["examName"] == "n"


@pytest.mark.parametrize(
    "sent",
    [
        {"content": b'{"inviteId": 142, "padding": "' + b"x" * 20_000 + b'"}'},
        {"files": {"inviteId": ("a.txt", b"142")}},
    ],
)
def test_what_the_journal_does_not_keep_cannot_be_sent_again(
    client: TestClient, sent: dict[str, Any]
) -> None:
    answer = replayed(client, client.post(REPORT, headers=KEY, **sent))
    assert answer.status_code == 409
    assert "not in the journal" in answer.json()["detail"]


def test_request_with_a_secret_cannot_be_sent_again(client: TestClient) -> None:
    answer = replayed(client, client.post(REPORT, json={"inviteId": 142, "password": "x" * 10}))
    assert answer.status_code == 409
    assert "a secret" in answer.json()["detail"]


def test_fault_that_hangs_up_on_a_replay_is_said(client: TestClient) -> None:
    first = client.post(REPORT, headers=KEY, json={"inviteId": 142})
    client.post("/__admin/sandboxes/default/faults", json={"fault": "hang_up"})
    answer = replayed(client, first)
    assert answer.status_code == 409
    assert "hung up" in answer.json()["detail"]


def test_unknown_entry_cannot_be_sent_again(client: TestClient) -> None:
    assert client.post(f"{REQUESTS}/req-1234567/replay").status_code == 404
