"""POST exams/: the vendor's page "2. Creating an exam by LMS", row by row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from constructor_calls import EXAMPLE, Integration, claims, exam, without

MANDATORY = [
    "accountId",
    "accountName",
    "examId",
    "examName",
    "duration",
    "schedule",
    "proctoring",
    "startDate",
    "endDate",
]
REQUIRED = ["This field is required."]


def test_example_creates_an_exam(integration_on_each_store: Integration) -> None:
    """CP-004, CP-013, CP-044, CP-045, CP-046, CP-047, CP-049: 201 and the actual parameters."""
    answer = integration_on_each_store.put_exam(exam())
    assert answer.status_code == 201
    assert answer.json() == exam()
    assert answer.headers["content-type"] == "application/json"


def test_example_of_the_page_exists_after_a_fresh_start(integration_on_each_store: Integration) -> None:
    """CP-048, CP-049: so the very request of the page updates it."""
    answer = integration_on_each_store.put_exam(EXAMPLE)
    assert answer.status_code == 200
    assert answer.json() == EXAMPLE


def test_example_is_created_where_nothing_is_seeded(empty_integration: Integration) -> None:
    """CP-047."""
    assert empty_integration.put_exam(EXAMPLE).status_code == 201
    assert empty_integration.put_exam(EXAMPLE).status_code == 200


def test_update_puts_new_parameters_in_force(integration: Integration) -> None:
    """CP-042, CP-048, CP-049, CP-051."""
    assert integration.put_exam(exam()).status_code == 201
    changed = exam(examName="Second test", duration=90, endDate="2030-01-01T00:00:00Z", schedule=False)
    answer = integration.put_exam(changed)
    assert answer.status_code == 200
    assert answer.json() == changed


def test_what_an_update_leaves_out_is_back_at_its_default(integration: Integration) -> None:
    """CP-094, CP-108, CP-124, CP-270."""
    integration.put_exam(exam())
    less = without(exam(), "rules", "scoreConfig", "visibleWarnings", "courseName", "trial")
    assert integration.put_exam(less).json() == less


def test_exam_belongs_to_its_account(integration: Integration) -> None:
    """CP-051."""
    assert integration.put_exam(exam()).status_code == 201
    assert integration.put_exam(exam(accountId=124)).status_code == 201
    assert integration.put_exam(exam(examId="exam-2")).status_code == 201


def test_number_and_text_are_one_id(integration: Integration) -> None:
    """CP-071, CP-155, CP-269: each is answered as it was sent."""
    assert integration.put_exam(exam(examId=7)).status_code == 201
    answer = integration.put_exam(exam(examId="7", accountId="123"))
    assert answer.status_code == 200
    assert answer.json()["examId"] == "7"
    assert answer.json()["accountId"] == "123"
    assert integration.put_exam(exam(examId=7)).json()["examId"] == 7


def test_exam_exists_since_its_first_session(integration: Integration) -> None:
    """CP-033, CP-045."""
    integration.start(claims())
    assert integration.put_exam(exam()).status_code == 200


def test_unknown_keys_are_ignored_and_noted(integration: Integration) -> None:
    """CP-053, CP-095, CP-156: user and session parameters are no part of this call."""
    body = exam(someKey="x", userId="1232134", sessionId=5, rules={"websites": True, "allow_voices": True})
    answer = integration.put_exam(body)
    assert answer.status_code == 201
    assert answer.json() == exam(rules={"allow_voices": True})
    assert integration.journal()[0]["unread"] == ["someKey", "userId", "sessionId", "rules.websites"]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"{", {"detail": "JSON parse error - it is not JSON"}),
        (b'{"duration": NaN}', {"detail": "JSON parse error - NaN is not JSON"}),
        (b'{"a": 1, "a": 2}', {"detail": "JSON parse error - a key appears twice in one object"}),
        (b'{"a": "\xff"}', {"detail": "JSON parse error - it is not UTF-8"}),
        (b'"text"', {"non_field_errors": ["Invalid data. Expected a dictionary, but got str."]}),
        (b"[1]", {"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}),
        (b"1.5", {"non_field_errors": ["Invalid data. Expected a dictionary, but got float."]}),
        (b"null", {"non_field_errors": ["Invalid data. Expected a dictionary, but got NoneType."]}),
        (b"", dict.fromkeys(MANDATORY, REQUIRED)),
    ],
)
def test_body_that_is_no_object_is_refused(integration: Integration, content: bytes, body: Any) -> None:
    """CP-054, CP-260."""
    headers = {**integration.header(), "content-type": "application/json"}
    answer = integration.client.post(f"{integration.lms}/exams/", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == body


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_body_must_be_declared_as_json(integration: Integration, content_type: str) -> None:
    """CP-013, CP-267."""
    headers = {**integration.header(), "content-type": content_type}
    answer = integration.client.post(f"{integration.lms}/exams/", content=json.dumps(exam()), headers=headers)
    assert answer.status_code == 415
    assert answer.json() == {"detail": f'Unsupported media type "{content_type}" in request.'}


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_parameters_and_case_of_the_media_type_do_not_count(
    integration: Integration, content_type: str
) -> None:
    headers = {**integration.header(), "content-type": content_type}
    assert (
        integration.client.post(
            f"{integration.lms}/exams/", content=json.dumps(exam()), headers=headers
        ).status_code
        == 201
    )


def test_path_without_its_slash_is_unknown(integration: Integration) -> None:
    """CP-004, CP-258, CP-261."""
    answer = integration.client.post(f"{integration.lms}/exams", json=EXAMPLE, headers=integration.header())
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_other_method_is_refused(integration: Integration, method: str) -> None:
    """CP-003, CP-262."""
    answer = integration.client.request(method, f"{integration.lms}/exams/", headers=integration.header())
    assert answer.status_code == 405
    assert answer.json() == {"detail": f'Method "{method}" not allowed.'}
    assert answer.headers["allow"] == "POST"


def test_body_that_is_too_large_is_refused(integration: Integration) -> None:
    """CP-268."""
    body = exam(examDesc="x" * (1024 * 1024))
    answer = integration.put_exam(body)
    assert answer.status_code == 413
    assert answer.json() == {"detail": "Request body is too large."}
