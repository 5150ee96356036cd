"""The end of a session by the browser, which one public client uses."""

from __future__ import annotations

from typing import Any

import pytest
from constructor_calls import Integration, claims


def finish(integration: Integration, session_id: str = "828331bda025", **query: str) -> Any:
    return integration.client.get(f"{integration.browser}/finish/{session_id}/", params=query)


def test_unknown_integration_is_refused(integration: Integration) -> None:
    integration.start(claims())
    integration.name = "nobody"
    assert finish(integration).status_code == 401


def test_browser_ends_the_session_and_is_sent_on(integration: Integration) -> None:
    """CP-190, CP-191, CP-192: without any token."""
    integration.start(claims())
    answer = finish(integration, redirectUrl="https://go.bananas.com/done?a=b")
    assert (answer.status_code, answer.headers["location"]) == (302, "https://go.bananas.com/done?a=b")
    assert integration.status().json()["status"] == "finished"


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example/",
        "http://go.bananas.com/",
        "https://go.bananas.com:444/",
        "https://go.bananas.com@evil.example/",
        "https://go.bananas.com.evil.example/",
        "//go.bananas.com/",
        "javascript:alert(1)",
        "",
    ],
)
def test_browser_is_not_sent_just_anywhere(integration: Integration, target: str) -> None:
    """CP-278: and the session goes on."""
    integration.start(claims())
    answer = finish(integration, redirectUrl=target)
    assert answer.status_code == 400
    assert "location" not in answer.headers
    assert integration.status().json()["status"] == "started"


def test_address_of_the_link_is_known(integration: Integration) -> None:
    """CP-153, CP-278."""
    integration.start(claims(redirectUrl="https://courses.example/a"))
    answer = finish(integration, redirectUrl="https://courses.example/b")
    assert answer.headers["location"] == "https://courses.example/b"


def test_without_an_address_that_of_the_start_counts(integration: Integration) -> None:
    """CP-152, CP-192."""
    integration.start(claims(sessionFinishUrl="https://courses.example/report"))
    assert finish(integration).headers["location"] == "https://courses.example/report"


def test_without_any_address_a_page_is_shown(integration: Integration) -> None:
    integration.start(claims())
    answer = finish(integration)
    assert answer.status_code == 200
    assert "The test is finished" in answer.text


def test_unknown_session_is_not_found(integration: Integration) -> None:
    """CP-265."""
    assert finish(integration, session_id="nowhere").status_code == 404
