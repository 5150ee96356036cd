"""Deliveries: signed, logged, tried again, sent once more, and badly on demand."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from constructor_calls import Integration, claims
from webhook_receiver import Receiver


def test_webhook_leaves_by_itself(running: Integration, receiver: Receiver) -> None:
    running.finish()
    assert receiver.next().status == 200


def test_log_has_every_attempt_with_its_answer(
    receiver_on_each_store: tuple[Integration, Receiver],
) -> None:
    """The secret part of the token is not in it."""
    integration, receiver = receiver_on_each_store
    integration.start(claims(proctoring="online"))
    receiver.answers = [500]
    integration.finish()
    integration.settled()
    integration.passes(10)
    (delivery,) = integration.settled()
    token = receiver.next().headers["authorization"].removeprefix("JWT ")
    first, second = delivery["attempts"]
    assert (first["status"], first["answer"], first["problem"]) == (500, "refused", None)
    assert (second["status"], second["answer"]) == (200, '{"said": "thanks"}')
    assert first["headers"] == [["Content-Type", "application/json"], ["Authorization", f"JWT …{token[-4:]}"]]
    assert delivery["state"] == "delivered"
    assert delivery["webhook"] == "webhooks.review"
    assert delivery["body"]["sessionId"] == "828331bda025"


def test_failed_delivery_is_tried_again_by_the_sandbox_s_clock(
    running: Integration, receiver: Receiver
) -> None:
    """CP-195, CP-280: after 10 s, 1, 5 and 30 minutes and 2 hours; then it is given up."""
    receiver.answers = [503] * 6
    running.finish()
    states = []
    for seconds in (0, 9, 1, 60, 300, 1800, 7199, 1, 86_400):
        running.passes(seconds)
        (delivery,) = running.settled()
        states.append((len(delivery["attempts"]), delivery["state"]))
    assert states == [
        (1, "waiting"), (1, "waiting"), (2, "waiting"), (3, "waiting"), (4, "waiting"), (5, "waiting"),
        (5, "waiting"), (6, "given_up"), (6, "given_up"),
    ]  # fmt: skip


@pytest.mark.parametrize("pauses", [[], [5], [0, 0]])
def test_pauses_can_be_set(running: Integration, receiver: Receiver, pauses: list[float]) -> None:
    """CP-195."""
    running.configure(webhook_retry_seconds=pauses)
    receiver.answers = [404] * 5
    running.finish()
    running.settled()
    running.passes(5)
    (delivery,) = running.settled()
    assert len(delivery["attempts"]) == 1 + len(pauses)
    assert delivery["state"] == "given_up"


@pytest.mark.parametrize("status", [200, 201, 202, 204, 299])
def test_answer_of_2xx_ends_the_delivery(running: Integration, receiver: Receiver, status: int) -> None:
    """CP-195, CP-256, CP-280: it proves no more than that an answer came."""
    receiver.answers = [status]
    running.finish()
    (delivery,) = running.settled()
    assert delivery["state"] == "delivered"


@pytest.mark.parametrize("status", [301, 307, 400, 401, 500])
def test_redirect_is_not_followed_and_counts_as_a_failure(
    running: Integration, receiver: Receiver, status: int
) -> None:
    receiver.answers = [status]
    running.finish()
    (delivery,) = running.settled()
    assert delivery["state"] == "waiting"
    assert receiver.next().path == "/review"
    assert receiver.received.empty()


def test_delivery_is_sent_once_more(running: Integration, receiver: Receiver) -> None:
    running.finish()
    (delivery,) = running.settled()
    path = f"{running.admin}/deliveries/{delivery['delivery_id']}"
    running.passes(3600)
    assert running.client.post(f"{path}/resend").status_code == 202
    running.settled()
    first, second = receiver.next(), receiver.next()
    assert first.body == second.body
    assert first.headers["authorization"] != second.headers["authorization"]
    assert second.status == 200
    assert len(running.client.get(path).json()["attempts"]) == 2


@pytest.mark.parametrize("delivery_id", ["dlv-99", "dlv-x", "99999999999999999999", "-1", "é"])
def test_unknown_delivery_is_not_found(integration: Integration, delivery_id: str) -> None:
    path = f"{integration.admin}/deliveries/{delivery_id}"
    assert integration.client.get(path).status_code == 404
    assert integration.client.post(f"{path}/resend").status_code == 404


@pytest.mark.parametrize("token", ["forged", "expired", "missing"])
def test_bad_token_on_demand_is_refused_by_the_receiver(
    running: Integration, receiver: Receiver, token: str
) -> None:
    """CP-193, CP-251."""
    running.happens("candidate_finishes", deliveries={"token": token})
    (delivery,) = running.settled()
    assert receiver.next().status == 401
    assert delivery["options"] == {"token": token}
    assert delivery["attempts"][0]["status"] == 401


def test_copies_on_demand(running: Integration, receiver: Receiver) -> None:
    running.happens("candidate_finishes", deliveries={"copies": 3})
    assert len(running.settled()) == 3
    bodies = [receiver.next().body for _ in range(3)]
    assert bodies == [bodies[0]] * 3


def test_disorder_on_demand(running: Integration, receiver: Receiver) -> None:
    """The first warning is held back, so that the second overtakes it."""
    running.happens("warning_raised", type="WARNING_PHONE", deliveries={"delay_seconds": 60})
    running.happens("warning_raised", type="WARNING_BOOKS")
    running.settled()
    running.passes(60)
    running.settled()
    assert [receiver.next().body["id"] for _ in range(2)] == [2, 1]


def test_webhooks_of_a_sandbox_keep_their_order(running: Integration, receiver: Receiver) -> None:
    for _ in range(20):
        running.happens("warning_raised", type="WARNING_PHONE")
    running.settled()
    assert [receiver.next().body["id"] for _ in range(20)] == list(range(1, 21))


def test_refused_request_sends_nothing(running: Integration) -> None:
    """The row stands or falls with what caused it."""
    running.finish(body={"sessionFinishUrl": "no address"})
    running.happens("proctor_concludes", conclusion="nonsense")
    assert running.settled() == []


def test_reset_forgets_what_was_not_sent(running: Integration, receiver: Receiver) -> None:
    running.happens("candidate_finishes", deliveries={"delay_seconds": 60})
    running.client.post(f"{running.admin}/reset")
    running.passes(60)
    assert running.settled() == []
    assert receiver.received.empty()


def test_other_sandbox_sees_nothing(running: Integration, receiver: Receiver) -> None:
    running.finish()
    running.settled()
    other = running.client.post("/__admin/sandboxes", json={}).json()
    assert running.client.get(f"/__admin/sandboxes/{other['id']}/deliveries").json() == []


def test_several_servers_on_one_store_send_each_webhook_once(
    tmp_path: Any, open_client: Any, machine: Any
) -> None:
    """Claiming is one guarded update: of two couriers, one sends."""
    from constructor_calls import integration_of
    from webhook_receiver import receiving

    url = f"sqlite:///{tmp_path}/shared.db"
    first = open_client(database=url)
    second = open_client(database=url)
    integration = integration_of(first, first.get("/__admin/sandboxes/default").json())
    with receiving(integration.secret, lambda: integration.now_seconds) as receiver:
        integration.configure(warning_url=f"{receiver.url}/warning")
        integration.start(claims())
        for _ in range(30):
            integration.happens("warning_raised", type="WARNING_PHONE")
        settling = [
            threading.Thread(target=client.post, args=(f"{integration.admin}/deliveries/settle",))
            for client in (first, second)
        ]
        for thread in settling:
            thread.start()
        numbers = sorted(receiver.next().body["id"] for _ in range(30))
        for thread in settling:
            thread.join()
        assert numbers == list(range(1, 31))
        assert receiver.received.empty()
