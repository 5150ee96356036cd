"""Refusals in plain text."""

from __future__ import annotations

from typing import Any

from mockserver.client.refusals import report, short, whole

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
}


def test_short_form_is_reason_and_likely_mistake() -> None:
    assert short(ENTRY) == [
        "refused by signature: The signature does not match.",
        "likely mistake: joined by &",
        "  Join the pairs with '?'.",
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
        "sent, but read by nobody: colour",
    ]


def test_accepted_request_has_nothing_to_tell() -> None:
    accepted = {**ENTRY, "explanation": None}
    assert short(accepted) == []
    assert whole(accepted) == ["was not refused"]


def test_report_has_a_title_for_each() -> None:
    lines = report([ENTRY, ENTRY]).splitlines()
    assert lines[0] == "req-12  403  proctorexam GET /api/v3/institutes"
    assert lines[1] == "  refused by signature: The signature does not match."
    assert lines.count(lines[0]) == 2
