"""The four webhooks of Constructor Proctor, as a receiver sees them that knows only the guide."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
from constructor_calls import NOW, NOW_SECONDS, Integration, claims, iso
from webhook_receiver import Receiver

IDS = {"accountId": 123, "sessionId": "828331bda025"}


def test_review_is_sent_when_a_test_with_a_live_proctor_ends(
    running: Integration, receiver: Receiver
) -> None:
    """CP-196 to CP-211."""
    running.happens("warning_raised", type="WARNING_AVERT_EYES", seconds=36)
    running.happens("warning_raised", type="WARNING_FORBIDDEN_DEVICE", seconds=29, cyber=False)
    running.settled()  # a warning on its way would have expired, and be sent again
    running.passes(910)
    running.finish()
    running.settled()
    assert receiver.next().path == "/warning"
    review = receiver.next()
    archive = f"http://127.0.0.1:8000/constructor/integration/simple/{running.name}/archive/828331bda025/"
    assert (review.path, review.status) == ("/review", 200)
    assert review.body == {
        **IDS,
        "archive": archive,
        "reportUrl": archive,
        "conclusion": "accepted",
        "comment": "",
        "score": 65,
        "threshold": {"attention": 60, "rejected": 80},
        "sessionStart": iso(NOW),
        "sessionEnd": iso(NOW + timedelta(seconds=910)),
        "warnings": [
            {
                "type": "WARNING_AVERT_EYES",
                "start": "2026-11-21T19:37:12+00:00",
                "end": "2026-11-21T19:37:48+00:00",
                "cyber": True,
            },
            {
                "type": "WARNING_FORBIDDEN_DEVICE",
                "start": "2026-11-21T19:37:12+00:00",
                "end": "2026-11-21T19:37:41+00:00",
                "cyber": False,
            },
        ],
        "warningTitles": {
            "WARNING_AVERT_EYES": {"en": "Looking away from the screen"},
            "WARNING_FORBIDDEN_DEVICE": {"en": "Forbidden device"},
        },
    }


def test_webhook_is_signed_like_a_call_of_the_client(running: Integration, receiver: Receiver) -> None:
    """CP-193, CP-194: POST, JSON, JWT with HS256 and the same secret, good for 30 seconds from sending."""
    running.finish()
    running.settled()
    headers = receiver.next().headers
    assert headers["content-type"] == "application/json"
    scheme, text = headers["authorization"].split(" ")
    assert scheme == "JWT"
    assert jwt.get_unverified_header(text) == {"alg": "HS256", "typ": "JWT"}
    payload = jwt.decode(text, running.secret, algorithms=["HS256"], options={"verify_exp": False})
    assert payload == {"exp": NOW_SECONDS + 30}


def test_token_is_made_when_it_is_sent(running: Integration, receiver: Receiver) -> None:
    running.happens("candidate_finishes", deliveries={"delay_seconds": 1000})
    running.passes(1000)
    running.settled()
    assert receiver.next().status == 200


@pytest.mark.parametrize(
    ("conclusion", "comment", "score"),
    [
        ("accepted", "", 0),
        ("rejected", "person_is_absent, forbidden_software: Teamviewer", 65.5),
        ("unknown", "", 100),
    ],
)
def test_proctor_s_conclusion_is_told(
    integration: Integration, receiver: Receiver, conclusion: str, comment: str, score: float
) -> None:
    """CP-196, CP-201 to CP-205: for offline proctoring only then."""
    integration.start(claims(proctoring="offline"))
    integration.finish()
    assert integration.settled() == []
    integration.happens("proctor_concludes", conclusion=conclusion, comment=comment, score=score)
    integration.settled()
    body = receiver.next().body
    assert (body["conclusion"], body["comment"], body["score"]) == (conclusion, comment, score)


def test_reversed_conclusion_is_told_again(running: Integration, receiver: Receiver) -> None:
    """CP-196."""
    running.finish()
    running.happens("proctor_concludes", conclusion="rejected")
    running.settled()
    assert [receiver.next().body["conclusion"] for _ in range(2)] == ["accepted", "rejected"]


@pytest.mark.parametrize(("score", "conclusion"), [(80, "accepted"), (81, "rejected")])
@pytest.mark.parametrize("weights", [{"cheater_level": 80}, {"cheaterLevel": 80}, {}])
def test_software_decides_by_score_and_level(
    integration: Integration, receiver: Receiver, score: int, conclusion: str, weights: dict[str, Any]
) -> None:
    """CP-082, CP-112, CP-115: a score above the level is negative."""
    integration.configure(review_score=score)
    integration.start(claims(proctoring="auto", scoreConfig=weights))
    integration.finish()
    integration.settled()
    body = receiver.next().body
    assert body["conclusion"] == conclusion
    assert body["threshold"]["rejected"] == 80


def test_recording_comes_late(running: Integration, receiver: Receiver) -> None:
    """CP-196, CP-199, CP-200: the same result again, with fuller data."""
    running.configure(recording_completion="after_seconds", recording_completion_seconds=600)
    running.finish()
    running.settled()
    first = receiver.next().body
    assert not {"archive", "reportUrl"} & set(first)
    running.passes(600)
    running.settled()
    second = receiver.next().body
    assert {name: second[name] for name in first} == first
    assert second["archive"] == second["reportUrl"]


def test_trial_has_no_archive(integration: Integration, receiver: Receiver) -> None:
    """CP-089."""
    integration.start(claims(proctoring="online", trial=True))
    integration.finish()
    integration.settled()
    assert "archive" not in receiver.next().body


def test_warning_of_the_software_is_told_at_once(running: Integration, receiver: Receiver) -> None:
    """CP-221 to CP-228."""
    running.happens("warning_raised", type="WARNING_PHONE", start="2026-11-21T19:37:00Z", seconds=5)
    running.settled()
    warning = receiver.next()
    assert (warning.path, warning.status) == ("/warning", 200)
    assert warning.body == {
        **IDS,
        "type": "WARNING_PHONE",
        "start": "2026-11-21T19:37:00+00:00",
        "end": "2026-11-21T19:37:05+00:00",
        "cyber": True,
        "id": 1,
    }


def test_warning_of_a_person_is_only_part_of_the_review(running: Integration) -> None:
    """CP-209, CP-227."""
    running.happens("warning_raised", type="WARNING_PHONE", cyber=False)
    assert running.settled() == []


def test_lost_connection_is_a_warning(running: Integration, receiver: Receiver) -> None:
    running.happens("connection_lost")
    running.settled()
    assert receiver.next().body["type"] == "WARNING_NO_PING"


@pytest.mark.parametrize(
    ("rule", "warning"),
    [
        ("allow_to_use_websites", "WARNING_CHANGE_ACTIVE_WINDOW_ON_COMPUTER"),
        ("allow_voices", "WARNING_VOICE_DETECTED"),
        ("allow_wrong_gaze_direction", "WARNING_AVERT_EYES"),
        ("allow_absence_in_frame", "WARNING_NO_USER_IN_FRAME"),
    ],
)
def test_rule_of_the_exam_silences_a_warning(integration: Integration, rule: str, warning: str) -> None:
    """CP-096."""
    integration.start(claims(rules={rule: True}))
    answer = integration.happens("warning_raised", type=warning)
    assert answer.status_code == 409
    assert rule in answer.json()["detail"]
    integration.start(claims(rules={rule: False}))
    assert integration.happens("warning_raised", type=warning).status_code == 201


def test_booking_is_told_and_given_up(integration: Integration, receiver: Receiver) -> None:
    """CP-215 to CP-220: times in UTC, one l in canceled."""
    integration.start(claims(schedule=True))
    integration.happens("candidate_books", start=iso(NOW + timedelta(hours=25)))
    integration.finish()
    integration.settled()
    made, given_up = receiver.next(), receiver.next()
    times = {
        "start": iso(NOW + timedelta(hours=25)),
        "cancelDeadline": iso(NOW + timedelta(hours=1)),
    }
    assert made.body == {**IDS, "event": "scheduled", **times}
    assert given_up.body == {**IDS, "event": "canceled", **times}
    assert (made.path, made.status, given_up.status) == ("/schedule", 200, 200)


def test_deadline_may_be_the_start(integration: Integration, receiver: Receiver) -> None:
    """CP-220."""
    integration.configure(cancel_limit_hours=0)
    integration.start(claims(schedule=True))
    integration.happens("candidate_books")
    integration.settled()
    body = receiver.next().body
    assert body["cancelDeadline"] == body["start"]


def test_new_booking_gives_up_the_old_one(integration: Integration, receiver: Receiver) -> None:
    integration.start(claims(schedule=True))
    integration.happens("candidate_books", start=iso(NOW + timedelta(hours=1)))
    integration.happens("candidate_books", start=iso(NOW + timedelta(hours=3)))
    integration.settled()
    assert [receiver.next().body["event"] for _ in range(3)] == ["scheduled", "canceled", "scheduled"]


def test_accepted_agreement_is_told_once(integration: Integration, receiver: Receiver) -> None:
    """CP-229 to CP-232."""
    page = integration.page_of(claims(userAgreementUrl="https://school.org/eula", accountId="123"))
    integration.client.post(f"{page}agree/")
    integration.client.post(f"{page}agree/")
    deliveries = integration.settled()
    agreement = receiver.next()
    assert (agreement.path, agreement.status) == ("/agreement?source=proctor", 200)
    assert agreement.body == {**IDS, "accountId": "123", "timestamp": iso(NOW)}
    assert len(deliveries) == 1


def test_failed_identity_check_is_rejected(running: Integration, receiver: Receiver) -> None:
    """CP-083, CP-239."""
    answer = running.happens("identity_check_fails").json()
    running.settled()
    assert answer["result"]["status"] == "finished"
    assert receiver.next().body["conclusion"] == "rejected"


def test_test_ends_and_is_reviewed_by_the_clock(integration: Integration, receiver: Receiver) -> None:
    """CP-196: each at its own time, even when the clock jumps beyond all of them."""
    integration.configure(
        exam_completion="after_seconds",
        exam_completion_seconds=3600,
        review_completion="after_seconds",
        review_completion_seconds=7200,
    )
    integration.start(claims(proctoring="offline"))
    integration.passes(86_400)
    integration.settled()
    body = receiver.next().body
    assert body["sessionEnd"] == iso(NOW + timedelta(hours=1))
    assert integration.status().json()["status"] == "finished"


def test_test_that_was_finished_by_hand_does_not_end_again(
    integration: Integration, receiver: Receiver
) -> None:
    integration.configure(exam_completion="after_seconds", exam_completion_seconds=3600)
    integration.start(claims(proctoring="online"))
    integration.finish()
    integration.passes(3600)
    assert len(integration.settled()) == 1


def test_without_an_address_nothing_is_sent(integration: Integration) -> None:
    """CP-006, CP-008."""
    integration.start(claims(proctoring="online"))
    integration.finish()
    assert integration.settled() == []
