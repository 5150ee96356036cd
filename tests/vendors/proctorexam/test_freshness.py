"""Timestamp and nonce are numbers, and a timestamp is good for some minutes."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer, sign

PAGE = {"error": "You are not authorized to access this page."}


@pytest.mark.parametrize("missing", ["timestamp", "nonce", "signature"])
@pytest.mark.parametrize("value", [None, ""])
def test_signing_parameters_are_required(customer: Customer, missing: str, value: str | None) -> None:
    """PE-019."""
    found = {"timestamp": customer.now_ms(), "nonce": "7", missing: value}
    kept = {name: text for name, text in found.items() if text is not None and name != "signature"}
    parameters = {**kept, "signature": sign(kept, customer.secret), missing: value}
    sent = {name: text for name, text in parameters.items() if text is not None}
    answer = customer.send("GET", "/exams", sent)
    assert (answer.status_code, answer.json()) == (403, PAGE)


NOT_NUMBERS = [
    "-1",
    "+1",
    "01",
    "1.0",
    "1e3",
    "0x1",
    "1_000",
    "１２",
    "NaN",
    "soon",
    " 1",
    "1 ",
    "9" * 5000,
    "-",
]


@pytest.mark.parametrize("name", ["timestamp", "nonce"])
@pytest.mark.parametrize("value", NOT_NUMBERS)
def test_timestamp_and_nonce_must_be_numbers(customer: Customer, name: str, value: str) -> None:
    """PE-059, PE-064, PE-105: the signature is right over the odd text."""
    answer = customer.call("POST", "/exams/1/send_emails", {name: value})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("name", ["timestamp", "nonce"])
@pytest.mark.parametrize("value", [True, None, 1.5, [1], {"a": 1}])
def test_timestamp_and_nonce_are_no_other_json(customer: Customer, name: str, value: Any) -> None:
    signed = customer.signed({"timestamp": customer.now_ms(), "nonce": "8"})
    answer = customer.send("POST", "/exams/1/send_emails", {**signed, name: value})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("as_type", [int, str])
def test_timestamp_and_nonce_are_taken_as_number_and_as_text(customer: Customer, as_type: Any) -> None:
    """PE-059, PE-064, PE-461: the example prints the nonce as text and the timestamp as number."""
    parameters = {"nonce": as_type(1527500365), "timestamp": as_type(customer.now_ms())}
    assert customer.call("POST", "/exams/1/send_emails", parameters).status_code == 200


@pytest.mark.parametrize(("seconds", "status"), [(-300, 200), (300, 200), (-300.001, 403), (300.001, 403)])
def test_timestamp_is_tolerated_for_300_seconds_both_ways(
    customer: Customer, seconds: float, status: int
) -> None:
    """PE-064, PE-065."""
    timestamp = customer.now_ms() + round(seconds * 1000)
    assert customer.call("GET", "/exams", {"timestamp": timestamp}).status_code == status


def test_timestamp_in_seconds_is_refused(customer: Customer) -> None:
    """PE-064: milliseconds."""
    assert customer.call("GET", "/exams", {"timestamp": customer.now_ms() // 1000}).status_code == 403


@pytest.mark.parametrize(
    ("tolerance", "seconds", "status"), [(60, 61, 403), (60, 60, 200), (0, 0, 200), (None, 10**8, 200)]
)
def test_tolerance_is_a_setting(customer: Customer, tolerance: int | None, seconds: int, status: int) -> None:
    customer.settings(timestamp_tolerance_seconds=tolerance)
    timestamp = customer.now_ms() - seconds * 1000
    assert customer.call("GET", "/exams", {"timestamp": timestamp}).status_code == status


def test_shifted_clock_of_the_sandbox_moves_the_window(customer: Customer) -> None:
    before_ms = customer.now_ms()
    customer.passes(3600)
    assert customer.call("GET", "/exams", {"timestamp": before_ms}).status_code == 403
    assert customer.call("GET", "/exams").status_code == 200
