"""The token: every operation refuses alike without it, and says what its own page prints."""

from __future__ import annotations

import re
from typing import Any

import pytest
from proctorexam_customer import BASE, SECRET, TOKEN, Customer

PAGE = {"error": "You are not authorized to access this page."}
ENDPOINT = {"error": "You are not authorized to access this endpoint"}

# The 59 method and path rows, with the refusal that each page prints (PE-214, PE-220, PE-317, PE-424).
ROWS: list[tuple[str, str, int, dict[str, str]]] = [
    ("GET", "/exams/1/attachments", 403, PAGE),
    ("POST", "/exams/1/attachments", 403, PAGE),
    ("GET", "/exams/1/attachments/1", 403, PAGE),
    ("DELETE", "/exams/1/attachments/1", 403, PAGE),
    ("GET", "/exams/1/documents", 403, PAGE),
    ("POST", "/exams/1/documents", 403, PAGE),
    ("GET", "/exams/1/documents/1", 403, PAGE),
    ("PATCH", "/exams/1/documents/1", 403, PAGE),
    ("PUT", "/exams/1/documents/1", 403, PAGE),
    ("DELETE", "/exams/1/documents/1", 403, PAGE),
    ("GET", "/exams", 403, PAGE),
    ("POST", "/exams", 403, PAGE),
    ("GET", "/exams/1", 403, PAGE),
    ("PATCH", "/exams/1", 403, PAGE),
    ("PUT", "/exams/1", 403, PAGE),
    ("DELETE", "/exams/1", 403, PAGE),
    ("GET", "/exams/1/index_students", 403, PAGE),
    ("GET", "/exams/1/show_student", 403, PAGE),
    ("GET", "/exams/1/show_lti_student", 403, PAGE),
    ("POST", "/exams/1/add_student", 403, PAGE),
    ("DELETE", "/exams/1/delete_student", 403, PAGE),
    ("POST", "/exams/1/send_emails", 403, PAGE),
    ("PUT", "/exams/1/add_comanager", 403, PAGE),
    ("DELETE", "/exams/1/remove_comanager", 403, PAGE),
    ("GET", "/identity_providers", 401, PAGE),
    ("GET", "/institutes", 403, PAGE),
    ("POST", "/institutes", 403, PAGE),
    ("GET", "/institutes/1", 403, PAGE),
    ("PATCH", "/institutes/1", 403, PAGE),
    ("PUT", "/institutes/1", 403, PAGE),
    ("DELETE", "/institutes/1", 403, PAGE),
    ("GET", "/lti_resources", 401, PAGE),
    ("POST", "/lti_resources", 403, PAGE),
    ("GET", "/lti_resources/1", 401, PAGE),
    ("PATCH", "/lti_resources/1", 403, PAGE),
    ("PUT", "/lti_resources/1", 403, PAGE),
    ("DELETE", "/lti_resources/1", 403, PAGE),
    ("GET", "/student_sessions", 403, PAGE),
    ("GET", "/exams/1/student_sessions", 403, PAGE),
    ("POST", "/exams/1/student_sessions", 403, PAGE),
    ("GET", "/student_sessions/1", 403, PAGE),
    ("PATCH", "/student_sessions/1", 403, PAGE),
    ("PUT", "/student_sessions/1", 403, PAGE),
    ("DELETE", "/student_sessions/1", 403, PAGE),
    ("POST", "/student_sessions/1/assign_proctor", 403, PAGE),
    ("POST", "/student_sessions/1/end_exam", 403, PAGE),
    ("GET", "/student_sessions/0123456789abcdef0123456789abcdef/reviewable", 403, PAGE),
    ("GET", "/tool_providers", 401, PAGE),
    ("POST", "/tool_providers", 403, PAGE),
    ("GET", "/tool_providers/1", 401, PAGE),
    ("PATCH", "/tool_providers/1", 403, PAGE),
    ("PUT", "/tool_providers/1", 403, PAGE),
    ("DELETE", "/tool_providers/1", 401, ENDPOINT),
    ("GET", "/institutes/1/users", 403, PAGE),
    ("POST", "/institutes/1/users", 403, PAGE),
    ("GET", "/institutes/1/users/2", 403, PAGE),
    ("PATCH", "/institutes/1/users/2", 403, PAGE),
    ("PUT", "/institutes/1/users/2", 403, PAGE),
    ("DELETE", "/institutes/1/users/2", 403, PAGE),
]


