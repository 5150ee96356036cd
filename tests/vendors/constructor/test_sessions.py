"""Status and finish of a session, by the client system."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from constructor_calls import NOW, Integration, claims, iso

FINISH_URL = "https://go.bananas.com/opentest/report/b3875623"


def test_status_of_the_example_after_a_fresh_start(integration_on_each_store: Integration) -> None:
    """CP-014, CP-071, CP-171, CP-172, CP-173, CP-177."""
    headers = {**integration_on_each_store.header(), "content-type": "application/json"}
    path = f"{integration_on_each_store.lms}/sessions/b3875623/status/"
    answer = integration_on_each_store.client.get(path, headers=headers)
    assert answer.status_code == 200
    assert answer.json() == {
        "accountId": "123",
        "sessionId": "b3875623",
        "status": "started",
        "sessionStart": "2018-03-27T00:30:00Z",
        "sessionEnd": None,
    }


def test_unknown_session_is_not_found(integration: Integration) -> None:
    """CP-162, CP-169, CP-172, CP-174, CP-261."""
    status, finish = integration.status("nowhere"), integration.finish("nowhere")
    assert status.status_code == finish.status_code == 404
    assert status.json() == finish.json() == {"detail": "Not found."}


def test_number_and_text_name_the_same_session(integration: Integration) -> None:
    """CP-155, CP-269: the id is answered as it was sent."""
    integration.start(claims(sessionId=4711))
    assert integration.status("4711").json()["sessionId"] == 4711


def test_started_session_is_finished_once(integration_on_each_store: Integration) -> None:
    """CP-161, CP-163, CP-165, CP-166, CP-170, CP-175, CP-177."""
    integration_on_each_store.start(claims())
    integration_on_each_store.passes(910)
    first = integration_on_each_store.finish()
    assert (first.status_code, first.json()) == (200, {"message": "finished"})
    integration_on_each_store.passes(1)
    second = integration_on_each_store.finish()
    assert (second.status_code, second.json()) == (200, {"message": "not_changed"})
    state = integration_on_each_store.status().json()
    assert state["status"] == "finished"
    assert state["sessionStart"] == iso(NOW)
    assert state["sessionEnd"] == iso(NOW + timedelta(seconds=910))


def test_finish_needs_no_body(integration: Integration) -> None:
    """CP-163, CP-170: the Rails client sends none."""
    integration.start(claims())
    path = f"{integration.lms}/sessions/828331bda025/finish/"
    answer = integration.client.post(path, headers=integration.header())
    assert answer.json() == {"message": "finished"}


@pytest.mark.parametrize(
    ("parameters", "body", "target"),
    [
        ({}, {"sessionFinishUrl": FINISH_URL}, FINISH_URL),  # CP-163, CP-170
        ({"sessionFinishUrl": "https://go.bananas.com/a"}, {}, "https://go.bananas.com/a"),  # CP-152
        ({"sessionFinishUrl": "https://go.bananas.com/a"}, {"sessionFinishUrl": FINISH_URL}, FINISH_URL),
    ],
)
def test_test_taker_is_sent_on_after_the_end(
    integration: Integration, parameters: dict[str, Any], body: dict[str, Any], target: str
) -> None:
    """CP-164: the address of the finish call comes first."""
    page = integration.page_of(claims(**parameters))
    integration.finish(body=body)
    assert f'<a id="next" href="{target}">' in integration.client.get(page).text


def test_without_an_address_the_test_taker_stays(integration: Integration) -> None:
    """CP-164."""
    page = integration.page_of(claims())
    integration.finish()
    answer = integration.client.get(page)
    assert answer.status_code == 200
    assert 'id="next"' not in answer.text


@pytest.mark.parametrize("value", ["no address", "", 5, None, ["https://a.b/"]])
def test_address_of_the_finish_call_is_checked(integration: Integration, value: Any) -> None:
    """CP-054, CP-263: and the session goes on."""
    integration.start(claims())
    answer = integration.finish(body={"sessionFinishUrl": value})
    assert answer.status_code == 400
    assert list(answer.json()) == ["sessionFinishUrl"]
    assert integration.status().json()["status"] == "started"


def test_body_of_the_finish_call_is_json(integration: Integration) -> None:
    """CP-260, CP-267."""
    integration.start(claims())
    path, headers = f"{integration.lms}/sessions/828331bda025/finish/", integration.header()
    form = integration.client.post(path, data={"sessionFinishUrl": FINISH_URL}, headers=headers)
    assert form.status_code == 415
    array = integration.client.post(path, json=[], headers=headers)
    assert array.status_code == 400
    assert integration.status().json()["status"] == "started"


def test_session_that_never_began_is_left_as_it_is(integration: Integration) -> None:
    """CP-276."""
    integration.start(claims(startDate=iso(NOW + timedelta(hours=1))))
    assert integration.finish().json() == {"message": "not_changed"}
    assert integration.status().json()["status"] == "early_to_start"


def test_booked_session_is_given_up(integration: Integration) -> None:
    """CP-040, CP-167, CP-168: a new booking is possible."""
    integration.start(claims(schedule=True))
    assert integration.happens("candidate_books").json()["result"]["status"] == "early_to_start"
    assert integration.finish().json() == {"message": "canceled"}
    assert integration.status().json()["status"] == "not_scheduled"
    assert integration.finish().json() == {"message": "not_changed"}
    assert integration.happens("candidate_books").status_code == 201


def test_message_for_a_booking_given_up_can_be_set(integration: Integration) -> None:
    """CP-168."""
    integration.configure(finish_booked_message="unregistered")
    integration.start(claims(schedule=True))
    integration.happens("candidate_books")
    assert integration.finish().json() == {"message": "unregistered"}


def test_session_can_end_by_itself_at_once(integration: Integration) -> None:
    integration.configure(exam_completion="immediate")
    answer = integration.start(claims())
    assert answer.status_code == 200
    assert "The test is finished" in answer.text
    assert integration.status().json()["status"] == "finished"
