"""A nonce is used once in 24 hours (PE-058), whoever tries, wherever and however."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from proctorexam_customer import Customer
from starlette.testclient import TestClient

from mockserver.clock import Machine

REFUSED = (403, {"error": "You are not authorized to access this page."})
DAY = 24 * 60 * 60


def said(answer: Any) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def test_same_request_again_is_refused(customer_on_each_store: Customer) -> None:
    """PE-058, PE-063."""
    customer = customer_on_each_store
    signed = customer.signed()
    assert customer.send("GET", "/exams", signed).status_code == 200
    assert said(customer.send("GET", "/exams", signed)) == REFUSED


@pytest.mark.parametrize(
    ("method", "path", "parameters", "place"),
    [
        ("GET", "/institutes", {}, "params"),
        ("GET", "/exams", {}, "json"),
        ("POST", "/exams/1/send_emails", {}, "json"),
        ("PATCH", "/student_sessions/1", {"name": "Again"}, "data"),
        ("DELETE", "/student_sessions/1", {}, "params"),
        ("POST", "/institutes", {"name": "Again", "short_name": "a"}, "json"),
    ],
)
@pytest.mark.parametrize("as_type", [int, str])
def test_used_nonce_is_refused_elsewhere_and_in_another_encoding(
    customer: Customer, method: str, path: str, parameters: dict[str, Any], place: str, as_type: Any
) -> None:
    """PE-058, PE-059: a number and its text are the same nonce."""
    assert customer.call("GET", "/exams", {"nonce": "4711"}).status_code == 200
    again = customer.call(method, path, {**parameters, "nonce": as_type(4711)}, place=place)
    assert said(again) == REFUSED


def test_replay_with_a_fresh_timestamp_and_signature_is_refused(customer: Customer) -> None:
    assert customer.call("GET", "/exams", {"nonce": "5"}).status_code == 200
    customer.passes(60)
    assert said(customer.call("GET", "/exams", {"nonce": "5"})) == REFUSED


@pytest.mark.parametrize(("seconds", "status"), [(DAY - 0.001, 403), (DAY, 200)])
def test_nonce_is_remembered_for_24_hours(
    customer_on_each_store: Customer, seconds: float, status: int
) -> None:
    """PE-058."""
    customer = customer_on_each_store
    assert customer.call("GET", "/exams", {"nonce": "6"}).status_code == 200
    customer.passes(seconds)
    assert customer.call("GET", "/exams", {"nonce": "6"}).status_code == status


def test_nonce_dated_ahead_is_remembered_until_its_window_has_closed(
    customer: Customer, machine: Any
) -> None:
    customer.settings(timestamp_tolerance_seconds=2 * DAY)
    signed = customer.signed(timestamp=customer.now_ms() + 2 * DAY * 1000)
    assert customer.send("GET", "/exams", signed).status_code == 200
    customer.passes(3 * DAY)
    assert said(customer.send("GET", "/exams", signed)) == REFUSED


def test_clock_that_jumps_a_day_ahead_and_back_forgets_nothing(customer: Customer) -> None:
    signed = customer.signed()
    assert customer.send("GET", "/exams", signed).status_code == 200
    customer.passes(DAY + 3600)
    assert customer.send("GET", "/exams", signed).status_code == 403
    customer.passes(-DAY - 3600)
    assert said(customer.send("GET", "/exams", signed)) == REFUSED


@pytest.mark.parametrize(
    "spoil",
    [
        lambda signed: {**signed, "signature": "0" * 64},
        lambda signed: {**signed, "timestamp": 1},
        lambda signed: {name: value for name, value in signed.items() if name != "signature"},
    ],
    ids=["wrong signature", "old timestamp", "no signature"],
)
def test_refused_request_uses_no_nonce(customer: Customer, spoil: Any) -> None:
    """PE-490: nobody can use up the nonces of another."""
    signed = customer.signed()
    assert said(customer.send("GET", "/exams", spoil(signed))) == REFUSED
    assert customer.send("GET", "/exams", signed).status_code == 200


@pytest.mark.parametrize(
    ("method", "path", "parameters", "status"),
    [
        ("POST", "/institutes", {"name": "No short name"}, 422),
        ("PATCH", "/student_sessions/1", {"open_time": "soon"}, 422),
        ("GET", "/exams/77", {}, 404),
        ("DELETE", "/institutes/1", {}, 403),
    ],
)
def test_nonce_stays_used_whatever_the_answer_was(
    customer: Customer, method: str, path: str, parameters: dict[str, Any], status: int
) -> None:
    """PE-490, PE-062."""
    assert customer.call(method, path, {**parameters, "nonce": "11"}).status_code == status
    assert said(customer.call("GET", "/exams", {"nonce": "11"})) == REFUSED


def test_users_do_not_share_their_nonces(customer: Customer) -> None:
    """PE-060."""
    other = customer.new_user("administrator")
    assert customer.call("GET", "/exams", {"nonce": "12"}).status_code == 200
    assert other.call("GET", "/exams", {"nonce": "12"}).status_code == 200


def test_users_share_their_nonces_where_the_sandbox_says_so(customer: Customer) -> None:
    """PE-060."""
    other = customer.new_user("administrator")
    customer.settings(nonce_scope="sandbox")
    assert customer.call("GET", "/exams", {"nonce": "13"}).status_code == 200
    assert said(other.call("GET", "/exams", {"nonce": "13"})) == REFUSED


def test_sandboxes_do_not_share_their_nonces(customer: Customer) -> None:
    other = customer.new_sandbox()
    assert customer.call("GET", "/exams", {"nonce": "14"}).status_code == 200
    assert other.call("GET", "/exams", {"nonce": "14"}).status_code == 200


def test_nonce_is_remembered_over_a_restart(
    open_client: Callable[..., TestClient], database_url: str, machine: Machine
) -> None:
    first = Customer(open_client(database=database_url), machine.now_ms)
    signed = first.signed()
    assert first.send("GET", "/exams", signed).status_code == 200
    second = Customer(open_client(database=database_url), machine.now_ms)
    assert said(second.send("GET", "/exams", signed)) == REFUSED


def test_reset_of_the_sandbox_forgets_the_nonces(customer: Customer) -> None:
    signed = customer.signed()
    assert customer.send("GET", "/exams", signed).status_code == 200
    customer.control("POST", "/reset")
    assert customer.send("GET", "/exams", signed).status_code == 200
