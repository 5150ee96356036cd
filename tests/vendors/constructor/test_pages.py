"""Our own pages, which play the proctored test."""

from __future__ import annotations

import re
from typing import Any

import pytest
from constructor_calls import NOW, Integration, claims, iso

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; frame-src http: https:; "
    "form-action 'self' http: https:; base-uri 'none'"
)


def test_test_stands_in_a_frame_that_is_told_who_frames_it(integration: Integration) -> None:
    """CP-150, CP-233: the parameter comes before the fragment."""
    text = integration.client.get(integration.page_of(claims())).text
    url = "https://go.bananas.com/opentest?examus-client-origin=http%3A%2F%2F127.0.0.1%3A8000#test/b3875623"
    assert f'data-url="{url}"' in text
    assert 'data-origin="https://go.bananas.com"' in text


def test_parameter_joins_those_of_the_address(integration: Integration) -> None:
    """CP-233."""
    parameters = claims(sessionUrl="http://lms.example:8080/t?id=1")
    text = integration.client.get(integration.page_of(parameters)).text
    assert 'data-url="http://lms.example:8080/t?id=1&amp;examus-client-origin=http%3A' in text
    assert 'data-origin="http://lms.example:8080"' in text


def test_script_sends_the_message_that_lifts_the_cover(integration: Integration) -> None:
    """CP-234, CP-235."""
    answer = integration.client.get(f"{integration.browser}/static/proctor.js")
    assert answer.headers["content-type"] == "text/javascript; charset=utf-8"
    assert '"proctoringReady_n6EY"' in answer.text


@pytest.mark.parametrize("name", ["proctor.exe", "layout.html", "..%2Fauth.py", "%00"])
def test_other_files_are_not_given_away(integration: Integration, name: str) -> None:
    answer = integration.client.get(f"{integration.browser}/static/{name}")
    assert answer.status_code == 404


def test_page_takes_nothing_from_elsewhere(integration: Integration) -> None:
    answer = integration.client.get(integration.page_of(claims()))
    assert answer.headers["content-security-policy"] == POLICY
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"
    assert re.findall(r'(?:src|href)="([^"]*)"', answer.text) == [
        "../../static/proctor.css",
        "../../static/proctor.js",
    ]
    assert re.findall(r"<script[^>]*>([^<]*)", answer.text) == [""]


@pytest.mark.parametrize("name", ["examName", "userId", "firstName", "sessionId"])
def test_texts_of_the_client_are_no_markup(integration: Integration, name: str) -> None:
    evil = "<script>alert(1)</script>\"'>"
    integration.configure(session_start="button")
    page = integration.page_of(claims(**{name: evil}))
    archive = {"userId": evil, "sessionId": "828331bda025", "firstName": evil}
    text = integration.client.get(page).text + integration.archive(archive).text
    refusal = integration.start(claims(**{name: evil, "language": evil})).text
    assert "<script>alert" not in text + refusal


def test_agreement_is_accepted_before_the_test_is_shown(integration: Integration) -> None:
    """CP-078, CP-229."""
    page = integration.page_of(claims(userAgreementUrl="https://school.org/eula"))
    before = integration.client.get(page).text
    assert 'href="https://school.org/eula"' in before
    assert "<iframe" not in before
    answer = integration.client.post(f"{page}agree/")
    assert (answer.status_code, answer.headers["location"]) == (302, "../")
    assert "<iframe" in integration.client.get(page).text


def test_session_can_wait_for_the_button(integration: Integration) -> None:
    """CP-272."""
    integration.configure(session_start="button")
    page = integration.page_of(claims())
    assert integration.status().json()["status"] == "ready_to_start"
    integration.passes(5)
    assert integration.client.post(f"{page}begin/").status_code == 302
    assert integration.status().json()["sessionStart"] == iso(NOW).replace(":12Z", ":17Z")


def test_button_does_not_start_a_test_after_its_time(integration: Integration) -> None:
    """CP-085."""
    integration.configure(session_start="button")
    page = integration.page_of(claims())
    integration.passes(3 * 86_400)
    integration.client.post(f"{page}begin/")
    assert integration.status().json()["status"] == "late_to_start"


@pytest.mark.parametrize(
    ("parameters", "location"),
    [
        ({}, "../"),
        ({"sessionFinishUrl": "https://go.bananas.com/report"}, "https://go.bananas.com/report"),
        ({"sessionFinishUrl": "https://go.bananas.com/ä?ö=%20"}, "https://go.bananas.com/%C3%A4?%C3%B6=%20"),
    ],
)
def test_finish_button_ends_the_test(
    integration: Integration, parameters: dict[str, Any], location: str
) -> None:
    """CP-152, CP-164."""
    page = integration.page_of(claims(**parameters))
    answer = integration.client.post(f"{page}finish/")
    assert (answer.status_code, answer.headers["location"]) == (302, location)
    assert integration.status().json()["status"] == "finished"


@pytest.mark.parametrize("action", ["", "agree/", "begin/", "book/", "give-up/", "finish/"])
def test_page_cannot_be_guessed(integration: Integration, action: str) -> None:
    """CP-279: the key of a page is its only credential."""
    integration.start(claims())
    method = "POST" if action else "GET"
    path = f"{integration.browser}/session/{'A' * 32}/{action}"
    answer = integration.client.request(method, path, data={"start": iso(NOW)} if action == "book/" else None)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"


def test_page_of_another_sandbox_is_not_found(
    integration: Integration, empty_integration: Integration
) -> None:
    page = integration.page_of(claims())
    assert integration.client.get(page).status_code == 200
    assert integration.client.get(page.replace(integration.name, empty_integration.name)).status_code == 404
