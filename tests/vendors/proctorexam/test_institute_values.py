"""What a parameter of an institute may hold, and with which text it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer, institute_of

SWITCHES = ["global_proctor", "global_reviewer", "block_students_until_proctor_connected"]
THRESHOLDS = ["pre_assigned_proctor_fallback_threshold", "connected_proctor_fallback_threshold"]
NEW = {"name": "New", "short_name": "n"}


def test_first_missing_parameter_is_named(customer: Customer) -> None:
    """PE-466: in the order of the page, and before any broken validation."""
    answer = customer.call("POST", "/institutes", {"global_proctor": "maybe"})
    assert answer.json() == {"error": "Param is missing or the value is empty: name"}


@pytest.mark.parametrize(
    "field",
    [
        "name",
        "short_name",
        "callback_url",
        "tawk_url",
        "default_language",
        "default_exam_languages",
        "default_locale",
    ],
)
@pytest.mark.parametrize("value", [1, 1.5, True])
def test_texts_must_be_strings(customer: Customer, field: str, value: Any) -> None:
    """PE-101, PE-103, PE-112, PE-467: a JSON number fails."""
    answer = customer.call("POST", "/institutes", {**NEW, field: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: ["Must be a String"]}})


@pytest.mark.parametrize("field", SWITCHES)
@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (True, True),
        (False, False),
        (1, True),
        (0, False),
        ("true", True),
        ("false", False),
        ("1", True),
        ("0", False),
    ],
)
def test_switches_take_true_false_1_and_0(customer: Customer, field: str, value: Any, shown: bool) -> None:
    """PE-106, PE-117, PE-118, PE-136."""
    assert institute_of(customer.call("PATCH", "/institutes/1", {field: value}))[field] is shown


@pytest.mark.parametrize("field", SWITCHES)
@pytest.mark.parametrize("value", ["True", "yes", "", 2, -1, None, "null", " true"])
def test_switches_take_nothing_else(customer: Customer, field: str, value: Any) -> None:
    """PE-106, PE-472, PE-475."""
    answer = customer.call("PATCH", "/institutes/1", {field: value})
    assert answer.status_code == 422
    assert answer.json() == {"errors": {field: ["Must be one of: true, false, 1, 0."]}}


@pytest.mark.parametrize("field", THRESHOLDS)
@pytest.mark.parametrize("minutes", [0, 1, 2, 60, "0", "1", 2**63 - 1])
def test_threshold_is_0_or_at_least_1_minute(customer: Customer, field: str, minutes: Any) -> None:
    """PE-127 to PE-135."""
    made = institute_of(customer.call("POST", "/institutes", {**NEW, field: minutes}))
    assert made[field] == int(minutes)


@pytest.mark.parametrize("field", [*THRESHOLDS, "session_retention_period"])
@pytest.mark.parametrize("value", [-1, "-1", 0.5, "0.5", "01", "", "soon", True, None, "1 ", "１", "9" * 30])
def test_numbers_are_0_or_digits_without_leading_zero(customer: Customer, field: str, value: Any) -> None:
    """PE-105, PE-128, PE-132, PE-135, PE-473: half a minute, a negative one and words are no number."""
    answer = customer.call("POST", "/institutes", {**NEW, field: value})
    assert (answer.status_code, answer.json()) == (422, {"errors": {field: ["Must be a number."]}})


def test_number_beyond_64_bits_leaves_nothing_behind(customer: Customer) -> None:
    """PE-473."""
    answer = customer.call("POST", "/institutes", {**NEW, THRESHOLDS[0]: str(2**63)})
    assert answer.json() == {"errors": {THRESHOLDS[0]: ["Must be a number."]}}
    assert customer.call("GET", "/institutes").headers["x-pagination-item-count"] == "1"


@pytest.mark.parametrize(
    "address",
    [
        "school.org",
        "ftp://school.org",
        "javascript:alert(1)",
        "https://",
        "https://[",
        "/path",
        "",
        "https://a:x/",
    ],
)
def test_callback_url_is_an_absolute_web_address(customer: Customer, address: str) -> None:
    """PE-474."""
    answer = customer.call("POST", "/institutes", {**NEW, "callback_url": address})
    assert (answer.status_code, answer.json()) == (422, {"errors": {"callback_url": ["is not a valid URL"]}})


@pytest.mark.parametrize(("length", "status"), [(255, 200), (256, 422)])
def test_name_has_at_most_255_characters(customer: Customer, length: int, status: int) -> None:
    """PE-491."""
    assert customer.call("POST", "/institutes", {**NEW, "name": "é" * length}).status_code == status


def test_too_long_name_is_refused_by_its_field(customer: Customer) -> None:
    answer = customer.call("POST", "/institutes", {**NEW, "name": "n" * 256})
    assert answer.json() == {"errors": {"name": ["is too long (maximum is 255 characters)"]}}
