"""The way of a candidate: invite page and events."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

ADMIN = "/__admin/sandboxes/default"
EMAIL = "grace@example.com"

Post = Callable[..., Any]


@pytest.fixture
def invite(post: Post) -> dict[str, Any]:
    """A fresh invite: its id and link."""
    body = {"examination_id": 119, "candidate_email": EMAIL}
    data: dict[str, Any] = post("/allocate-candidate", body).json()["data"]
    return data


def happens(client: TestClient, event: str, **fields: Any) -> Any:
    return client.post(f"{ADMIN}/events", json={"vendor": "consero", "event": event, **fields})


def test_link_opens_the_exam(client: TestClient, invite: dict[str, Any]) -> None:
    """CO-042: without any key."""
    answer = client.get(invite["invite_link"])
    assert answer.status_code == 200
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "Technology - Email Test" in answer.text
    assert "Start the exam" in answer.text


def test_candidate_takes_the_exam_in_the_browser(client: TestClient, post: Post, invite: Any) -> None:
    """CO-042, CO-067, CO-099."""
    link = invite["invite_link"]
    assert client.post(link).headers["location"] == f"../start/{link.rpartition('/')[2]}"
    assert "Finish the exam" in client.get(link).text
    assert client.post(link.replace("/start/", "/finish/")).status_code == 302
    assert "You have taken this exam." in client.get(link).text
    assert post("/report", {"inviteId": invite["invite_id"]}).json()["score"] == 74


def test_cancelled_invite_cannot_be_started(client: TestClient, post: Post, invite: Any) -> None:
    """CO-052, CO-099."""
    post("/cancel-allocation", {"invite_id": invite["invite_id"]})
    client.post(invite["invite_link"])
    answer = client.get(invite["invite_link"])
    assert answer.status_code == 403
    assert "This invitation was cancelled." in answer.text
    refusal = happens(client, "candidate_starts", invite_id=invite["invite_id"])
    assert refusal.status_code == 409
    assert refusal.json()["detail"] == "The exam cannot be started: the invite was cancelled."


def test_cancelled_invite_cannot_be_continued(client: TestClient, post: Post, invite: Any) -> None:
    """CO-052."""
    happens(client, "candidate_starts", invite_id=invite["invite_id"])
    post("/cancel-allocation", {"invite_id": invite["invite_id"]})
    client.post(invite["invite_link"].replace("/start/", "/finish/"))
    refusal = happens(client, "candidate_finishes", invite_id=invite["invite_id"])
    assert refusal.status_code == 409
    assert post("/report", {"inviteId": invite["invite_id"]}).status_code == 409


def test_candidate_finishes_with_a_score(
    client: TestClient, post: Post, machine: Any, invite: dict[str, Any]
) -> None:
    """CO-065, CO-067."""
    happens(client, "candidate_starts", invite_id=invite["invite_id"])
    machine.passes(3600)
    answer = happens(client, "candidate_finishes", invite_id=invite["invite_id"], score=41.5)
    assert answer.status_code == 201
    assert answer.json()["result"] == {"invite_id": 143, "state": "completed", "score": 41.5}
    report = post("/report", {"inviteId": 143}).json()
    assert (report["score"], report["status"]) == (41.5, "Fail")
    assert report["testStartDate"] == "2026-11-21T19:37:12.00Z"
    assert report["testEndDate"] == "2026-11-21T20:37:12.00Z"


def test_exam_is_taken_once(client: TestClient, invite: dict[str, Any]) -> None:
    happens(client, "candidate_finishes", invite_id=invite["invite_id"])
    again = happens(client, "candidate_finishes", invite_id=invite["invite_id"])
    assert again.json()["detail"] == "The exam cannot be finished: it was taken."
    assert happens(client, "candidate_starts", invite_id=invite["invite_id"]).status_code == 409


def test_exam_that_was_begun_ends_by_itself_from_its_begin_on(
    client: TestClient, post: Post, machine: Any, configure: Callable[..., None], invite: dict[str, Any]
) -> None:
    configure(exam_completion="after_seconds", exam_completion_seconds=3600)
    machine.passes(1800)
    happens(client, "candidate_starts", invite_id=invite["invite_id"])
    machine.passes(3599)
    assert post("/report", {"inviteId": invite["invite_id"]}).status_code == 404
    machine.passes(1)
    assert post("/report", {"inviteId": invite["invite_id"]}).status_code == 200


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"invite_id": 999}, 409),
        ({"invite_id": 2**70}, 422),
        ({"invite_id": "x"}, 422),
        ({}, 422),
        ({"invite_id": 142, "score": 101}, 422),
        ({"invite_id": 142, "score": 50, "other": 1}, 422),
    ],
)
def test_event_that_cannot_be_is_refused(client: TestClient, fields: dict[str, Any], status: int) -> None:
    answer = happens(client, "candidate_finishes", **fields)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["A3bk", "x" * 32, "%00", "..", "é"])
@pytest.mark.parametrize("page", ["start", "finish"])
def test_unknown_link_leads_nowhere(client: TestClient, token: str, page: str) -> None:
    """CO-099."""
    answer = client.post(f"/consero/exam/{page}/{token}")
    assert answer.status_code == 404


def test_link_is_no_key(client: TestClient, invite: dict[str, Any]) -> None:
    """CO-009."""
    token = invite["invite_link"].rpartition("/")[2]
    answer = client.get("/consero/api/v1/examinations", headers={"x-api-key": token})
    assert answer.status_code == 401


def test_key_does_not_open_a_link(client: TestClient, key: dict[str, str]) -> None:
    answer = client.get(f"/consero/exam/start/{key['x-api-key']}", headers=key)
    assert answer.status_code == 404


def test_link_of_the_example_has_its_printed_begin(client: TestClient, post: Post) -> None:
    """CO-042: A3bk…"""
    body = {"examination_id": 119, "candidate_email": "arjun.mehta@company.io"}
    link = post("/allocate-candidate", body).json()["data"]["invite_link"]
    assert "/exam/start/A3bk" in link
    assert "You have taken this exam." in client.get(link).text


def test_link_leads_into_its_own_sandbox(client: TestClient) -> None:
    sandbox = client.post("/__admin/sandboxes", json={}).json()
    headers = {"x-api-key": sandbox["credentials"]["consero"]["api_key"]}
    body = {"examination_id": 119, "candidate_email": EMAIL}
    path = "/consero/api/v1/allocate-candidate"
    link = client.post(path, headers=headers, json=body).json()["data"]["invite_link"]
    client.post(link)
    entries = client.get(f"/__admin/sandboxes/{sandbox['id']}/requests").json()
    assert entries[0]["operation"] == "pages.begin"
    client.delete(f"/__admin/sandboxes/{sandbox['id']}")
    assert client.get(link).status_code == 404


def test_reset_closes_the_links(client: TestClient, invite: dict[str, Any]) -> None:
    client.post(f"{ADMIN}/reset")
    assert client.get(invite["invite_link"]).status_code == 404


def test_link_leads_to_its_invite_again_when_a_snapshot_is_restored(
    client: TestClient, post: Post, invite: dict[str, Any]
) -> None:
    client.post(f"{ADMIN}/snapshots", json={"name": "invited"})
    client.post(f"{ADMIN}/reset")
    assert client.get(invite["invite_link"]).status_code == 404
    client.post(f"{ADMIN}/snapshots/invited/restore")
    client.post(invite["invite_link"])
    client.post(invite["invite_link"].replace("/start/", "/finish/"))
    assert post("/report", {"inviteId": invite["invite_id"]}).status_code == 200


def test_link_of_an_imported_world_leads_where_its_document_says(
    client: TestClient, open_client: Callable[..., TestClient], invite: dict[str, Any]
) -> None:
    """Two invites that have changed their tokens in the document have changed their links."""
    world = client.get(f"{ADMIN}/export").json()
    allocations = world["tables"]["consero_allocation"]
    column = allocations["columns"].index("invite_token")
    one, other = allocations["rows"]
    one[column], other[column] = other[column], one[column]
    elsewhere = open_client()
    assert elsewhere.post("/__admin/sandboxes/import", json=world).status_code == 201
    # That of invite 142, which was taken.
    assert "You have taken this exam." in elsewhere.get(invite["invite_link"]).text
