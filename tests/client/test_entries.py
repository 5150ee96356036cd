"""Refusals in plain text."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.client.entries import report, short, whole

EXPLANATION: dict[str, Any] = {
    "check": "signature",
    "reason": "The signature does not match.",
    "passed": ["token", "timestamp"],
    "server_time": "2026-11-21T09:30:00.000Z",
    "server_time_ms": 1_795_253_400_000,
    "facts": {
        "check": "signature",
        "first_seen_ms": 1_795_253_400_125,
        "strings_to_sign": {"with ids": "a=1?b=2", "without ids": "b=2"},
        "networks": ["127.0.0.1/32", "::1/128"],
        "problems": [{"field": "name", "message": "Must be a String"}],
        "nothing": None,
    },
    "likely_mistake": {"name": "joined by &", "remedy": "Join the pairs with '?'."},
}
ENTRY: dict[str, Any] = {
    "request_id": "req-12",
    "status": 403,
    "vendor": "proctorexam",
    "method": "GET",
    "path": "/api/v3/institutes",
    "unread": ["colour"],
    "explanation": EXPLANATION,
    "answer": {"body": '{"error":"No."}'},
    "injected": None,
}
ACCEPTED = {**ENTRY, "status": 200, "unread": [], "explanation": None}


def test_short_form_is_reason_and_likely_mistake() -> None:
    assert short(ENTRY) == [
        "refused by signature: The signature does not match.",
        "likely mistake: joined by &",
        "  Join the pairs with '?'.",
        "sent, but read by nobody: colour",
    ]


def test_whole_form_tells_every_fact_that_has_a_value() -> None:
    assert whole(ENTRY) == [
        *short(ENTRY),
        "passed before: token, timestamp",
        "server's time: 2026-11-21T09:30:00.000Z",
        "first seen: 2026-11-21T09:30:00.125Z",
        "strings to sign:",
        "  with ids: a=1?b=2",
        "  without ids: b=2",
        "networks: 127.0.0.1/32, ::1/128",
        "problems:",
        "  field: name, message: Must be a String",
        'answered: {"error":"No."}',
    ]


def test_accepted_request_has_nothing_to_tell() -> None:
    assert short(ACCEPTED) == []
    assert whole(ACCEPTED) == ["was not refused"]


def test_accepted_request_tells_what_nobody_read() -> None:
    assert short({**ACCEPTED, "unread": ["colour", "rules.xyz"]}) == [
        "sent, but read by nobody: colour, rules.xyz"
    ]


@pytest.mark.parametrize(
    ("injected", "whence"),
    [
        ({"by": "prefer", "code": "503", "variant": 1}, "asked for by 'Prefer: code=503'"),
        (
            {"by": "prefer", "code": "418", "variant": 1, "unknown": True},
            "asked for by 'Prefer: code=418', which the operation does not document",
        ),
        (
            {"by": "magic_value", "code": "500", "variant": 1, "place": "candidate_email"},
            "asked for by the value of candidate_email",
        ),
        ({"by": "seed_file", "fault_id": "fault-1", "fault": "hang_up"}, "by the fault fault-1 (hang up)"),
    ],
)
def test_error_on_demand_tells_who_asked_for_it(injected: dict[str, Any], whence: str) -> None:
    assert whole({**ACCEPTED, "injected": injected}) == [f"error on demand, {whence}", "was not refused"]


def test_long_answer_is_cut() -> None:
    assert whole({**ENTRY, "answer": {"body": "x" * 500}})[-1] == f"answered: {'x' * 400}…"


def test_report_has_a_title_for_each() -> None:
    lines = report([ENTRY, ENTRY]).splitlines()
    assert lines[0] == "req-12  403  proctorexam GET /api/v3/institutes"
    assert lines[1] == "  refused by signature: The signature does not match."
    assert lines.count(lines[0]) == 2
