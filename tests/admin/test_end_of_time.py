"""At the end of the last year that a clock can show, things can still be put off."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

DEFAULT = "/__admin/sandboxes/default"
END = "9999-12-31T23:59:59.999Z"
AGREES = {"vendor": "constructor", "event": "candidate_accepts_agreement", "session_id": "b3875623"}


@pytest.fixture
def at_the_end(client: TestClient) -> TestClient:
    """A sandbox whose clock stands at its end, with a receiver of webhooks that is not there."""
    client.patch(
        f"{DEFAULT}/settings", json={"constructor": {"agreement_acceptance_url": "http://127.0.0.1:9/"}}
    )
    client.put(f"{DEFAULT}/clock", json={"mode": "frozen", "at": END})
    return client


def test_event_is_put_off_to_the_end(at_the_end: TestClient) -> None:
    answer = at_the_end.post(f"{DEFAULT}/events", json={**AGREES, "after_seconds": 10})
    assert answer.status_code == 201
    assert answer.json()["at"] == END


def test_webhook_that_waits_is_shown(at_the_end: TestClient) -> None:
    assert at_the_end.post(f"{DEFAULT}/events", json=AGREES).status_code == 201
    at_the_end.post(f"{DEFAULT}/deliveries/settle")
    shown = at_the_end.get(f"{DEFAULT}/deliveries").json()
    assert [(delivery["state"], delivery["due_at"]) for delivery in shown] == [("waiting", END)]


def test_world_of_the_end_can_be_carried_over(at_the_end: TestClient) -> None:
    at_the_end.post(f"{DEFAULT}/events", json=AGREES)
    at_the_end.post(f"{DEFAULT}/deliveries/settle")
    document = at_the_end.get(f"{DEFAULT}/export").json()
    assert at_the_end.post("/__admin/sandboxes/import", json=document).status_code == 201
