"""`mockserver event` and `mockserver webhooks`."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

Run = Any
NOBODY = "http://127.0.0.1:9/review"  # the port of the discard service: nothing listens there
CONCLUDES = ("event", "constructor", "proctor_concludes", "session_id=attempt-1")
START = {
    "userId": "ada",
    "firstName": "Ada",
    "lastName": "Lovelace",
    "accountId": 7,
    "accountName": "Acme University",
    "examId": "physics-1",
    "examName": "Physics",
    "duration": 90,
    "schedule": False,
    "proctoring": "online",
    "startDate": "2026-11-21T08:00:00Z",
    "endDate": "2026-11-21T18:00:00Z",
    "sessionId": "attempt-1",
    "sessionUrl": "https://acme.example/test",
}


@pytest.fixture
def started(sandbox: SandboxHandle) -> SandboxHandle:
    """A session that runs, and an address for its result where nobody listens."""
    sandbox.clock.freeze("2026-11-21T09:30:00Z")
    sandbox.settings({"constructor.review_url": NOBODY})
    assert sandbox.send("constructor", "POST", "/start/", START).status == 302
    return sandbox


def test_list_names_every_event_with_its_fields(run: Run) -> None:
    lines = run("event", "consero").out.splitlines()
    assert (
        lines[2] == "consero candidate_finishes: The candidate ends the exam; from now on there is a report."
    )
    assert lines[3] == "    invite_id=… [score=…]"
    assert lines[-1] == "Each of them also takes after_seconds=… and deliveries:='{…}'."


def test_list_as_json_holds_the_schemas(run: Run) -> None:
    found = run("event", "--json").json
    assert {event["vendor"] for event in found} == {"consero", "constructor", "proctorexam"}


def test_event_happens_and_tells_what_has_changed(run: Run, started: SandboxHandle) -> None:
    done = run(*CONCLUDES, "conclusion=accepted")
    assert done.out == (
        "2026-11-21T09:30:00.000Z  proctor_concludes  "
        "session_id=attempt-1  status=finished  conclusion=accepted\n"
    )


def test_event_can_wait(run: Run, started: SandboxHandle) -> None:
    assert run(*CONCLUDES, "after_seconds=60").out == (
        "2026-11-21T09:31:00.000Z  proctor_concludes  will happen\n"
    )
    assert run("webhooks", "--settle").out == f"no webhook was sent from {started.id}\n"


def test_number_stays_a_number(run: Run, started: SandboxHandle) -> None:
    assert run(*CONCLUDES, "score=85", "--json").json["result"]["status"] == "finished"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("event consero none_such", "there is no event 'consero none_such': 'mockserver event' lists them"),
        ("event consero candidate_starts", "candidate_starts: 'invite_id' is missing. Fields: "),
        ("webhooks --resend dlv-999", "There is no delivery 'dlv-999' in this sandbox (any more)."),
    ],
)
def test_what_cannot_happen_is_told(run: Run, words: str, sentence: str) -> None:
    done = run(*words.split())
    assert done.code == 2
    assert sentence in done.err


def test_webhook_that_nobody_takes_waits_for_its_next_attempt(run: Run, started: SandboxHandle) -> None:
    run(*CONCLUDES)
    webhook, attempt = run("webhooks", "--settle").out.splitlines()
    assert "  waiting until 2026-11-21T09:30:10.000Z  constructor webhooks.review to " + NOBODY in webhook
    assert attempt == "    2026-11-21T09:30:00.000Z  no connection: Connection refused"


def test_webhook_is_sent_once_more(run: Run, started: SandboxHandle) -> None:
    run(*CONCLUDES)
    [webhook] = run("webhooks", "--settle", "--json").json
    [again] = run("webhooks", "--resend", webhook["delivery_id"], "--json").json
    assert len(again["attempts"]) == len(webhook["attempts"]) + 1
