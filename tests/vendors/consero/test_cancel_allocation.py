"""POST /cancel-allocation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

PATH = "/cancel-allocation"
URL = "/consero/api/v1/cancel-allocation"

Post = Callable[..., Any]


def test_caller_without_key_is_refused(client: TestClient) -> None:
    """CO-016."""
    answer = client.post(URL, json={"invite_id": 142})
    assert answer.status_code == 401
    assert answer.json() == {"success": False, "message": "Unauthorized API key."}


def test_example_of_the_page(client_on_each_store: TestClient, key: dict[str, str]) -> None:
    """CO-054 to CO-056; without a content type, as the page shows it (CO-021, CO-022)."""
    answer = client_on_each_store.post(URL, headers=key, content=b'{ "invite_id": 142 }')
    assert answer.status_code == 200
    assert answer.json() == {
        "success": True,
        "message": "Allocation cancelled successfully.",
        "data": {"invite_id": 142, "status": "inValid"},
    }


def test_cancelled_invite_cannot_be_reported_as_taken(post: Post) -> None:
    """CO-052, CO-094."""
    post(PATH, {"invite_id": 142})
    answer = post("/report", {"inviteId": 142})
    assert answer.status_code == 409
    assert answer.json() == {"success": False, "message": "Allocation is already cancelled."}


def test_cancelled_invite_stays_what_it_is(post: Post) -> None:
    """CO-057, CO-094."""
    post(PATH, {"invite_id": 142})
    answer = post(PATH, {"invite_id": 142})
    assert answer.status_code == 409
    assert answer.json() == {"success": False, "message": "Allocation is already cancelled."}


def test_cancelled_candidate_can_be_allocated_again_with_a_new_invite(post: Post) -> None:
    """CO-049, CO-052."""
    post(PATH, {"invite_id": 142})
    again = {"candidate_email": "arjun.mehta@company.io", "examination_id": 119}
    assert post("/allocate-candidate", again).json()["data"]["invite_id"] == 143


def test_unknown_invite_is_not_found(post: Post) -> None:
    """CO-057."""
    answer = post(PATH, {"invite_id": 143})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Allocation not found."}


@pytest.mark.parametrize("body", [{}, {"inviteId": 142}, {"invite_id": None}])
def test_wrong_name_counts_as_missing(post: Post, body: object) -> None:
    """CO-053, CO-059."""
    answer = post(PATH, body)
    assert answer.status_code == 422
    assert answer.json() == {
        "message": "The invite id field is required.",
        "errors": {"invite_id": ["The invite id field is required."]},
    }


def test_invite_id_may_be_text(post: Post) -> None:
    """CO-083; the answer has a number."""
    assert post(PATH, {"invite_id": "142"}).json()["data"]["invite_id"] == 142
