"""The building: mounts, hosts, sandboxes chosen by credentials, and the clock of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.settings import Settings

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
LIST = "/consero/api/v1/examinations"
EXAMINATIONS = [{"testId": 119, "testName": "Technology - Email Test"}]


@pytest.fixture
def new_sandbox(client: TestClient) -> Callable[..., Any]:
    """Make a sandbox and return what the control API says of it."""
    return lambda **wish: client.post("/__admin/sandboxes", json=wish).json()


def test_vendor_is_mounted_by_path(client: TestClient) -> None:
    assert client.get(LIST, headers=KEY).json() == EXAMINATIONS


@pytest.mark.parametrize("host", ["consero.localhost", "consero.localhost:8000", "CONSERO.localhost"])
def test_vendor_is_mounted_by_host(client: TestClient, host: str) -> None:
    answer = client.get("/api/v1/examinations", headers=KEY | {"host": host})
    assert answer.status_code == 200
    assert answer.json() == EXAMINATIONS


def test_vendor_can_have_further_host_names(open_client: Callable[..., TestClient]) -> None:
    client = open_client(hosts={"consero": ("exams.example.test",)})
    answer = client.get("/api/v1/examinations", headers=KEY | {"host": "exams.example.test"})
    assert answer.json() == EXAMINATIONS


def test_links_in_answers_lead_to_where_the_caller_is(client: TestClient) -> None:
    headers = KEY | {"host": "consero.localhost:8000"}
    report = client.post("/api/v1/report", headers=headers, json={"inviteId": 142}).json()
    assert report["reportURL"] == "http://consero.localhost:8000/report/142"


def test_path_of_no_vendor_is_explained(client: TestClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert "/consero" in answer.json()["detail"]


def test_each_mount_serves_its_own_document(client: TestClient) -> None:
    document = client.get("/consero/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert set(document["paths"]) == {
        "/api/v1/examinations",
        "/api/v1/allocate-candidate",
        "/api/v1/cancel-allocation",
        "/api/v1/report",
    }
    assert document["servers"] == [{"url": "/consero"}]


def test_every_answer_has_a_request_id_that_the_journal_knows(client: TestClient) -> None:
    request_id = client.get(LIST).headers["x-mock-request-id"]
    entry = client.get(f"/__admin/sandboxes/default/requests/{request_id}").json()
    assert entry["status"] == 401
    assert entry["refused_by"] == "api_key"
    assert entry["explanation"]["check"] == "api_key"
    assert entry["explanation"]["passed"] == []


def test_credentials_choose_the_sandbox(client: TestClient, new_sandbox: Callable[..., Any]) -> None:
    key = {"x-api-key": new_sandbox()["credentials"]["consero"]["api_key"]}
    new = {"candidate_email": "new@company.io", "examination_id": 119}
    mine = client.post("/consero/api/v1/allocate-candidate", headers=key, json=new)
    assert mine.json()["data"]["invite_id"] == 143
    theirs = client.post("/consero/api/v1/report", headers=KEY, json={"inviteId": 143})
    assert theirs.status_code == 404


def test_sandbox_without_seed_is_empty(client: TestClient, new_sandbox: Callable[..., Any]) -> None:
    key = {"x-api-key": new_sandbox(seed=False)["credentials"]["consero"]["api_key"]}
    assert client.get(LIST, headers=key).json() == []


def test_removed_sandbox_opens_no_door(client: TestClient, new_sandbox: Callable[..., Any]) -> None:
    sandbox = new_sandbox()
    key = {"x-api-key": sandbox["credentials"]["consero"]["api_key"]}
    assert client.delete(f"/__admin/sandboxes/{sandbox['id']}").status_code == 204
    assert client.get(LIST, headers=key).status_code == 401


def test_sandbox_past_its_time_to_live_opens_no_door(
    client: TestClient, new_sandbox: Callable[..., Any], machine: Any
) -> None:
    key = {"x-api-key": new_sandbox(ttl_seconds=60)["credentials"]["consero"]["api_key"]}
    machine.passes(59.9)
    assert client.get(LIST, headers=key).status_code == 200
    machine.passes(0.1)
    assert client.get(LIST, headers=key).status_code == 401


def test_reset_brings_the_seed_back(client: TestClient) -> None:
    client.post("/consero/api/v1/cancel-allocation", headers=KEY, json={"invite_id": 142})
    assert client.post("/__admin/sandboxes/default/reset").status_code == 200
    assert client.post("/consero/api/v1/report", headers=KEY, json={"inviteId": 142}).status_code == 200
    assert len(client.get("/__admin/sandboxes/default/requests").json()) == 1


def test_sandbox_clock_dates_the_answer(client: TestClient) -> None:
    clock = {"mode": "frozen", "at": "2030-01-01T00:00:00Z"}
    assert client.put("/__admin/sandboxes/default/clock", json=clock).status_code == 200
    assert client.get(LIST, headers=KEY).headers["date"] == "Tue, 01 Jan 2030 00:00:00 GMT"


def test_clock_of_one_sandbox_is_not_that_of_another(
    client: TestClient, new_sandbox: Callable[..., Any]
) -> None:
    key = {"x-api-key": new_sandbox()["credentials"]["consero"]["api_key"]}
    client.post("/__admin/sandboxes/default/clock/advance", json={"seconds": 86_400})
    assert client.get(LIST, headers=KEY).headers["date"] == "Sun, 22 Nov 2026 19:37:12 GMT"
    assert client.get(LIST, headers=key).headers["date"] == "Sat, 21 Nov 2026 19:37:12 GMT"


def test_settings_and_rows_survive_a_restart(
    open_client: Callable[..., TestClient], database_url: str
) -> None:
    new = {"candidate_email": "new@company.io", "examination_id": 119}
    app = create_app(Settings(database=database_url))
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 5)) as first:
        created = first.post("/__admin/sandboxes", json={}).json()
        key = {"x-api-key": created["credentials"]["consero"]["api_key"]}
        link = first.post("/consero/api/v1/allocate-candidate", headers=key, json=new).json()
    second = open_client(database=database_url)
    assert second.get(f"/__admin/sandboxes/{created['id']}").json() == created
    assert second.post("/consero/api/v1/allocate-candidate", headers=key, json=new).json() == link


def test_configured_key_replaces_the_default_one(open_client: Callable[..., TestClient]) -> None:
    client = open_client(credentials={"consero": {"api_key": "another-key"}})
    assert client.get(LIST, headers=KEY).status_code == 401
    assert client.get(LIST, headers={"x-api-key": "another-key"}).status_code == 200


def test_journal_is_bounded(open_client: Callable[..., TestClient]) -> None:
    client = open_client(journal_entries=10)
    answers = [client.get(LIST, headers=KEY) for _ in range(300)]
    assert len(client.get("/__admin/sandboxes/default/requests?limit=1000").json()) <= 10 + 150
    assert {answer.status_code for answer in answers} == {200}


def test_journal_shows_at_most_the_last_four_characters_of_a_key(client: TestClient) -> None:
    client.get(LIST, headers=KEY)
    text = client.get("/__admin/sandboxes/default/requests").text
    assert KEY["x-api-key"] not in text
    assert KEY["x-api-key"][-5:] not in text


def test_root_says_what_is_here(client: TestClient) -> None:
    answer = client.get("/")
    assert answer.status_code == 200
    assert answer.json()["vendors"]["consero"] == "/consero"


def test_docs_are_one_page_without_scripts_and_foreign_addresses(client: TestClient) -> None:
    answer = client.get("/consero/docs")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert "<script" not in answer.text
    assert "://" not in answer.text
    assert "/api/v1/allocate-candidate" in answer.text


@pytest.mark.parametrize(
    "request_of",
    [
        {"url": LIST, "params": KEY},
        {"url": LIST, "params": {"foo": KEY["x-api-key"]}},
        {"url": f"{LIST}/{KEY['x-api-key']}"},
        {"url": LIST, "headers": {"x-key": KEY["x-api-key"]}},
        {"url": LIST, "headers": {"referer": f"http://127.0.0.1/?k={KEY['x-api-key']}"}},
    ],
)
def test_key_in_the_wrong_place_is_not_in_the_journal(client: TestClient, request_of: dict[str, Any]) -> None:
    assert 400 <= client.get(**request_of).status_code < 500
    assert KEY["x-api-key"] not in client.get("/__admin/sandboxes/default/requests").text
