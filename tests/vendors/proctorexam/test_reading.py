"""Where parameters may stand, and what cannot be read."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import BASE, Customer

PAGE = {"error": "You are not authorized to access this page."}


@pytest.mark.parametrize(("value", "status"), [("1", 200), (1, 200), ("2", 400), ("01", 400)])
def test_id_may_be_repeated_in_the_body_with_the_same_value(
    customer: Customer, value: Any, status: int
) -> None:
    """PE-034, PE-037, PE-483."""
    answer = customer.call("PATCH", "/student_sessions/1", {"id": value, "name": "Student 1"})
    assert answer.status_code == status


PLACES: list[dict[str, Any]] = [{"place": "params"}, {"place": "data"}, {"place": "json"}]


@pytest.mark.parametrize("extra", PLACES, ids=["query", "form", "json"])
@pytest.mark.parametrize("method", ["PATCH", "PUT"])
def test_parameters_may_stand_in_query_form_or_json(
    customer: Customer, method: str, extra: dict[str, Any]
) -> None:
    """PE-017, PE-042, PE-179."""
    answer = customer.call(method, "/student_sessions/1", {"name": "Zoë & Co = 100%?"}, **extra)
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Zoë & Co = 100%?")


def test_query_and_body_are_one_set(customer: Customer) -> None:
    """PE-042."""
    signed = customer.signed({"name": "Both"})
    name = signed.pop("name")
    answer = customer.send("PATCH", "/student_sessions/1", {"name": name}, params=signed)
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Both")


def test_json_body_on_get_is_read(customer: Customer) -> None:
    """PE-042, PE-458, PE-461."""
    answer = customer.call("GET", "/exams", {"status": "draft"}, place="json")
    assert (answer.status_code, answer.json()) == (200, {"exams": []})


def test_file_parts_are_not_signed(customer: Customer) -> None:
    """PE-043, PE-044."""
    signed = customer.signed({"name": "With logo", "short_name": "l"})
    files = {"logo_image": ("logo.png", b"\x89PNG", "image/png")}
    answer = customer.send("POST", "/institutes", signed, place="data", files=files)
    assert answer.status_code == 200
    assert answer.json()["institute"]["logo_image_file_name"] == "logo.png"


@pytest.mark.parametrize("path", ["/exams/", "/student_sessions/", "/institutes/", "/institutes/1/"])
def test_trailing_slash_is_tolerated(customer: Customer, path: str) -> None:
    """PE-455, PE-461."""
    assert customer.call("GET", path).status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"{", "application/json"),
        (b"{'name': 'Student 1'}", "application/json"),
        (b"[]", "application/json"),
        (b'"text"', "application/json"),
        (b'{"a": 1, "a": 1}', "application/json"),
        (b'{"a": "\\u0000"}', "application/json"),
        (b'{"a": "\\ud800"}', "application/json"),
        (b'{"a": NaN}', "application/json"),
        (b'{"a": 123456789012345678901234567890}', "application/json"),
        (b"a=1&a=1", "application/x-www-form-urlencoded"),
        (b"a=%FF", "application/x-www-form-urlencoded"),
        (b"--x\r\n", "multipart/form-data; boundary=x"),
        (b"a=1", "multipart/form-data"),
        (b"<a/>", "application/xml"),
        (b"{}", "text/plain"),
    ],
)
def test_body_that_cannot_be_read_cannot_be_signed(
    customer: Customer, body: bytes, content_type: str
) -> None:
    """PE-007, PE-468, PE-483: the notation of the printed examples is no JSON either."""
    answer = customer.send(
        "POST",
        "/institutes",
        customer.signed(),
        place="params",
        content=body,
        headers={"content-type": content_type},
    )
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


def test_unknown_token_is_refused_before_the_body_is_read(default_customer: Customer) -> None:
    headers = {"authorization": "Token token=nobody", "content-type": "application/json"}
    answer = default_customer.client.post(f"{BASE}/institutes", content=b"{", headers=headers)
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("place", ["params", "json"])
def test_parameter_in_query_and_body_is_refused_even_when_equal(customer: Customer, place: str) -> None:
    """PE-483."""
    signed = customer.signed({"name": "Twice"})
    answer = customer.send("PATCH", "/student_sessions/1", signed, params={"name": "Twice"})
    assert (answer.status_code, answer.json()) == (400, {"error": "Bad Request"})


def test_names_with_brackets_are_just_names(customer: Customer) -> None:
    answer = customer.call("PATCH", "/student_sessions/1", {"student[name]": "Other"}, place="data")
    assert (answer.status_code, answer.json()["student"]["name"]) == (200, "Student 1")


def test_unreadable_body_leaves_all_checks_but_that_of_the_token_undone(customer: Customer) -> None:
    """PE-468: nothing can be verified of it, and the journal says no more than that."""
    headers = {"content-type": "application/json"}
    customer.send("POST", "/institutes", customer.signed(), place="params", content=b"{", headers=headers)
    explanation = customer.control("GET", "/requests").json()[0]["explanation"]
    assert (explanation["check"], explanation["passed"]) == ("reading", ["token"])
