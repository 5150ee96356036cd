"""Proctors, comanagers, the end of an exam and its review."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

NOW = "2026-11-21T20:37:12.000+01:00"
INVALID = "Invalid parameters. When one of the parameters is invalid for the assignment."
NOT_FOUND = "Not found error. When one of the resources not found for the assignment."


def session(customer: Customer, session_id: int = 1) -> dict[str, Any]:
    found: dict[str, Any] = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]
    return found


@pytest.mark.parametrize("proctor", ["1", 1, 3])
def test_proctor_is_assigned(customer_on_each_store: Customer, proctor: Any) -> None:
    """PE-192, PE-193, PE-387 to PE-390: a text or a number in, a number out."""
    answer = customer_on_each_store.call(
        "POST", "/student_sessions/1/assign_proctor", {"proctor_id": proctor}
    )
    body = {"proctor_id": int(proctor), "active_proctoring_sessions": 1}
    assert (answer.status_code, answer.json()) == (200, body)
    assert session(customer_on_each_store)["proctor_id"] == int(proctor)


def test_sessions_of_the_proctor_are_counted(customer: Customer) -> None:
    """PE-489."""
    other = customer.new_session()
    customer.call("POST", "/student_sessions/1/assign_proctor", {"proctor_id": 3})
    answer = customer.call("POST", f"/student_sessions/{other}/assign_proctor", {"proctor_id": 3})
    assert answer.json()["active_proctoring_sessions"] == 2


@pytest.mark.parametrize("user", [2, 4, 6])
def test_user_with_another_role_is_invalid_for_the_assignment(customer: Customer, user: int) -> None:
    """PE-392, PE-489."""
    answer = customer.call("POST", "/student_sessions/1/assign_proctor", {"proctor_id": user})
    assert (answer.status_code, answer.json()) == (422, {"error": INVALID})
    assert session(customer)["proctor_id"] is None


@pytest.mark.parametrize(("role", "status"), [("proctor", 422), ("global_proctor", 200)])
def test_only_global_proctors_come_from_another_institute(customer: Customer, role: str, status: int) -> None:
    """PE-489."""
    proctor = customer.user(role, customer.new_institute())["id"]
    administrator = customer.new_user("administrator")
    answer = administrator.call("POST", "/student_sessions/1/assign_proctor", {"proctor_id": proctor})
    assert answer.status_code == status


@pytest.mark.parametrize(
    ("id", "message"), [("9", "Couldn't find Student Session with 'id'='9'."), ("1", NOT_FOUND)]
)
def test_the_two_404_of_the_assignment_differ(customer: Customer, id: str, message: str) -> None:
    """PE-191, PE-391, PE-393: the first one ends with a full stop."""
    answer = customer.call("POST", f"/student_sessions/{id}/assign_proctor", {"proctor_id": 99})
    assert (answer.status_code, answer.json()) == (404, {"error": message})


def test_assigned_proctor_who_is_deleted_is_gone(customer: Customer) -> None:
    customer.call("POST", "/student_sessions/1/assign_proctor", {"proctor_id": 3})
    customer.call("DELETE", "/institutes/1/users/3")
    assert session(customer)["proctor_id"] is None


def test_exam_is_ended(customer_on_each_store: Customer) -> None:
    """PE-091, PE-394, PE-477."""
    new = customer_on_each_store.new_session()
    answer = customer_on_each_store.call("POST", f"/student_sessions/{new}/end_exam")
    student = answer.json()["student"]
    assert (answer.status_code, student["status"], student["end_time"]) == (200, "exam_finished", NOW)


def test_exam_that_has_ended_stays_as_it_is(customer: Customer) -> None:
    before = session(customer)
    assert customer.call("POST", "/student_sessions/1/end_exam").json() == {"student": before}


def test_session_is_found_for_review_by_its_token(customer_on_each_store: Customer) -> None:
    """PE-195, PE-396, PE-397, PE-477."""
    new = session(customer_on_each_store, customer_on_each_store.new_session())
    answer = customer_on_each_store.call("GET", f"/student_sessions/{new['token']}/reviewable")
    assert (answer.status_code, answer.json()) == (200, {"student": new})


@pytest.mark.parametrize("token", ["1", "0" * 32])
def test_unknown_token_is_not_found(customer: Customer, token: str) -> None:
    answer = customer.call("GET", f"/student_sessions/{token}/reviewable")
    body = {"error": f"Couldn't find Student Session with 'id'='{token}'"}
    assert (answer.status_code, answer.json()) == (404, body)


@pytest.mark.parametrize("comanager", ["2", 2])
def test_comanager_is_added_and_removed(customer_on_each_store: Customer, comanager: Any) -> None:
    """PE-164, PE-165, PE-205, PE-310 to PE-315: both answers repeat the user with its keys."""
    customer = customer_on_each_store
    sent = {"comanager_id": comanager}
    added = customer.call("PUT", "/exams/1/add_comanager", sent)
    assert (added.status_code, added.json()["comanager"]["id"]) == (200, 2)
    assert (len(added.json()["comanager"]), "omniauth_config_id" in added.json()["comanager"]) == (24, False)
    assert customer.call("PUT", "/exams/1/add_comanager", sent).json() == added.json()
    assert customer.call("DELETE", "/exams/1/remove_comanager", sent).json() == added.json()


@pytest.mark.parametrize(("method", "call"), [("PUT", "add_comanager"), ("DELETE", "remove_comanager")])
@pytest.mark.parametrize(
    ("sent", "body"),
    [
        ({}, {"error": "Param is missing or the value is empty: comanager_id"}),
        ({"comanager_id": "me"}, {"errors": {"comanager_id": ["Must be a number."]}}),
        ({"comanager_id": 99}, {"errors": {"comanager_id": ["must exist"]}}),
    ],
)
def test_other_comanagers_are_refused(
    customer: Customer, method: str, call: str, sent: dict[str, Any], body: dict[str, Any]
) -> None:
    """PE-235, PE-312, PE-487."""
    answer = customer.call(method, f"/exams/1/{call}", sent)
    assert (answer.status_code, answer.json()) == (422, body)


def test_user_who_is_no_comanager_cannot_be_removed(customer: Customer) -> None:
    answer = customer.call("DELETE", "/exams/1/remove_comanager", {"comanager_id": 2})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"comanager_id": ["must exist"]}})
