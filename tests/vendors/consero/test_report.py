"""POST /report."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

PATH = "/report"
URL = "/consero/api/v1/report"
NEW = {"candidate_email": "new@company.io", "examination_id": 119}

Post = Callable[..., Any]


def test_caller_without_key_is_refused(client: TestClient) -> None:
    """CO-016."""
    answer = client.post(URL, json={"inviteId": 142})
    assert answer.status_code == 401
    assert answer.json() == {"success": False, "message": "Unauthorized API key."}


def test_example_of_the_page(client_on_each_store: TestClient, key: dict[str, str]) -> None:
    """CO-058, CO-060 to CO-071, to the letter but for the host."""
    answer = client_on_each_store.post(URL, headers=key, content=b'{ "inviteId": 142 }')
    assert answer.status_code == 200
    assert answer.text == (
        '{"inviteId":"142","testId":"119","testName":"Technology - Email Test",'
        '"email":"arjun.mehta@company.io",'
        '"reportURL":"http://127.0.0.1:8000/consero/report/142",'
        '"proctoringURL":"http://127.0.0.1:8000/consero/report/proctoring/142",'
        '"score":74,"totalScore":100,"percentage":74.0,'
        '"testStartDate":"2024-07-15T09:02:14.00Z","testEndDate":"2024-07-15T10:24:08.00Z",'
        '"status":"Pass","metadata":{"mode_of_completion":"web"}}'
    )


def test_exam_not_taken_yet_has_no_report(post: Post) -> None:
    """CO-072, CO-095."""
    invite_id = post("/allocate-candidate", NEW).json()["data"]["invite_id"]
    answer = post(PATH, {"inviteId": invite_id})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Report not available yet."}


def test_exam_can_complete_at_once(post: Post, configure: Post) -> None:
    configure(exam_completion="immediate", exam_score=49.5)
    invite_id = post("/allocate-candidate", NEW).json()["data"]["invite_id"]
    report = post(PATH, {"inviteId": invite_id}).json()
    assert report["inviteId"] == str(invite_id)
    assert (report["score"], report["percentage"], report["status"]) == (49.5, 49.5, "Fail")


def test_score_at_the_limit_passes(post: Post, configure: Post) -> None:
    """CO-069, inferred."""
    configure(exam_completion="immediate", exam_score=50)
    invite_id = post("/allocate-candidate", NEW).json()["data"]["invite_id"]
    assert post(PATH, {"inviteId": invite_id}).json()["status"] == "Pass"


def test_exam_completes_after_its_time_and_not_before(post: Post, configure: Post, machine: Any) -> None:
    configure(exam_completion="after_seconds", exam_completion_seconds=600)
    invite_id = post("/allocate-candidate", NEW).json()["data"]["invite_id"]
    machine.passes(599)
    assert post(PATH, {"inviteId": invite_id}).status_code == 404
    machine.passes(1)
    assert post(PATH, {"inviteId": invite_id}).status_code == 200


def test_unknown_invite_is_not_found(post: Post) -> None:
    """CO-072."""
    answer = post(PATH, {"inviteId": 9})
    assert answer.status_code == 404
    assert answer.json() == {"success": False, "message": "Allocation not found."}


@pytest.mark.parametrize("body", [{}, {"invite_id": 142}])
def test_wrong_name_counts_as_missing(post: Post, body: object) -> None:
    """CO-053, CO-059."""
    answer = post(PATH, body)
    assert answer.status_code == 422
    assert answer.json()["errors"] == {"inviteId": ["The invite id field is required."]}
