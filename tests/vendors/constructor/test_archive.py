"""The video archive, opened by a proctor with a data token."""

from __future__ import annotations

from typing import Any

import pytest
from constructor_calls import NOW_SECONDS, Integration, claims, without

VIEWER: dict[str, Any] = {
    "userId": "proctor@school.org",
    "lastName": "Doe",
    "firstName": "Jane",
    "thirdName": "",
    "language": "en",
    "returnUrl": "https://school.org/back?a=1&b=2",
    "sessionId": "828331bda025",
}


def test_archive_without_a_token_stays_closed(integration: Integration) -> None:
    """CP-180, CP-265."""
    integration.start(claims())
    answer = integration.client.get(f"{integration.browser}/archive/828331bda025/")
    assert answer.status_code == 401
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_proctor_is_signed_in_and_sees_the_session(integration: Integration) -> None:
    """CP-179, CP-180, CP-182 to CP-186, CP-188, CP-189."""
    integration.start(claims(proctoring="online"))
    integration.happens("warning_raised", type="WARNING_PHONE")
    integration.finish()
    answer = integration.archive(VIEWER)
    assert answer.status_code == 200
    assert "Signed in as Jane Doe." in answer.text
    assert "John Smith" in answer.text
    assert "WARNING_PHONE (found by software)" in answer.text
    assert 'href="https://school.org/back?a=1&amp;b=2">Back</a>' in answer.text


def test_form_opens_the_archive_as_well(integration: Integration) -> None:
    """CP-179."""
    integration.start(claims())
    form = {"token": integration.token(VIEWER)}
    answer = integration.client.post(f"{integration.browser}/archive/828331bda025/", data=form)
    assert answer.status_code == 200


def test_archive_may_be_shown_in_a_frame(integration: Integration) -> None:
    """CP-179."""
    integration.start(claims())
    answer = integration.archive(VIEWER)
    assert "frame-ancestors" not in answer.headers["content-security-policy"]
    assert "x-frame-options" not in answer.headers


@pytest.mark.parametrize("name", ["userId", "sessionId"])
def test_mandatory_claim_is_missed(integration: Integration, name: str) -> None:
    """CP-181, CP-187, CP-265."""
    integration.start(claims())
    answer = integration.archive(without(VIEWER, name))
    assert answer.status_code == 400
    assert f"{name}: This field is required." in answer.text


def test_other_claims_may_be_left_out(integration: Integration) -> None:
    integration.start(claims())
    answer = integration.archive({"userId": "p1", "sessionId": "828331bda025"})
    assert answer.status_code == 200
    assert "Signed in as p1." in answer.text


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("userId", "x" * 256),  # CP-181
        ("lastName", "x" * 256),  # CP-182
        ("firstName", "x" * 256),  # CP-183
        ("thirdName", "x" * 256),  # CP-184
        ("language", "english"),  # CP-185
        ("returnUrl", "https://school.org/".ljust(256, "x")),  # CP-186
        ("returnUrl", "javascript:alert(1)"),
        ("sessionId", "x" * 231),  # CP-187
        ("sessionId", "another"),  # CP-277
    ],
)
def test_wrong_claim_is_refused(integration: Integration, name: str, value: str) -> None:
    """CP-265."""
    integration.start(claims())
    answer = integration.archive({**VIEWER, name: value})
    assert answer.status_code == 400
    assert f"{name}: " in answer.text


def test_unknown_session_is_not_found(integration: Integration) -> None:
    """CP-189, CP-265."""
    answer = integration.archive({**VIEWER, "sessionId": "nowhere"}, session_id="nowhere")
    assert answer.status_code == 404
    assert "There is no such session." in answer.text


def test_expired_token_is_refused(integration: Integration) -> None:
    """CP-257."""
    integration.start(claims())
    assert integration.archive({**VIEWER, "exp": NOW_SECONDS}).status_code == 401


def test_trial_has_no_video(integration: Integration) -> None:
    """CP-089."""
    integration.start(claims(proctoring="online", trial=True))
    integration.finish()
    assert "not there (yet)" in integration.archive(VIEWER).text
