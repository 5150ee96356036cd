"""Exams that are taken by themselves, where a sandbox is set so: nobody has to play the student."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer


def mailed(customer: Customer, **parameters: Any) -> int:
    """Add a student to exam 1, send the mails, and return the session's id."""
    session_id = customer.new_session(1, **parameters)
    answer = customer.call("POST", "/exams/1/send_emails")
    assert {"id": session_id, "status": "email_sent"} in answer.json()["students"]  # PE-163
    return session_id


def status(customer: Customer, session_id: int) -> str:
    customer.control("POST", "/deliveries/settle")
    found: str = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]["status"]
    return found


def happens(customer: Customer, event: str, session_id: int) -> None:
    body = {"vendor": "proctorexam", "event": event, "student_session_id": session_id}
    customer.control("POST", "/events", body)


@pytest.mark.parametrize(
    ("completion", "expected"),
    [("manual", "email_sent"), ("immediate", "exam_finished"), ("after_seconds", "exam_started")],
)
def test_mails_lead_to_the_exam(customer_on_each_store: Customer, completion: str, expected: str) -> None:
    """PE-086, PE-090, PE-091."""
    customer_on_each_store.settings(exam_completion=completion)
    assert status(customer_on_each_store, mailed(customer_on_each_store)) == expected


def test_started_exam_ends_after_the_seconds(customer: Customer) -> None:
    """PE-091."""
    customer.settings(exam_completion="after_seconds", exam_completion_seconds=1800)
    session_id = mailed(customer)
    customer.passes(1799)
    assert status(customer, session_id) == "exam_started"
    customer.passes(1)
    assert status(customer, session_id) == "exam_finished"


def test_exam_waits_for_its_open_time(customer: Customer) -> None:
    """PE-145."""
    customer.settings(exam_completion="immediate")
    session_id = mailed(customer, open_time=customer.now_ms() // 1000 + 60)
    assert status(customer, session_id) == "email_sent"
    customer.passes(60)
    assert status(customer, session_id) == "exam_finished"


def test_exam_started_by_an_event_ends_by_itself(customer: Customer) -> None:
    """PE-091."""
    customer.settings(exam_completion="immediate")
    session_id = customer.new_session(1)
    happens(customer, "candidate_starts", session_id)
    assert status(customer, session_id) == "exam_finished"


def test_exam_that_was_ended_before_stays_as_it_is(customer: Customer) -> None:
    """PE-091."""
    customer.settings(exam_completion="after_seconds", exam_completion_seconds=60)
    session_id = mailed(customer)
    customer.call("POST", f"/student_sessions/{session_id}/end_exam")
    before = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]["end_time"]
    customer.passes(60)
    assert status(customer, session_id) == "exam_finished"
    after = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]["end_time"]
    assert after == before
