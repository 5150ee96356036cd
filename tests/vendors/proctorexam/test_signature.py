"""What is signed: all parameters, and the ids of the URL where the sandbox says so."""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

import pytest
from proctorexam_customer import SECRET, TOKEN, Customer

PAGE = {"error": "You are not authorized to access this page."}


@pytest.mark.parametrize(
    "signature",
    [
        lambda right: right.upper(),
        lambda right: right[:32],
        lambda right: right + "0",
        lambda right: right + "\n",
        lambda right: "sha256=" + right,
        lambda right: "é" * 32,
    ],
)
def test_signature_in_another_form_is_refused(customer: Customer, signature: Any) -> None:
    """PE-032."""
    signed = customer.signed()
    answer = customer.send("GET", "/exams", signed | {"signature": signature(signed["signature"])})
    assert (answer.status_code, answer.json()) == (403, PAGE)


@pytest.mark.parametrize("secret", ["", "other", TOKEN, SECRET])
def test_another_secret_is_refused(customer: Customer, secret: str) -> None:
    """PE-026, PE-031."""
    customer.secret = secret
    assert customer.call("GET", "/exams").status_code == 403


@pytest.mark.parametrize("algorithm", ["sha1", "md5", "sha512"])
def test_another_digest_is_refused(customer: Customer, algorithm: str) -> None:
    found = {"nonce": "9", "timestamp": str(customer.now_ms())}
    text = f"nonce=9?timestamp={found['timestamp']}"
    signature = hmac.new(customer.secret.encode(), text.encode(), algorithm).hexdigest()
    assert customer.send("GET", "/exams", {**found, "signature": signature}).status_code == 403
    right = hmac.new(customer.secret.encode(), text.encode(), hashlib.sha256).hexdigest()
    assert customer.send("GET", "/exams", {**found, "signature": right}).status_code == 200


def test_python_boolean_signed_as_true_with_a_capital_is_refused(customer: Customer) -> None:
    """PE-045, PE-046: the JSON says true, the signature was made over True."""
    name = {"name": "Bug", "short_name": "b"}
    wrong = customer.signed({**name, "global_proctor": "True"}) | {"global_proctor": True}
    assert customer.send("POST", "/institutes", wrong).status_code == 403
    assert customer.call("POST", "/institutes", {**name, "global_proctor": True}).status_code == 200


def test_unknown_parameters_have_to_be_signed(customer: Customer) -> None:
    """PE-042, PE-052, PE-108: and are ignored then."""
    assert customer.call("GET", "/exams", {"colour": "green"}).status_code == 200
    assert customer.send("GET", "/exams", customer.signed() | {"colour": "green"}).status_code == 403


@pytest.mark.parametrize(
    ("setting", "ids", "status"),
    [
        ("either", None, 200),
        ("either", {"id": "1"}, 200),
        ("either", {"id": "2"}, 403),
        ("required", None, 403),
        ("required", {"id": "1"}, 200),
        ("never", None, 200),
        ("never", {"id": "1"}, 403),
    ],
)
def test_ids_of_the_url_are_signed_or_not_as_the_setting_says(
    customer: Customer, setting: str, ids: dict[str, str] | None, status: int
) -> None:
    """PE-033, PE-034, PE-035, PE-036."""
    customer.settings(url_ids_signed=setting)
    assert customer.call("GET", "/student_sessions/1", ids=ids).status_code == status


@pytest.mark.parametrize(("ids", "seen"), [(None, "unsigned"), ({"id": "1"}, "signed")])
def test_journal_says_whether_the_ids_were_signed(
    customer: Customer, ids: dict[str, str] | None, seen: str
) -> None:
    answer = customer.call("GET", "/student_sessions/1", ids=ids)
    entry = customer.control("GET", f"/requests/{answer.headers['x-mock-request-id']}").json()
    assert entry["notes"]["url_ids"] == seen


def test_both_ids_of_a_nested_path_are_signed(customer: Customer) -> None:
    """PE-033."""
    customer.settings(url_ids_signed="required")
    path, ids = "/institutes/1/users/2", {"institute_id": "1", "id": "2"}
    assert customer.call("GET", path, ids=ids).status_code == 200
    assert customer.call("GET", path, ids={"id": "2"}).status_code == 403
