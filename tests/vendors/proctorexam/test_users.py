"""Users with their keys."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import pytest
from proctorexam_customer import Customer

NOT_AUTHORIZED = (403, {"error": "You are not authorized to access this page."})
ROLES = "superuser, administrator, teacher, proctor, global_proctor, reviewer, global_reviewer, auditor"
NOW = "2026-11-21T20:37:12.000+01:00"
REQUEST = {
    "email": "teacher@institute.com",
    "name": "Teacher name",
    "password": "Passw0rd!",
    "password_confirmation": "Passw0rd!",
    "role": "teacher",
    "omniauth_config_id": "1",
}
# The example of users.create without the keys (PE-205).
EXAMPLE: dict[str, Any] = {
    "id": 7,
    "institute_id": 1,
    "email": "teacher@institute.com",
    "student_number": None,
    "name": "Teacher name",
    "created_at": NOW,
    "updated_at": NOW,
    "role": "teacher",
    "invitation_token": None,
    "invitation_created_at": None,
    "invitation_sent_at": None,
    "invitation_accepted_at": None,
    "invitation_limit": None,
    "invited_by_id": None,
    "invited_by_type": None,
    "receives_reports": False,
    "report_frequency": "week",
    "first_visit_guide": True,
    "global_proctor": True,
    "global_reviewer": True,
    "logo_image": "/logo_images/original/missing.png",
    "institute_name": "ProctorExam",
    "omniauth_config_id": "1",
}


def user_of(answer: Any) -> dict[str, Any]:
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.json()["user"]
    return found


def test_list_prints_short_users(customer_on_each_store: Customer) -> None:
    """PE-205, PE-426, PE-427, PE-428."""
    users = customer_on_each_store.call("GET", "/institutes/1/users").json()["users"]
    assert users[1] == {
        "id": 2,
        "email": "teacher@proctorexam.com",
        "name": "ProctorExam Teacher",
        "role": "teacher",
        "logo_image": "/logo_images/original/missing.png",
        "institute_name": "ProctorExam",
        "omniauth_config_id": None,
    }
    assert [user["id"] for user in users] == [1, 2, 3, 4, 5, 6]


def test_shown_user_has_no_identity_provider(customer: Customer) -> None:
    """PE-201, PE-429, PE-433."""
    answer = customer.call("GET", "/institutes/1/users/2", ids={"institute_id": "1", "id": "2"})
    assert list(user_of(answer)) == ["id", "email", "name", "role", "logo_image", "institute_name"]


def test_request_of_the_page_creates_a_user(customer_on_each_store: Customer) -> None:
    """PE-020, PE-199, PE-434 to PE-441, PE-498: role and password follow the text, not the example."""
    made = user_of(customer_on_each_store.call("POST", "/institutes/1/users", REQUEST))
    assert re.fullmatch("[A-Za-z0-9_-]{22}", made["api_token"])
    assert re.fullmatch("[A-Za-z0-9_-]{43}", made["secret_key"])
    assert list(made)[15:17] == ["api_token", "secret_key"]
    assert {name: value for name, value in made.items() if name in EXAMPLE} == EXAMPLE
    assert len(made) == len(EXAMPLE) + 2


def test_list_prints_the_identity_provider_as_a_number(customer: Customer) -> None:
    user_of(customer.call("POST", "/institutes/1/users", REQUEST))
    users = customer.call("GET", "/institutes/1/users").json()["users"]
    assert users[-1]["omniauth_config_id"] == 1


def test_printed_keys_open_the_sandbox(customer_on_each_store: Customer) -> None:
    """PE-020."""
    made = user_of(customer_on_each_store.call("POST", "/institutes/1/users", REQUEST))
    user = replace(customer_on_each_store, token=made["api_token"], secret=made["secret_key"])
    assert user.call("GET", "/exams/1").status_code == 200
    assert replace(user, secret=customer_on_each_store.secret).call("GET", "/exams/1").status_code == 403


@pytest.mark.parametrize("missing", ["email", "name", "password", "password_confirmation", "role"])
@pytest.mark.parametrize("spoil", [{}, {"sent": ""}, {"sent": None}], ids=str)
def test_five_parameters_are_required(customer: Customer, missing: str, spoil: dict[str, Any]) -> None:
    """PE-235, PE-436 to PE-440."""
    sent = {name: value for name, value in REQUEST.items() if name != missing}
    sent |= dict.fromkeys([missing][: len(spoil)], spoil.get("sent"))
    answer = customer.call("POST", "/institutes/1/users", sent)
    assert answer.status_code == 422
    assert answer.json() == {"error": f"Param is missing or the value is empty: {missing}"}


@pytest.mark.parametrize(
    "password", ["Sh0rt!!", "password1", "PASSW0RD!", "Password!", "Passw0rd1", "passw0rd!"]
)
def test_password_has_8_characters_of_four_kinds(customer: Customer, password: str) -> None:
    """PE-200, PE-438, PE-476."""
    sent = {**REQUEST, "password": password, "password_confirmation": password}
    answer = customer.call("POST", "/institutes/1/users", sent)
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["password"])


def test_password_is_repeated(customer: Customer) -> None:
    """PE-439, PE-476."""
    answer = customer.call("POST", "/institutes/1/users", {**REQUEST, "password_confirmation": "Passw0rd?"})
    errors = {"password_confirmation": ["doesn't match Password"]}
    assert (answer.status_code, answer.json()) == (422, {"errors": errors})


@pytest.mark.parametrize("email", ["teacher@proctorexam.com", "Teacher@ProctorExam.com"])
@pytest.mark.parametrize("institute", ["own", "other"])
def test_email_is_unique(customer_on_each_store: Customer, email: str, institute: str) -> None:
    """PE-305, PE-485."""
    customer = customer_on_each_store
    institute_id = 1 if institute == "own" else customer.new_institute()
    sent = {**REQUEST, "email": email, "omniauth_config_id": 1}
    answer = customer.call("POST", f"/institutes/{institute_id}/users", sent)
    assert (answer.status_code, answer.json()) == (422, {"errors": {"email": ["has already been taken"]}})


@pytest.mark.parametrize(
    ("field", "value", "message"),
    [
        ("role", "janitor", f"Must be one of: {ROLES}."),
        ("omniauth_config_id", "first", "Must be a number."),
        ("omniauth_config_id", 9, "must exist"),
        ("name", 5, "Must be a String"),
    ],
)
def test_broken_value_is_named(customer: Customer, field: str, value: Any, message: str) -> None:
    """PE-096, PE-441, PE-475, PE-487."""
    answer = customer.call("POST", "/institutes/1/users", {**REQUEST, field: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: [message]}})


@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_update_changes_reports_and_sign_on(customer_on_each_store: Customer, method: str) -> None:
    """PE-097, PE-442 to PE-446."""
    changes = {"receives_reports": True, "report_frequency": "month", "omniauth_config_id": 1}
    changed = user_of(customer_on_each_store.call(method, "/institutes/1/users/2", changes))
    assert (changed["receives_reports"], changed["report_frequency"]) == (True, "month")
    assert (changed["omniauth_config_id"], changed["updated_at"]) == ("1", NOW)


def test_update_without_identity_provider_prints_null(customer: Customer) -> None:
    """PE-205: as in the example of the page."""
    changed = user_of(customer.call("PATCH", "/institutes/1/users/2", {"receives_reports": True}))
    assert (changed["omniauth_config_id"], changed["report_frequency"]) == (None, "week")


@pytest.mark.parametrize(
    ("sent", "body"),
    [
        (
            {"report_frequency": "never"},
            {"errors": {"report_frequency": ["Must be one of: day, week, month."]}},
        ),
        ({"report_frequency": ""}, {"error": "Param is missing or the value is empty: report_frequency"}),
        ({"omniauth_config_id": 9}, {"errors": {"omniauth_config_id": ["must exist"]}}),
        (
            {"receives_reports": "yes"},
            {"errors": {"receives_reports": ["Must be one of: true, false, 1, 0."]}},
        ),
    ],
)
def test_broken_change_is_refused(customer: Customer, sent: dict[str, Any], body: dict[str, Any]) -> None:
    """PE-097, PE-235, PE-475."""
    answer = customer.call("PATCH", "/institutes/1/users/2", sent)
    assert (answer.status_code, answer.json()) == (422, body)


@pytest.mark.parametrize("method", ["GET", "PATCH", "PUT", "DELETE"])
@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("/institutes/1/users/9", "Couldn't find User with 'id'='9'"),
        ("/institutes/9/users/1", "Couldn't find Institute with 'id'='9'"),
    ],
)
def test_unknown_user_is_not_found(customer: Customer, method: str, path: str, message: str) -> None:
    """PE-432, PE-470."""
    answer = customer.call(method, path)
    assert (answer.status_code, answer.json()) == (404, {"error": message})


def test_user_of_another_institute_is_not_found_here(customer: Customer) -> None:
    other = customer.new_institute()
    assert customer.call("GET", f"/institutes/{other}/users/2").status_code == 404


def test_token_of_a_deleted_user_opens_nothing(customer_on_each_store: Customer) -> None:
    """PE-337, PE-447, PE-448."""
    customer = customer_on_each_store
    made = customer.user("administrator")
    user = replace(customer, token=made["api_token"], secret=made["secret_key"])
    assert user.call("GET", "/exams").status_code == 200
    answer = customer.call("DELETE", f"/institutes/1/users/{made['id']}")
    assert (answer.status_code, answer.json()) == (200, {})
    answer = user.call("GET", "/exams")
    assert (answer.status_code, answer.json()) == NOT_AUTHORIZED
    assert customer.user("administrator")["api_token"] != made["api_token"]


def test_users_cannot_delete_themselves(customer: Customer) -> None:
    """PE-495."""
    answer = customer.call("DELETE", "/institutes/1/users/1")
    assert (answer.status_code, answer.json()) == NOT_AUTHORIZED


def test_password_and_keys_do_not_reach_the_journal(customer: Customer) -> None:
    made = user_of(customer.call("POST", "/institutes/1/users", REQUEST))
    refused = customer.signed(REQUEST) | {"signature": "0" * 64}
    assert customer.send("POST", "/institutes/1/users", refused, "data").status_code == 403
    written = customer.control("GET", "/requests").text
    assert "Passw0rd!" not in written
    assert made["secret_key"] not in written
    assert made["api_token"] not in written
