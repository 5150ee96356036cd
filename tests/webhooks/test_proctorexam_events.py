"""ProctorExam: what happens around an exam, and the callbacks that tell it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from proctorexam_customer import Customer
from starlette.testclient import TestClient
from webhook_receiver import Receiver, receiving

ADMIN = "/__admin/sandboxes/default"


@pytest.fixture
def customer(client: TestClient, machine: Any) -> Customer:
    return Customer(client, machine.now_ms)


@pytest.fixture
def exam(customer: Customer) -> dict[str, Any]:
    """An exam of the example."""
    found: dict[str, Any] = customer.call("GET", "/exams").json()["exams"][0]
    return found


@pytest.fixture
def session_id(customer: Customer, exam: dict[str, Any]) -> int:
    """A student session, just created."""
    parameters = {"name": "Grace", "email": "grace@example.com"}
    answer = customer.call("POST", f"/exams/{exam['id']}/student_sessions", parameters)
    number: int = answer.json()["student"]["id"]
    return number


@pytest.fixture
def receiver(customer: Customer, exam: dict[str, Any]) -> Iterator[Receiver]:
    """Listens at the callback_url of the exam's institute."""
    with receiving("", lambda: 0) as running:
        running.answers = [200] * 100
        path = f"/institutes/{exam['institute_id']}"
        answer = customer.call("PATCH", path, {"callback_url": f"{running.url}/events"})
        assert answer.status_code == 200, answer.text
        yield running


def happens(customer: Customer, event: str, session_id: int, **fields: Any) -> Any:
    body = {"vendor": "proctorexam", "event": event, "student_session_id": session_id, **fields}
    return customer.client.post(f"{ADMIN}/events", json=body)


def settle(customer: Customer) -> Any:
    return customer.client.post(f"{ADMIN}/deliveries/settle").json()


def told(customer: Customer) -> list[str]:
    """Return the events of all callbacks so far, oldest first."""
    return [delivery["body"]["event"] for delivery in reversed(settle(customer))]


def student(customer: Customer, session_id: int) -> dict[str, Any]:
    found: dict[str, Any] = customer.call("GET", f"/student_sessions/{session_id}").json()["student"]
    return found


def test_session_lives_through_its_statuses(customer: Customer, session_id: int) -> None:
    """PE-085, PE-087 to PE-091, PE-095."""
    seen = [student(customer, session_id)["status"]]
    for event in (
        "candidate_passes_check",
        "candidate_enters_setup",
        "candidate_leaves_setup",
        "candidate_enters_setup",
        "candidate_starts",
        "candidate_finishes",
    ):
        assert happens(customer, event, session_id).status_code == 201
        seen.append(student(customer, session_id)["status"])
    assert seen == [
        "registered", "after_check_req", "in_setup", "exam_not_started", "in_setup", "exam_started",
        "exam_finished",
    ]  # fmt: skip


def test_fields_follow(customer: Customer, machine: Any, session_id: int) -> None:
    """PE-095, PE-202."""
    happens(customer, "candidate_passes_check", session_id)
    happens(customer, "candidate_enters_setup", session_id)
    happens(customer, "candidate_starts", session_id)
    machine.passes(3600)
    happens(customer, "candidate_finishes", session_id)
    happens(customer, "proctor_concludes", session_id, reviewed="11")
    happens(customer, "recording_arrives", session_id)
    found = student(customer, session_id)
    assert {found[f"{check}_check"] for check in ("webcam", "mobile", "screenshare")} == {"succeeded"}
    assert found["entered_room"] is True
    assert found["start_time"] == found["recording_started_at"] == "2026-11-21T20:37:12.000+01:00"
    assert found["end_time"] == found["recording_ended_at"] == "2026-11-21T21:37:12.000+01:00"
    assert (found["reviewed"], found["transcoding_status"], found["attempt"]) == ("11", "finished", 1)


@pytest.mark.parametrize(
    ("event", "status"),
    [
        ("candidate_finishes", "registered"),
        ("candidate_leaves_setup", "registered"),
        ("connection_lost", "registered"),
        ("proctor_concludes", "registered"),
    ],
)
def test_event_out_of_turn_is_refused(customer: Customer, session_id: int, event: str, status: str) -> None:
    answer = happens(customer, event, session_id)
    assert answer.status_code == 409
    assert f"The status is {status}" in answer.json()["detail"]
    assert student(customer, session_id)["status"] == status


def test_exam_does_not_start_before_its_open_time(customer: Customer, machine: Any, session_id: int) -> None:
    """PE-145."""
    opens = machine.now_ms() // 1000 + 60
    customer.call("PATCH", f"/student_sessions/{session_id}", {"open_time": opens})
    assert happens(customer, "candidate_starts", session_id).status_code == 409
    machine.passes(60)
    assert happens(customer, "candidate_starts", session_id).status_code == 201


