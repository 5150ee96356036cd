"""Students who come out of an LMS: an event lets them follow a link, and the interface finds them."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

LINK = {"student_lms_id": "ada", "resource_link_id": "link-1"}
LAUNCH = {
    "vendor": "proctorexam",
    "event": "candidate_comes_by_lti",
    "exam_id": 1,
    "context_id": "course-1",
    "name": "Ada",
    "email": "ada@example.com",
    **LINK,
}


def launched(customer: Customer, **changes: Any) -> dict[str, Any]:
    found: dict[str, Any] = customer.control("POST", "/events", {**LAUNCH, **changes}).json()["result"]
    return found


def refusal(customer: Customer, **changes: Any) -> tuple[int, str]:
    path = f"/__admin/sandboxes/{customer.sandbox}/events"
    answer = customer.client.post(path, json={**LAUNCH, **changes})
    return answer.status_code, answer.json()["detail"]


def test_student_is_found_after_the_launch(customer_on_each_store: Customer) -> None:
    """PE-291 to PE-293, PE-501: before, there is the 404 that means not set up yet (PE-160)."""
    assert customer_on_each_store.call("GET", "/exams/1/show_lti_student", LINK).status_code == 404
    session = launched(customer_on_each_store)
    student = customer_on_each_store.call("GET", "/exams/1/show_lti_student", LINK).json()["student"]
    assert student["id"] == session["student_session_id"]
    assert (student["status"], student["name"]) == ("registered", "Ada")


def test_second_launch_leads_to_the_same_session(customer: Customer) -> None:
    """PE-501."""
    session_id = launched(customer)["student_session_id"]
    started = {"vendor": "proctorexam", "event": "candidate_starts", "student_session_id": session_id}
    customer.control("POST", "/events", started)
    assert launched(customer) == {"student_session_id": session_id, "status": "exam_started"}


@pytest.mark.parametrize(("context_id", "status"), [("course-1", 200), ("course-2", 404)])
def test_context_tells_courses_apart(customer: Customer, context_id: str, status: int) -> None:
    """PE-294."""
    launched(customer)
    answer = customer.call("GET", "/exams/1/show_lti_student", {**LINK, "context_id": context_id})
    assert answer.status_code == status


def test_launch_into_an_exam_that_is_not_there_is_refused(customer: Customer) -> None:
    assert refusal(customer, exam_id=99) == (409, "There is no exam 99 in this sandbox.")


def test_two_students_of_an_exam_do_not_share_an_address(customer: Customer) -> None:
    """PE-189."""
    launched(customer)
    status, detail = refusal(customer, student_lms_id="bob")
    assert (status, "ada@example.com" in detail) == (409, True)
    students = customer.call("GET", "/exams/1/student_sessions").json()["students"]
    assert [student["name"] for student in students] == ["Student 1", "Ada"]
