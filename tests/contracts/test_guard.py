"""The guard by itself: what it holds back, what it lets pass, and how it reads a body."""

from __future__ import annotations

from typing import Any

import pytest

from contracts.ledger import Ledger, Made
from contracts.safety import BudgetSpent, Guard, NotSent, Profile, Sent, fields_of
from contracts.vendors import load_vendor


def guard(profile: Profile, vendor: str = "proctorexam", budget: int = 10) -> Guard:
    return Guard(profile, "https://vendor.example", load_vendor(vendor).rules, Ledger(), "pmc-1", budget, 0.0)


def sent(
    method: str, operation: str | None, path_values: dict[str, str] | None = None, **fields: Any
) -> Sent:
    return Sent(operation, method, "/", path_values or {}, fields)


@pytest.mark.parametrize(
    ("profile", "request_", "reason"),
    [
        (Profile.DRY, sent("GET", "exams.index"), "dry"),
        (Profile.READONLY, sent("POST", "exams.create"), "sends no POST"),
        (Profile.READONLY, sent("GET", None), "documented"),
        (Profile.STANDARD, sent("DELETE", "exams.destroy", {"id": "1"}), "did not create"),
        (Profile.STANDARD, sent("POST", "documents.create", {"exam_id": "1"}), "did not create"),
        (Profile.STANDARD, sent("POST", "exams.create", institute_id=1), "did not create"),
        (Profile.STANDARD, sent("PUT", None), "undocumented"),
    ],
)
def test_guard_holds_back(profile: Profile, request_: Sent, reason: str) -> None:
    with pytest.raises(NotSent, match=reason):
        guard(profile).allow(request_, "https://vendor.example")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"institute_id": "1"}'),
        ("application/json", b' \n{"institute_id": "1"}'),
        ("application/x-www-form-urlencoded", b'{"institute_id": "1"}'),
        ("application/x-www-form-urlencoded", b"institute_id=1"),
        ("text/plain", b"institute_id=1"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="institute_id"\r\n\r\n1\r\n--b--\r\n',
        ),
    ],
)
def test_guard_reads_a_body_in_every_way_that_a_server_might(content_type: str, body: bytes) -> None:
    fields = fields_of("https://vendor.example/exams?page=2", content_type, body)
    assert fields == {"page": "2", "institute_id": "1"}


def test_guard_lets_own_objects_be_changed() -> None:
    own = guard(Profile.STANDARD)
    own.ledger.made(Made("exams", "7", None))
    own.allow(sent("DELETE", "exams.destroy", {"id": "7"}), "https://vendor.example")
    assert own.sent == 1


def test_guard_calls_no_other_server() -> None:
    with pytest.raises(NotSent, match="not the server"):
        guard(Profile.FULL).allow(sent("GET", "exams.index"), "https://other.example")


def test_guard_keeps_the_budget() -> None:
    with pytest.raises(BudgetSpent, match="budget of 0"):
        guard(Profile.FULL, budget=0).allow(sent("GET", "exams.index"), "https://vendor.example")