def test_exam_is_finished_after_three_hours_without_recordings(
    customer: Customer, machine: Any, session_id: int
) -> None:
    """PE-091."""
    happens(customer, "candidate_starts", session_id)
    happens(customer, "connection_lost", session_id)
    machine.passes(3 * 3600 - 1)
    settle(customer)
    assert student(customer, session_id)["status"] == "exam_started"
    machine.passes(1)
    settle(customer)
    assert student(customer, session_id)["status"] == "exam_finished"


def test_exam_goes_on_when_the_connection_returns(customer: Customer, machine: Any, session_id: int) -> None:
    """PE-091."""
    happens(customer, "candidate_starts", session_id)
    happens(customer, "connection_lost", session_id)
    machine.passes(60)
    happens(customer, "connection_returns", session_id)
    machine.passes(3 * 3600)
    settle(customer)
    assert student(customer, session_id)["status"] == "exam_started"


def test_exam_that_ran_for_nine_hours_can_be_reviewed(
    customer: Customer, machine: Any, session_id: int
) -> None:
    """PE-091."""
    happens(customer, "candidate_starts", session_id)
    machine.passes(9 * 3600)
    assert happens(customer, "proctor_concludes", session_id).status_code == 201
    found = student(customer, session_id)
    assert (found["status"], found["end_time"]) == ("exam_finished", "2026-11-22T05:37:12.000+01:00")


def test_end_after_nine_hours_is_told(
    customer: Customer, machine: Any, session_id: int, receiver: Receiver
) -> None:
    """PE-091, PE-500."""
    happens(customer, "candidate_starts", session_id)
    machine.passes(9 * 3600 - 1)
    assert told(customer) == ["exam_started"]
    machine.passes(1)
    assert told(customer) == ["exam_started", "exam_finished"]
    assert student(customer, session_id)["end_time"] == "2026-11-22T05:37:12.000+01:00"


def test_exam_that_has_ended_does_not_end_again(
    customer: Customer, machine: Any, session_id: int, receiver: Receiver
) -> None:
    """PE-091."""
    happens(customer, "candidate_starts", session_id)
    assert happens(customer, "time_runs_out", session_id).status_code == 409
    machine.passes(3600)
    happens(customer, "candidate_finishes", session_id)
    machine.passes(9 * 3600)
    assert told(customer) == ["exam_started", "exam_finished"]
    assert student(customer, session_id)["end_time"] == "2026-11-21T21:37:12.000+01:00"


def test_failed_identity_check_ends_the_exam(customer: Customer, session_id: int) -> None:
    happens(customer, "candidate_starts", session_id)
    assert happens(customer, "identity_check_fails", session_id).json()["result"]["status"] == "exam_finished"


def test_statuses_are_told_to_the_callback_url(
    customer: Customer, exam: dict[str, Any], session_id: int, receiver: Receiver
) -> None:
    """PE-082, PE-083, PE-084, PE-116, PE-500: unsigned."""
    happens(customer, "candidate_starts", session_id)
    happens(customer, "proctor_starts", session_id)
    happens(customer, "candidate_finishes", session_id)
    settle(customer)
    received = [receiver.next() for _ in range(3)]
    assert [one.path for one in received] == ["/events"] * 3
    assert "authorization" not in received[0].headers
    deliveries = customer.client.get(f"{ADMIN}/deliveries").json()
    assert [one["body"]["event"] for one in reversed(deliveries)] == [
        "exam_started",
        "has_started_proctoring",
        "exam_finished",
    ]
    assert deliveries[0]["body"] == {
        "event": "exam_finished",
        "institute_id": exam["institute_id"],
        "exam_id": exam["id"],
        "student_session_id": session_id,
        "status": "exam_finished",
        "created_at": "2026-11-21T20:37:12.000+01:00",
    }


def test_calls_of_the_customer_are_told_as_well(
    customer: Customer, session_id: int, receiver: Receiver
) -> None:
    """PE-082, PE-084."""
    happens(customer, "candidate_starts", session_id)
    customer.call("POST", f"/student_sessions/{session_id}/end_exam")
    customer.call("POST", f"/student_sessions/{session_id}/end_exam")
    assert told(customer) == ["exam_started", "exam_finished"]


def test_mails_are_told(
    customer: Customer, exam: dict[str, Any], session_id: int, receiver: Receiver
) -> None:
    """PE-163, PE-500: once for each session that moves."""
    customer.call("POST", f"/exams/{exam['id']}/send_emails")
    customer.call("POST", f"/exams/{exam['id']}/send_emails")
    assert told(customer) == ["email_sent"]
    assert settle(customer)[0]["body"]["student_session_id"] == session_id


def test_foreign_address_is_not_called(customer: Customer, exam: dict[str, Any], session_id: int) -> None:
    path = f"/institutes/{exam['institute_id']}"
    customer.call("PATCH", path, {"callback_url": "https://lms.example.com/events"})
    happens(customer, "candidate_starts", session_id)
    (delivery,) = settle(customer)
    assert delivery["state"] == "given_up"
    assert "webhooks go to this machine only" in delivery["attempts"][0]["problem"]


def test_without_an_address_nothing_is_told(customer: Customer, session_id: int) -> None:
    happens(customer, "candidate_starts", session_id)
    assert settle(customer) == []
