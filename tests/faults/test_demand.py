"""`Prefer: code=…` and magic values: what one request asks for by itself."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
LIST = "/consero/api/v1/examinations"
REPORT = "/consero/api/v1/report"
ALLOCATE = "/consero/api/v1/allocate-candidate"
REQUESTS = "/__admin/sandboxes/default/requests"


def test_caller_who_is_not_let_in_gets_no_wish(client: TestClient) -> None:
    answer = client.post(REPORT, headers={"Prefer": "code=404"}, json={"inviteId": 142})
    assert answer.status_code == 401
    assert "x-mock-injected" not in answer.headers


@pytest.mark.parametrize(
    "prefer",
    [
        "code=404",
        "Code=404",
        'code="404"',
        "respond-async, code=404",
        "wait=5; code=404",
        "code=404; dynamic=true",
    ],
)
def test_preference_is_read_as_the_standard_writes_it(client: TestClient, prefer: str) -> None:
    answer = client.post(REPORT, headers=KEY | {"Prefer": prefer}, json={"inviteId": 142})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Allocation not found."}


@pytest.mark.parametrize("prefer", ["return=minimal", "respond-async", "mycode=404", "", "code="])
def test_other_preferences_are_passed_over(client: TestClient, prefer: str) -> None:
    assert client.post(REPORT, headers=KEY | {"Prefer": prefer}, json={"inviteId": 142}).status_code == 200


@pytest.mark.parametrize("prefer", ["code=418", "code=200", "code=abc", "code=401; variant=2", "code=٤٠٤"])
def test_unknown_code_gets_the_list_of_those_there_are(client: TestClient, prefer: str) -> None:
    answer = client.get(LIST, headers={**KEY, "Prefer": prefer.encode()})  # type: ignore[dict-item]
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert [(error["code"], error["variant"]) for error in answer.json()["errors"]] == [(401, 1), (403, 1)]
    assert "ask for one of 401, 403" in answer.json()["detail"]


def test_wish_is_fulfilled_whatever_the_body(client: TestClient) -> None:
    answer = client.post(REPORT, headers=KEY | {"Prefer": "code=409"}, content=b"\xff")
    assert answer.status_code == 409


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        (ALLOCATE, {"candidate_email": "mock-error-500@example.com"}, 500),
        (ALLOCATE, {"candidate_email": "x+mock-error-500@example.com", "examination_id": 119}, 500),
        (REPORT, {"inviteId": 9990404}, 404),
        (REPORT, {"inviteId": "9990409"}, 409),
        (REPORT, {"inviteId": "mock-error-422"}, 422),
    ],
)
def test_magic_value_asks_for_an_error(
    client: TestClient, path: str, body: dict[str, Any], status: int
) -> None:
    answer = client.post(path, headers=KEY, json=body)
    assert answer.status_code == status
    assert answer.headers["x-mock-injected"] == "magic_value"


@pytest.mark.parametrize(
    "body",
    [
        {"candidate_email": "mock-error-5000@example.com", "examination_id": 119},
        {"candidate_email": "mock-error-@example.com", "examination_id": 119},
        {"candidate_email": "a@example.com", "examination_id": 119, "count": 9990404},
        {"candidate_email": "a@example.com", "examination_id": 119, "deep": {"id": 9990404}},
    ],
)
def test_what_only_resembles_a_magic_value_is_none(client: TestClient, body: dict[str, Any]) -> None:
    assert client.post(ALLOCATE, headers=KEY, json=body).status_code == 201


def test_magic_value_of_an_unknown_error_gets_the_list(client: TestClient) -> None:
    answer = client.post(REPORT, headers=KEY, json={"inviteId": 9990418})
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_wished_answer_is_marked_and_no_refusal(client: TestClient) -> None:
    answer = client.get(LIST, headers=KEY | {"Prefer": "code=401"})
    entry = client.get(f"{REQUESTS}/{answer.headers['x-mock-request-id']}").json()
    assert entry["injected"] == {"by": "prefer", "code": "401", "variant": 1}
    assert entry["explanation"] is None
    assert client.get(f"{REQUESTS}?injected=true").json() == [entry]
    assert client.get(f"{REQUESTS}?injected=false").json() == []


def test_page_lists_every_operation_with_its_errors(client: TestClient) -> None:
    page = client.get("/__admin/magic-values").json()
    by_operation = {
        operation["operation"]: operation for vendor in page["vendors"] for operation in vendor["operations"]
    }
    assert by_operation["candidates.allocate"]["name"] == "candidate_email"
    values = {value["code"]: value["value"] for value in by_operation["candidates.allocate"]["values"]}
    assert values[500] == "mock-error-500@example.com"
    assert {value["value"] for value in by_operation["reports.get"]["values"]} >= {9990401, 9990404}
    assert by_operation["institutes.show"]["in"] == "path"


def test_vendors_show_errors_and_magic_values(client: TestClient) -> None:
    consero = client.get("/__admin/vendors").json()[0]
    allocate = next(item for item in consero["operations"] if item["id"] == "candidates.allocate")
    assert {error["code"] for error in allocate["errors"]} == {401, 403, 422, 500}
    assert allocate["magic_values"]["name"] == "candidate_email"
