"""Receivers of Constructor's webhooks, as public clients have them: ours are accepted, bad ones refused."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

StartReceiver = Callable[[str], str]

CLAIMS: dict[str, Any] = {
    "userId": "ada",
    "accountId": 7,
    "accountName": "Acme",
    "examId": "physics-1",
    "examName": "Physics",
    "duration": 90,
    "schedule": False,
    "proctoring": "online",
    "startDate": "2020-01-01T00:00:00Z",
    "endDate": "2099-01-01T00:00:00Z",
    "sessionUrl": "https://acme.example/test",
}


def answered(world: SandboxHandle, url: str, session_id: str, token: str) -> tuple[int, str]:
    """Conclude a session, its webhooks signed as `token` says; return what the first was answered."""
    world.settings({"constructor.review_url": url, "constructor.webhook_retry_seconds": []})
    started = world.send("constructor", "POST", "/start/", {**CLAIMS, "sessionId": session_id})
    assert started.status == 302
    event = {"session_id": session_id, "comment": "person_is_absent", "score": 65}
    world.event("constructor", "proctor_concludes", deliveries={"token": token}, **event)
    attempt = world.settle()[-1]["attempts"][0]
    return attempt["status"], attempt["answer"]


@pytest.mark.parametrize(
    ("session_id", "token", "answer"),
    [
        ("known", "valid", (200, "")),
        ("stranger", "valid", (200, "Entry was not found")),
        ("known", "forged", (200, "Signature verification failed")),
        ("known", "missing", (200, "Not auth provided")),
        ("known", "expired", (500, "Expired token")),
    ],
)
def test_moodle_receiver_says_200_even_where_it_refuses(
    world: SandboxHandle, receiver: StartReceiver, session_id: str, token: str, answer: tuple[int, str]
) -> None:
    """CP-250, CP-251, CP-252, CP-256: PHP; so what it said stands with the delivery."""
    url = f"{receiver('moodle.php')}/availability/condition/examus2/api.php?method=review"
    assert answered(world, url, session_id, token) == answer


@pytest.mark.parametrize(
    ("token", "answer"),
    [
        ("valid", (200, "OK")),
        ("forged", (401, '{"error":"Not Authorized"}')),
        ("expired", (401, '{"error":"Not Authorized"}')),
        ("missing", (401, '{"error":"Not Authorized"}')),
    ],
)
def test_rails_receiver_refuses_what_is_not_ours(
    world: SandboxHandle, receiver: StartReceiver, token: str, answer: tuple[int, str]
) -> None:
    """CP-255: Ruby."""
    assert answered(world, f"{receiver('rails.rb')}/proctoring/result", "known", token) == answer