@pytest.mark.parametrize(("method", "path", "status", "body"), ROWS)
def test_caller_without_credentials_is_refused(
    default_customer: Customer, method: str, path: str, status: int, body: dict[str, str]
) -> None:
    """PE-214, PE-220, PE-317, PE-424, PE-463."""
    answer = default_customer.client.request(method, BASE + path)
    assert (answer.status_code, answer.json()) == (status, body)
    assert answer.headers["content-type"] == "application/json"


@pytest.mark.parametrize(("method", "path", "status", "body"), ROWS)
def test_wrong_signature_is_refused_as_the_missing_token_is(
    default_customer: Customer, method: str, path: str, status: int, body: dict[str, str]
) -> None:
    """PE-019, PE-026, PE-057, PE-463."""
    spoilt = default_customer.signed() | {"signature": "0" * 64}
    answer = default_customer.send(method, path, spoilt)
    assert (answer.status_code, answer.json()) == (status, body)


def test_documents_list_as_many_rows_as_the_pages(default_customer: Customer) -> None:
    paths = default_customer.client.get("/proctorexam/openapi.json").json()["paths"]
    rows = {(method.upper(), path) for path, methods in paths.items() for method in methods}
    assert len(rows) == len(ROWS) == 59


@pytest.mark.parametrize(
    "headers",
    [
        {"authorization": ""},
        {"authorization": TOKEN},
        {"authorization": "Token"},
        {"authorization": "Token token="},
        {"authorization": 'Token token=""'},
        {"authorization": f"token token={TOKEN}"},
        {"authorization": f"Bearer {TOKEN}"},
        {"authorization": f'Token token="{TOKEN}'},
        {"authorization": f"Token token={TOKEN}, nonce=1"},
        {"authorization": f"Token token={TOKEN.upper()}"},
        {"authorization": f"Token token={TOKEN} " + "x"},
        {"authorization": "Token token=" + "t" * 10_000},
        {"authorization": "Token token=é".encode("latin-1")},
        {"authorization": "Token token=fake-proctorexam-tokem"},
    ],
)
def test_what_is_not_the_token_of_a_user_is_refused(default_customer: Customer, headers: Any) -> None:
    """PE-014, PE-015, PE-023."""
    answer = default_customer.call("GET", "/exams", headers=headers)
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("header", [f"Token token={TOKEN}", f'Token token="{TOKEN}"'])
def test_token_is_taken_bare_and_in_quotes(default_customer: Customer, header: str) -> None:
    """PE-014, PE-462."""
    assert default_customer.call("GET", "/exams", headers={"authorization": header}).status_code == 200


@pytest.mark.parametrize("second", [f"Token token={TOKEN}", "Token token=other"])
def test_two_authorization_headers_are_refused(default_customer: Customer, second: str) -> None:
    headers = [("authorization", f"Token token={TOKEN}"), ("authorization", second)]
    answer = default_customer.client.get(f"{BASE}/exams", headers=headers, params=default_customer.signed())
    assert (answer.status_code, answer.json()) == (403, PAGE)


def test_token_as_a_parameter_opens_nothing(default_customer: Customer) -> None:
    """PE-018: that was v2."""
    answer = default_customer.client.get(
        f"{BASE}/exams", params=default_customer.signed({"api_token": TOKEN})
    )
    assert (answer.status_code, answer.json()) == (403, PAGE)


def test_keys_of_a_new_sandbox_look_like_those_of_the_page(customer: Customer) -> None:
    """PE-020, PE-021."""
    assert re.fullmatch("[A-Za-z0-9_-]{22}", customer.token)
    assert re.fullmatch("[A-Za-z0-9_-]{43}", customer.secret)
    assert customer.call("GET", "/institutes/1").status_code == 200


def test_default_keys_have_the_lengths_of_the_page() -> None:
    """PE-020."""
    assert (len(TOKEN), len(SECRET)) == (22, 43)


def test_first_user_of_a_sandbox_without_seed_is_let_in(customer_on_each_store: Customer) -> None:
    """PE-020: the keys belong to a user, so the user is there although nothing else is."""
    empty = customer_on_each_store.new_sandbox(seed=False)
    answer = empty.call("GET", "/exams")
    assert (answer.status_code, answer.json()) == (200, {"exams": []})
    assert [institute["id"] for institute in empty.call("GET", "/institutes").json()["institutes"]] == [1]
