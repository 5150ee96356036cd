"""Finding, counting and exporting what the journal holds."""

from __future__ import annotations

from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.journal_search import holds

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
LIST = "/consero/api/v1/examinations"
REPORT = "/consero/api/v1/report"
REQUESTS = "/__admin/sandboxes/default/requests"
ALL = ["refused", "read in part", "with a wish", "listed"]


def play(client: TestClient) -> dict[str, str]:
    """Send four requests; return what each is, by its id."""
    answers = {
        "listed": client.get(LIST, headers=KEY),
        "with a wish": client.get(LIST, headers=KEY | {"Prefer": "code=403"}),
        "read in part": client.post(
            REPORT, headers=KEY, json={"inviteId": 142, "extra": {"a": [1, 2], "b": None}}
        ),
        "refused": client.post(REPORT, data={"inviteId": "142", "note": "a b"}),
    }
    return {answer.headers["x-mock-request-id"]: name for name, answer in answers.items()}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ALL),
        ({"vendor": "consero"}, ALL),
        ({"vendor": "proctorexam"}, []),
        ({"operation": "reports.get"}, ["refused", "read in part"]),
        ({"method": "GET"}, ["with a wish", "listed"]),
        ({"path": "/api/v1/report"}, ["refused", "read in part"]),
        ({"path": "/consero/api/v1/report"}, ["refused", "read in part"]),
        ({"path": "/api/*/exam*"}, ["with a wish", "listed"]),
        ({"path": "/api"}, []),
        ({"status": 200}, ["read in part", "listed"]),
        ({"status": "4xx"}, ["refused", "with a wish"]),
        ({"status": "5xx"}, []),
        ({"refused_by": "api_key"}, ["refused"]),
        ({"refused_by": "address"}, []),
        ({"refused": True}, ["refused"]),
        ({"refused": False}, ["read in part", "with a wish", "listed"]),
        ({"injected": True}, ["with a wish"]),
        ({"unread": True}, ["read in part"]),
        ({"unread": False}, ["refused", "with a wish", "listed"]),
        ({"since": "2020-01-01T00:00:00Z"}, ALL),
        ({"since": "2100-01-01T00:00:00+01:00"}, []),
        ({"limit": 2}, ["refused", "read in part"]),
        ({"method": "POST", "status": 200}, ["read in part"]),
        ({"path": "/api/*", "limit": 1}, ["refused"]),
    ],
)
def test_entries_are_filtered(client: TestClient, query: dict[str, Any], found: list[str]) -> None:
    names = play(client)
    answer = client.get(REQUESTS, params=query)
    assert [names[entry["request_id"]] for entry in answer.json()] == found


def test_entries_behind_one_are_found(client: TestClient) -> None:
    names = play(client)
    third = next(request_id for request_id, name in names.items() if name == "read in part")
    assert [names[entry["request_id"]] for entry in client.get(f"{REQUESTS}?after={third}").json()] == [
        "refused"
    ]


@pytest.mark.parametrize(
    "query",
    [
        {"status": "9xx"},
        {"status": 600},
        {"limit": 0},
        {"limit": 1001},
        {"method": "get"},
        {"since": "yesterday"},
        {"since": "2026-01-01T00:00:00"},
        {"after": "12"},
        {"path": "report"},
        {"nonsense": 1},
    ],
)
def test_filter_that_makes_no_sense_is_refused(client: TestClient, query: dict[str, Any]) -> None:
    assert client.get(REQUESTS, params=query).status_code == 422


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (None, 4),
        ({}, 4),
        ({"operation": "reports.get", "status": 200}, 1),
        ({"body": {"inviteId": 142}}, 1),
        ({"body": {"inviteId": "142"}}, 1),
        ({"body": {"inviteId": 142, "extra": {"a": [1, 2]}}}, 1),
        ({"body": {"extra": {"a": [1]}}}, 0),
        ({"body": {"extra": {"b": None}}}, 1),
        ({"body": {"extra": {"c": None}}}, 0),
        ({"body": {"note": "a b"}}, 1),
        ({"body": None}, 0),
        ({"method": "POST", "refused": True, "body": {}}, 1),
    ],
)
def test_requests_are_counted(
    client_with_play: TestClient, wanted: dict[str, Any] | None, count: int
) -> None:
    answer = (
        client_with_play.post(f"{REQUESTS}/count", json=wanted)
        if wanted is not None
        else client_with_play.post(f"{REQUESTS}/count")
    )
    assert answer.json() == {"count": count}


