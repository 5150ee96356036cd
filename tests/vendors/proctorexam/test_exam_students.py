"""Students of an exam: mails, the LTI student and the deprecated calls."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

STUDENT = {"name": "New", "email": "new@example.com"}
LTI = {"student_lms_id": "student_1", "resource_link_id": "-4cd10a07a82a4bd6afc8ff27ad2981b8"}


def shown(customer: Customer, session_id: int) -> dict[str, Any]:
    found: dict[str, Any] = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]
    return found


def test_mails_move_registered_sessions(customer_on_each_store: Customer) -> None:
    """PE-086, PE-163, PE-209, PE-308, PE-309: who is further stays where he is."""
    customer = customer_on_each_store
    new = customer.new_session(1)
    answer = customer.call("POST", "/exams/1/send_emails", {"id": "1"})
    statuses = [{"id": 1, "status": "exam_finished"}, {"id": new, "status": "email_sent"}]
    assert (answer.status_code, answer.json()) == (200, {"students": statuses})
    assert shown(customer, new)["status"] == "email_sent"
    [first, second] = customer.call("GET", "/student_sessions").json()["students"]
    assert (first["is_email_sent"], second["is_email_sent"]) == (False, True)


def test_mails_of_another_exam_are_not_sent(customer: Customer) -> None:
    new = customer.new_session(2)
    customer.call("POST", "/exams/1/send_emails")
    assert shown(customer, new)["status"] == "registered"


def test_student_of_an_lti_link_is_shown(customer_on_each_store: Customer) -> None:
    """PE-160, PE-208, PE-291 to PE-296: 56 fields, without the external id."""
    answer = customer_on_each_store.call("GET", "/exams/1/show_lti_student", LTI)
    student = answer.json()["student"]
    assert (answer.status_code, student["id"], student["status"]) == (200, 1, "exam_finished")
    assert (len(student), "external_id" in student, list(student)[-2:]) == (
        56,
        False,
        ["is_email_sent", "preserve"],
    )


@pytest.mark.parametrize(
    "other", [{"student_lms_id": "x"}, {"resource_link_id": "x"}, {"context_id": "x"}], ids=str
)
def test_unknown_lti_student_is_not_found(customer: Customer, other: dict[str, str]) -> None:
    """PE-073, PE-294, PE-295."""
    sent = {**LTI, **other}
    answer = customer.call("GET", "/exams/1/show_lti_student", sent)
    message = (
        f"Couldn't find Student Session with 'id'='{sent['student_lms_id']}'"
        f" and 'resource_link_id'='{sent['resource_link_id']}'"
    )
    assert (answer.status_code, answer.json()) == (404, {"error": message})


@pytest.mark.parametrize("missing", ["student_lms_id", "resource_link_id"])
def test_both_lti_ids_are_required(customer: Customer, missing: str) -> None:
    answer = customer.call("GET", "/exams/1/show_lti_student", {**LTI, missing: ""})
    body = {"error": f"Param is missing or the value is empty: {missing}"}
    assert (answer.status_code, answer.json()) == (422, body)


def test_added_student_is_a_session(customer_on_each_store: Customer) -> None:
    """PE-161, PE-297 to PE-304."""
    sent = {
        **STUDENT,
        "individual_info": "i",
        "is_individual_info_html": 1,
        "skip_requirements": "0",
        "open_time": "0",
    }
    answer = customer_on_each_store.call("POST", "/exams/1/add_student", sent)
    student = answer.json()["student"]
    assert (answer.status_code, student["status"], student["email"]) == (200, "registered", "new@example.com")
    assert (student["is_individual_info_html"], student["skip_requirements"]) == (True, False)
    assert shown(customer_on_each_store, student["id"]) == student


def test_student_is_not_added_twice(customer: Customer) -> None:
    """PE-305."""
    answer = customer.call("POST", "/exams/1/add_student", {**STUDENT, "email": "student1@example.com"})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"email": ["has already been taken"]}})


def test_students_of_an_exam_are_listed(customer: Customer) -> None:
    """PE-157, PE-283, PE-285."""
    new = customer.new_session(1)
    [found] = customer.call("GET", "/exams/1/index_students", {"status": "registered"}).json()["students"]
    assert (found["id"], len(found)) == (new, 55)


def test_student_of_an_exam_is_shown_and_deleted(customer_on_each_store: Customer) -> None:
    """PE-159, PE-162, PE-286, PE-288, PE-306."""
    customer = customer_on_each_store
    wanted = {"student_session_id": "1"}
    assert customer.call("GET", "/exams/1/show_student", wanted).json()["student"]["id"] == 1
    answer = customer.call("DELETE", "/exams/1/delete_student", wanted)
    assert (answer.status_code, answer.json()) == (200, {})
    assert customer.call("GET", "/exams/1/show_student", wanted).status_code == 404


@pytest.mark.parametrize(("method", "call"), [("GET", "show_student"), ("DELETE", "delete_student")])
@pytest.mark.parametrize(("exam", "session"), [(1, 9), (2, 1)])
def test_student_of_another_exam_is_not_found(
    customer: Customer, method: str, call: str, exam: int, session: int
) -> None:
    """PE-289."""
    answer = customer.call(method, f"/exams/{exam}/{call}", {"student_session_id": session})
    body = {"error": f"Couldn't find Student Session with 'id'='{session}'"}
    assert (answer.status_code, answer.json()) == (404, body)


def test_replaced_calls_are_marked_as_deprecated(default_customer: Customer) -> None:
    """PE-284, PE-287, PE-298, PE-307."""
    paths = default_customer.client.get("/proctorexam/openapi.json").json()["paths"]
    found = {
        operation["operationId"]
        for path in paths.values()
        for operation in path.values()
        if "deprecated" in operation
    }
    assert found == {
        "exams.index_students",
        "exams.show_student",
        "exams.add_student",
        "exams.delete_student",
    }
