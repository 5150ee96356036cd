"""Roles and ownership: what a user may do, and that institutes do not see each other (PE-488)."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer

PAGE = {"error": "You are not authorized to access this page."}
READERS = ["proctor", "global_proctor", "reviewer", "global_reviewer", "auditor"]


@pytest.mark.parametrize("role", ["administrator", "teacher", *READERS])
@pytest.mark.parametrize(
    ("method", "path"), [("GET", "/institutes"), ("POST", "/institutes"), ("DELETE", "/institutes/1")]
)
def test_institutes_are_for_superusers(customer: Customer, role: str, method: str, path: str) -> None:
    """PE-166, PE-167."""
    answer = customer.new_user(role).call(method, path, {"name": "New", "short_name": "n"})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("role", READERS)
@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", "/exams"),
        ("DELETE", "/exams/1"),
        ("POST", "/exams/1/student_sessions"),
        ("PATCH", "/student_sessions/1"),
        ("POST", "/student_sessions/1/end_exam"),
        ("POST", "/institutes/1/users"),
    ],
)
def test_other_roles_only_read(customer: Customer, role: str, method: str, path: str) -> None:
    reader = customer.new_user(role)
    answer = reader.call(method, path)
    assert (answer.status_code, answer.json()) == (403, PAGE)
    assert reader.call("GET", "/student_sessions/1").status_code == 200


@pytest.mark.parametrize(
    ("method", "path"),
    [("POST", "/institutes/1/users"), ("PATCH", "/institutes/1"), ("POST", "/tool_providers")],
)
def test_teachers_do_not_administrate(customer: Customer, method: str, path: str) -> None:
    answer = customer.new_user("teacher").call(method, path)
    assert (answer.status_code, answer.json()) == (403, PAGE)


def test_administrators_change_their_institute_and_users(customer: Customer) -> None:
    administrator = customer.new_user("administrator")
    assert administrator.call("PATCH", "/institutes/1", {"short_name": "new"}).status_code == 200
    assert administrator.new_user("teacher").call("GET", "/exams").status_code == 200


def test_only_superusers_make_superusers(customer: Customer) -> None:
    user = {
        "email": "s@example.com",
        "name": "S",
        "password": "Passw0rd!",
        "password_confirmation": "Passw0rd!",
        "role": "superuser",
    }
    answer = customer.new_user("administrator").call("POST", "/institutes/1/users", user)
    assert (answer.status_code, answer.json()) == (403, PAGE)
    assert customer.call("POST", "/institutes/1/users", user).status_code == 200


def test_teacher_changes_exams_that_are_own_or_comanaged(customer_on_each_store: Customer) -> None:
    """PE-310: that is what a comanager is for."""
    customer = customer_on_each_store
    made = customer.user("teacher")
    teacher = Customer(
        customer.client, customer.machine_ms, made["api_token"], made["secret_key"], customer.sandbox
    )
    own = teacher.new_exam()
    assert teacher.call("PATCH", f"/exams/{own}", {"name": "Mine"}).status_code == 200
    assert teacher.call("PATCH", "/exams/1", {"name": "Not mine"}).status_code == 403
    assert teacher.call("PATCH", "/student_sessions/1", {"name": "Nor this"}).status_code == 403
    customer.call("PUT", "/exams/1/add_comanager", {"comanager_id": made["id"]})
    assert teacher.call("PATCH", "/student_sessions/1", {"name": "Ours"}).status_code == 200
    customer.call("DELETE", "/exams/1/remove_comanager", {"comanager_id": made["id"]})
    assert teacher.call("PATCH", "/student_sessions/1", {"name": "No more"}).status_code == 403


FOREIGN: list[tuple[str, str, int]] = [
    ("GET", "/institutes/1", 403),
    ("PATCH", "/institutes/1", 403),
    ("GET", "/institutes/1/users", 403),
    ("GET", "/institutes/1/users/2", 403),
    ("PATCH", "/institutes/1/users/2", 403),
    ("DELETE", "/institutes/1/users/2", 403),
    ("GET", "/exams/1", 403),
    ("PATCH", "/exams/1", 403),
    ("DELETE", "/exams/1", 403),
    ("GET", "/exams/1/documents", 403),
    ("DELETE", "/exams/1/attachments/1", 403),
    ("GET", "/exams/1/student_sessions", 403),
    ("POST", "/exams/1/send_emails", 403),
    ("GET", "/student_sessions/1", 403),
    ("PATCH", "/student_sessions/1", 403),
    ("DELETE", "/student_sessions/1", 403),
    ("POST", "/student_sessions/1/end_exam", 403),
    ("GET", "/tool_providers/1", 401),
    ("PATCH", "/tool_providers/1", 403),
    ("GET", "/lti_resources/1", 401),
    ("DELETE", "/lti_resources/1", 403),
]


@pytest.mark.parametrize(("method", "path", "status"), FOREIGN)
def test_objects_of_another_institute_are_refused(
    customer: Customer, method: str, path: str, status: int
) -> None:
    """PE-214, PE-317: with the refusal that the page prints."""
    stranger = customer.new_user("administrator", customer.new_institute())
    before = customer.call("GET", "/student_sessions/1").json()
    answer = stranger.call(method, path)
    assert (answer.status_code, answer.json()) == (status, PAGE)
    assert customer.call("GET", "/student_sessions/1").json() == before


def test_tool_provider_of_another_institute_cannot_be_deleted(customer: Customer) -> None:
    """PE-197, PE-424."""
    stranger = customer.new_user("administrator", customer.new_institute())
    answer = stranger.call("DELETE", "/tool_providers/1")
    body = {"error": "You are not authorized to access this endpoint"}
    assert (answer.status_code, answer.json()) == (401, body)


@pytest.mark.parametrize(
    ("path", "key"),
    [
        ("/exams", "exams"),
        ("/student_sessions", "students"),
        ("/tool_providers", "tool_providers"),
        ("/lti_resources", "lti_resources"),
        ("/identity_providers", "identity_providers"),
    ],
)
def test_lists_hold_the_own_institute_only(customer_on_each_store: Customer, path: str, key: str) -> None:
    customer = customer_on_each_store
    stranger = customer.new_user("administrator", customer.new_institute())
    assert stranger.call("GET", path).json() == {key: []}
    assert customer.call("GET", path).json()[key] != []


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/exams", {"name": "E", "type": "demo", "institute_id": 1}),
        (
            "/tool_providers",
            {"tool_name": "T", "oauth_consumer_key": "k", "oauth_consumer_secret": "s", "institute_id": 1},
        ),
        ("/lti_resources", {"lti_resource_link_name": "L", "exam_id": 1, "tool_provider_id": 1}),
    ],
)
def test_nothing_is_made_in_another_institute(
    customer: Customer, path: str, parameters: dict[str, Any]
) -> None:
    """PE-411."""
    stranger = customer.new_user("administrator", customer.new_institute())
    answer = stranger.call("POST", path, parameters)
    assert (answer.status_code, answer.json()) == (403, PAGE)