@pytest.fixture
def client_with_play(client: TestClient) -> TestClient:
    play(client)
    return client


@pytest.mark.parametrize(
    ("wanted", "found", "there"),
    [
        ({}, {"a": 1}, True),
        ({"a": 1}, {"a": 1, "b": 2}, True),
        ({"a": 1}, {"a": 2}, False),
        ({"a": 1}, {"a": True}, False),
        ({"a": True}, {"a": 1}, False),
        ({"a": 1}, {"a": 1.0}, True),
        ({"a": "1"}, {"a": 1}, False),
        ({"a": {"b": 1}}, {"a": {"b": 1, "c": 2}}, True),
        ({"a": [1, {"b": 2}]}, {"a": [1, {"b": 2, "c": 3}]}, True),
        ({"a": [1]}, {"a": [1, 2]}, False),
        ({"a": None}, {}, False),
        (None, None, True),
        ([], {}, False),
    ],
)
def test_objects_may_hold_more_and_nothing_else(wanted: Any, found: Any, there: bool) -> None:
    assert holds(wanted, found) is there


def test_filters_hold_on_each_store(client_on_each_store: TestClient) -> None:
    names = play(client_on_each_store)
    query = {"vendor": "consero", "status": "4xx", "refused": True, "injected": False, "unread": False}
    answer = client_on_each_store.get(REQUESTS, params=query)
    assert [names[entry["request_id"]] for entry in answer.json()] == ["refused"]
    counted = client_on_each_store.post(
        f"{REQUESTS}/count", json={"path": "/api/*", "since": "2020-01-01T00:00:00Z"}
    )
    assert counted.json() == {"count": 4}


def test_archive_is_oldest_first_and_complete(client: TestClient) -> None:
    play(client)
    archive = client.get(f"{REQUESTS}/har").json()["log"]
    assert archive["version"] == "1.2"
    assert [entry["request"]["method"] for entry in archive["entries"]] == ["GET", "GET", "POST", "POST"]
    report = archive["entries"][2]
    assert report["request"]["url"] == "http://127.0.0.1:8000/consero/api/v1/report"
    assert report["request"]["postData"]["mimeType"] == "application/json"
    assert '"inviteId":142' in report["request"]["postData"]["text"].replace(" ", "")
    assert report["response"]["status"] == 200
    assert '"inviteId":"142"' in report["response"]["content"]["text"]
    assert archive["entries"][1]["comment"] == "injected by prefer"
    assert archive["entries"][3]["comment"] == "refused by api_key: No credential was presented."
    assert [entry["time"] for entry in archive["entries"]] == [
        entry["duration_ms"] for entry in client.get(REQUESTS).json()[::-1]
    ]
    assert report["time"] == report["timings"]["wait"] > 0
    assert KEY["x-api-key"] not in str(archive)


def test_archive_of_a_broken_connection_has_status_0(client: TestClient) -> None:
    client.post("/__admin/sandboxes/default/faults", json={"fault": "hang_up", "times": 1})
    with pytest.raises(ConnectionResetError):
        client.get(LIST, headers=KEY)
    [entry] = client.get(f"{REQUESTS}/har").json()["log"]["entries"]
    assert entry["response"]["status"] == 0


def test_journal_is_emptied(client: TestClient) -> None:
    play(client)
    assert client.delete(REQUESTS).status_code == 204
    assert client.get(REQUESTS).json() == []
