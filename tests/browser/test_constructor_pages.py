"""A proctored test of Constructor Proctor, as a test taker's browser goes through it."""

from __future__ import annotations

import re
from typing import Any

import jwt
import pytest
from browser import BrowserPage, expect
from lms import Lms
from webhook_receiver import receiving

from mockserver.client.sandbox import SandboxHandle

SESSION = "attempt-1"


def token(world: SandboxHandle, lms: Lms, **changes: Any) -> str:
    """Sign the data of a start that is possible now."""
    claims = {
        "userId": "ada",
        "firstName": "Ada",
        "lastName": "Lovelace",
        "accountId": 7,
        "accountName": "Acme University",
        "examId": "physics-1",
        "examName": "Physics <1>",
        "duration": 90,
        "schedule": False,
        "proctoring": "online",
        "startDate": "2026-12-01T08:00:00Z",
        "endDate": "2026-12-01T18:00:00Z",
        "sessionId": SESSION,
        "sessionUrl": f"{lms.url}/test?id=1#first",
        **changes,
    }
    return jwt.encode(claims, world.credentials("constructor")["jwt_secret"], algorithm="HS256")


def start_url(world: SandboxHandle) -> str:
    access = world.credentials("constructor")
    return f"{access['base_url']}/integration/simple/{access['integration_name']}/start/"


def status(world: SandboxHandle) -> str:
    found: str = world.send("constructor", "GET", f"/sessions/{SESSION}/status/").json()["status"]
    return found


def opened(page: BrowserPage, world: SandboxHandle, lms: Lms, **changes: Any) -> None:
    """Open the link by GET (CP-032)."""
    page.page.goto(f"{start_url(world)}?token={token(world, lms, **changes)}")


@pytest.mark.parametrize("by", ["form", "link"])
def test_test_is_uncovered_in_its_frame(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms, by: str
) -> None:
    """CP-028, CP-030, CP-032, CP-034, CP-233 to CP-235: by a posted form, and by a link."""
    page, text = browser_page.page, token(world, lms)
    page.goto({"form": lms.launch(start_url(world), text), "link": f"{start_url(world)}?token={text}"}[by])
    expect(page.frame_locator("#test").locator("#cover")).to_have_text("Question 1")
    assert page.title() == "Physics <1>"
    frame = page.frames[-1].url
    assert re.fullmatch(rf"{lms.url}/test\?id=1&examus-client-origin=[^#]*#first", frame)
    assert "token" not in page.url
    assert status(world) == "started"


def test_finish_button_ends_the_test_and_leads_back(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms
) -> None:
    """CP-152, CP-196: the review comes by webhook."""
    with receiving(world.credentials("constructor")["jwt_secret"], lambda: 0) as receiver:
        world.settings({"constructor.review_url": f"{receiver.url}/review"})
        opened(browser_page, world, lms, sessionFinishUrl=f"{lms.url}/done")
        browser_page.page.get_by_role("button", name="Finish the test").click()
        expect(browser_page.page.locator("p")).to_have_text("Well done")
        assert browser_page.page.url == f"{lms.url}/done"
        world.settle()
        review = receiver.next()
    assert (review.path, review.status) == ("/review", 200)
    assert (review.body["sessionId"], review.body["conclusion"]) == (SESSION, "accepted")
    assert status(world) == "finished"


def test_without_an_address_the_test_taker_stays(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms
) -> None:
    """CP-164."""
    opened(browser_page, world, lms)
    browser_page.page.get_by_role("button", name="Finish the test").click()
    expect(browser_page.page.locator("h1")).to_have_text("The test is finished")


def test_test_taker_agrees_and_begins(browser_page: BrowserPage, world: SandboxHandle, lms: Lms) -> None:
    """CP-078, CP-272."""
    world.settings({"constructor.session_start": "button"})
    opened(browser_page, world, lms, userAgreementUrl=f"{lms.url}/done")
    page = browser_page.page
    expect(page.get_by_role("link", name="regulations")).to_have_attribute("href", f"{lms.url}/done")
    page.get_by_role("button", name="I accept").click()
    page.get_by_role("button", name="Start the test").click()
    expect(page.frame_locator("#test").locator("#cover")).to_have_text("Question 1")
    assert status(world) == "started"


def test_slot_is_booked_and_given_up(browser_page: BrowserPage, world: SandboxHandle, lms: Lms) -> None:
    """CP-035, CP-039, CP-040."""
    opened(browser_page, world, lms, schedule=True, endDate="2026-12-05T18:00:00Z")
    page = browser_page.page
    page.get_by_role("button", name=re.compile("2026-12-03")).first.click()
    expect(page.locator("h1")).to_contain_text("Booked for 2026-12-03")
    assert status(world) == "early_to_start"
    page.get_by_role("button", name="Give up the booking").click()
    expect(page.locator("h1")).to_have_text("Book a time")
    assert status(world) == "not_scheduled"


@pytest.mark.parametrize(
    ("changes", "heading"),
    [
        ({"startDate": "2026-12-01T10:00:00Z"}, "Too early"),
        ({"endDate": "2026-12-01T08:30:00Z"}, "Too late"),
    ],
)
def test_test_taker_is_told_why_there_is_no_test(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms, changes: dict[str, Any], heading: str
) -> None:
    """CP-038, CP-084, CP-085."""
    opened(browser_page, world, lms, **changes)
    expect(browser_page.page.locator("h1")).to_have_text(heading)


def test_refused_token_shows_a_page_that_tells_nothing(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms
) -> None:
    """CP-265: the browser itself reports the status 401 on its console."""
    browser_page.page.goto(f"{start_url(world)}?token={token(world, lms)[:-3]}AAA")
    expect(browser_page.page.locator("h1")).to_be_visible()
    browser_page.expect_complaints("401")


def test_proctor_sees_the_session_in_the_archive_and_goes_back(
    browser_page: BrowserPage, world: SandboxHandle, lms: Lms
) -> None:
    """CP-179, CP-186."""
    opened(browser_page, world, lms)
    world.event("constructor", "warning_raised", session_id=SESSION, type="WARNING_PHONE")
    world.event("constructor", "proctor_concludes", session_id=SESSION, comment="<b>phone</b>", score=65)
    viewer = {"userId": "proctor@acme.example", "sessionId": SESSION, "returnUrl": f"{lms.url}/done"}
    secret = world.credentials("constructor")["jwt_secret"]
    address = start_url(world).replace("/start/", f"/archive/{SESSION}/")
    page = browser_page.page
    page.goto(f"{address}?token={jwt.encode(viewer, secret, algorithm='HS256')}")
    expect(page.locator("table")).to_contain_text("<b>phone</b>")
    expect(page.locator("ul")).to_contain_text("WARNING_PHONE")
    page.get_by_role("link", name="Back").click()
    expect(page.locator("p")).to_have_text("Well done")
    assert page.url == f"{lms.url}/done"
