"""Which paths and methods there are, and what a request has to accept."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", "/nothing"),
        ("GET", ""),
        ("POST", "/institutes/1"),
        ("OPTIONS", "/institutes/1"),
        ("GET", "/exams/1/add_student"),
        ("PATCH", "/exams"),
    ],
)
def test_unknown_path_or_method_is_not_found(customer: Customer, method: str, path: str) -> None:
    """PE-469: Rails finds routes by path and method."""
    answer = customer.call(method, path)
    assert (answer.status_code, answer.json()) == (404, {"error": "Not Found"})


@pytest.mark.parametrize("override", [{"headers": {"x-http-method-override": "DELETE"}}, {}])
def test_method_cannot_be_overridden(customer: Customer, override: dict[str, Any]) -> None:
    answer = customer.call("POST", "/exams/1/send_emails", {"_method": "DELETE"}, place="data", **override)
    assert answer.status_code == 200
    assert customer.call("GET", "/exams/1").status_code == 200


def test_version_in_accept_is_wanted_where_the_sandbox_says_so(customer: Customer) -> None:
    """PE-016, PE-025."""
    plain = {"headers": {"accept": "application/json"}}
    assert customer.call("GET", "/exams", **plain).status_code == 200
    customer.settings(accept_required=True)
    answer = customer.call("GET", "/exams", **plain)
    assert (answer.status_code, answer.json()) == (406, {"error": "Not Acceptable"})
    assert customer.call("GET", "/exams").status_code == 200


@pytest.mark.parametrize("key", ["errors", "message"])
def test_key_of_a_message_is_a_setting(customer: Customer, key: str) -> None:
    """PE-066, PE-068."""
    customer.settings(text_error_key=key)
    assert customer.call("GET", "/exams/77").json() == {key: "Couldn't find Exam with 'id'='77'"}
