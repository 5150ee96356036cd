"""Exams: created as drafts, opened by a document, closed by the time."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

# The example of exams.index, field by field (PE-204).
EXAMPLE: dict[str, Any] = {
    "id": 1,
    "institute_id": 1,
    "name": "New test",
    "terms": None,
    "created_at": "2018-11-21T00:54:59.934+01:00",
    "updated_at": "2018-11-25T21:26:08.664+01:00",
    "duration_minutes": 123,
    "clipboard": None,
    "start_time": "2018-11-21T00:54:00.000+01:00",
    "mode": "01110000",
    "upload_answers": False,
    "token": "b1342678e28f2b895ff6834408a33bd7",
    "user_id": 5,
    "end_time": None,
    "restrictions": "[[false,['']],[false,['']],[false,['']],[false,['']],[false,['']],[false,['']],"
    "[true,['']]]",
    "published": False,
    "status": "open",
    "for_reviewing": False,
    "uploaded_exam_documents_file_name": None,
    "uploaded_exam_documents_content_type": None,
    "uploaded_exam_documents_file_size": None,
    "uploaded_exam_documents_updated_at": None,
    "timezone": 0,
    "use_duration": True,
    "global_proctoring": True,
    "global_reviewing": True,
    "exam_language": "en-GB",
    "web_cam": True,
    "mobile_cam": True,
    "screen_share": True,
    "live_proctoring": False,
}
# The example request of exams.create (PE-252 to PE-274).
REQUEST: dict[str, Any] = {
    "name": "Psychostasia",
    "type": "record_review",
    "institute_id": 1,
    "use_duration": True,
    "duration_minutes": 90,
    "global_proctoring": True,
    "global_reviewing": True,
    "start_time": "2018-11-21T00:54:00.000+01:00",
    "for_reviewing": True,
    "upload_answers": False,
    "mobile_cam": True,
    "restrictions": "Example of restrictions to be added.",
    "allow_websites": True,
    "allow_external_applications": True,
    "allow_textbooks": True,
    "allow_calculator": True,
    "allow_pen_paper": True,
    "allow_additional": True,
    "allowed_websites": "www.proctorexam.com, docs.proctorexam.com",
    "allowed_external_applications": "External application",
    "allowed_textbooks": "Reference book",
    "allowed_calculator_type": "Basic",
    "allowed_additional": "Headphones",
}
NOW = "2026-11-21T20:37:12.000+01:00"


def exam_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["exam"]
    return found


def test_example_of_the_page_exists_after_a_fresh_start(customer_on_each_store: Customer) -> None:
    """PE-204, PE-245 to PE-248: 31 fields, in the order of the page."""
    answer = customer_on_each_store.call("GET", "/exams/1", ids={"id": "1"})
    assert list(exam_of(answer).items()) == list(EXAMPLE.items())
    [first, _] = customer_on_each_store.call("GET", "/exams").json()["exams"]
    assert first == EXAMPLE


@pytest.mark.parametrize("place", ["json", "data"])
def test_request_of_the_page_creates_a_draft(customer_on_each_store: Customer, place: str) -> None:
    """PE-093, PE-153, PE-154, PE-249 to PE-274."""
    made = exam_of(customer_on_each_store.call("POST", "/exams", REQUEST, place=place))
    shown = {name: value for name, value in REQUEST.items() if name in EXAMPLE}
    own = {
        "id": 3,
        "user_id": 1,
        "status": "draft",
        "created_at": NOW,
        "updated_at": NOW,
        "token": made["token"],
    }
    assert made == {**EXAMPLE, **shown, **own}
    assert len(made["token"]) == 32


def test_name_and_type_are_enough(customer: Customer) -> None:
    """PE-479, PE-498: what was not sent is null, and false where it is a switch."""
    made = exam_of(customer.call("POST", "/exams", {"name": "Short", "type": "demo"}))
    assert (made["start_time"], made["duration_minutes"], made["restrictions"]) == (None, None, None)
    assert (made["use_duration"], made["global_proctoring"], made["mobile_cam"]) == (False, False, False)


@pytest.mark.parametrize("type", ["demo", "classic", "record_review", "live_proctoring", "another"])
def test_type_is_an_open_list(customer: Customer, type: str) -> None:
    """PE-098, PE-099, PE-100."""
    made = exam_of(customer.call("POST", "/exams", {"name": "Exam", "type": type}))
    assert made["live_proctoring"] is (type == "live_proctoring")


@pytest.mark.parametrize("missing", ["name", "type"])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
def test_name_and_type_are_not_empty(customer: Customer, missing: str, method: str) -> None:
    """PE-235, PE-250, PE-251, PE-492."""
    path = "/exams" if method == "POST" else "/exams/1"
    answer = customer.call(method, path, {**REQUEST, missing: ""})
    assert answer.status_code == 422
    assert answer.json() == {"error": f"Param is missing or the value is empty: {missing}"}


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ("2018-11-21T00:54:00.000+01:00", "2018-11-21T00:54:00.000+01:00"),
        ("2018-07-01T10:00:00Z", "2018-07-01T12:00:00.000+02:00"),
        ("2018-07-01T10:00:00", "2018-07-01T10:00:00.000+02:00"),
        ("2018-07-01", "2018-07-01T00:00:00.000+02:00"),
        (1542758040, "2018-11-21T00:54:00.000+01:00"),
        ("1542758040", "2018-11-21T00:54:00.000+01:00"),
        ("0001-01-01T00:00:00Z", "0001-01-01T00:00:00.000+00:00"),
        ("9999-12-31T23:59:59Z", "9999-12-31T23:59:59.000+00:00"),
    ],
)
@pytest.mark.parametrize("field", ["start_time", "end_time"])
def test_times_come_in_iso_8601_or_epoch_seconds(
    customer: Customer, field: str, sent: Any, shown: str
) -> None:
    """PE-155, PE-258, PE-259, PE-482."""
    assert exam_of(customer.call("PATCH", "/exams/1", {field: sent}))[field] == shown


@pytest.mark.parametrize(
    "value",
    ["soon", "", "2018-13-01", "21.11.2018", -1, 1.5, True, None, "9" * 30, "0001-01-01T00:00:00+14:00"],
)
def test_other_times_are_refused(customer: Customer, value: Any) -> None:
    """PE-481."""
    answer = customer.call("POST", "/exams", {**REQUEST, "start_time": value})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {"start_time": ["Must be a time in ISO 8601 or in epoch seconds."]}}


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_update_changes_only_what_is_sent(customer_on_each_store: Customer, method: str) -> None:
    """PE-156, PE-275 to PE-279."""
    changes = {"name": "Renamed", "mobile_cam": "0", "student_experience": True}
    changed = exam_of(customer_on_each_store.call(method, "/exams/1", changes))
    assert changed == {**EXAMPLE, "name": "Renamed", "mobile_cam": False, "updated_at": NOW}


def test_institute_of_a_new_exam_must_exist(customer: Customer) -> None:
    """PE-252, PE-487."""
    answer = customer.call("POST", "/exams", {**REQUEST, "institute_id": 9})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"institute_id": ["must exist"]}})


def test_exam_takes_the_language_of_its_institute(customer: Customer) -> None:
    """PE-153."""
    customer.call("PATCH", "/institutes/1", {"default_language": "nl-NL"})
    assert exam_of(customer.call("POST", "/exams", REQUEST))["exam_language"] == "nl-NL"


def test_document_opens_a_draft(customer_on_each_store: Customer) -> None:
    """PE-093, PE-150."""
    customer = customer_on_each_store
    exam = customer.new_exam()
    assert exam_of(customer.call("GET", f"/exams/{exam}"))["status"] == "draft"
    customer.call("POST", f"/exams/{exam}/documents", {"exam_content": "Be quiet."})
    assert exam_of(customer.call("GET", f"/exams/{exam}"))["status"] == "open"


@pytest.mark.parametrize(("seconds", "status"), [(60, "draft"), (60.001, "closed")])
def test_exam_is_closed_when_its_last_start_time_has_passed(
    customer_on_each_store: Customer, seconds: float, status: str
) -> None:
    """PE-093, PE-259."""
    customer = customer_on_each_store
    exam = customer.new_exam(end_time=customer.now_ms() // 1000 + 60)
    customer.passes(seconds)
    assert exam_of(customer.call("GET", f"/exams/{exam}"))["status"] == status
    assert [found["id"] for found in customer.call("GET", "/exams", {"status": status}).json()["exams"]] == [
        exam
    ]


@pytest.mark.parametrize(
    ("status", "ids"), [("draft", [3]), ("open", [1, 2]), ("closed", []), ("deleted", [])]
)
def test_exams_are_filtered_by_status(customer_on_each_store: Customer, status: str, ids: list[int]) -> None:
    """PE-094, PE-240, PE-241, PE-244."""
    customer_on_each_store.new_exam()
    answer = customer_on_each_store.call("GET", "/exams", {"status": status})
    assert [exam["id"] for exam in answer.json()["exams"]] == ids


def test_unknown_status_is_refused(customer: Customer) -> None:
    """PE-475."""
    answer = customer.call("GET", "/exams", {"status": "over"})
    errors = {"status": ["Must be one of: draft, open, closed, deleted."]}
    assert (answer.status_code, answer.json()) == (422, {"errors": errors})


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
def test_unknown_exam_is_not_found(customer: Customer, method: str) -> None:
    """PE-247, PE-282, PE-470."""
    answer = customer.call(method, "/exams/9")
    assert (answer.status_code, answer.json()) == (404, {"error": "Couldn't find Exam with 'id'='9'"})


def test_deleted_exam_takes_its_sessions_along(customer_on_each_store: Customer) -> None:
    """PE-226, PE-280, PE-495."""
    customer = customer_on_each_store
    answer = customer.call("DELETE", "/exams/1")
    assert (answer.status_code, answer.json()) == (200, {})
    assert customer.call("GET", "/exams/1").status_code == 404
    assert customer.call("GET", "/student_sessions/1").status_code == 404
    assert customer.call("GET", "/exams").headers["x-pagination-item-count"] == "1"
