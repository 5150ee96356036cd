"""Consero's invite, as a candidate's browser goes through it."""

from __future__ import annotations

import pytest
from browser import BrowserPage, expect

from mockserver.client.sandbox import SandboxHandle


@pytest.fixture
def invite(world: SandboxHandle) -> dict[str, str]:
    """A new allocation: invite_id and invite_link."""
    body = {"candidate_email": "ada@example.org", "examination_id": 119}
    data: dict[str, str] = world.send("consero", "POST", "/allocate-candidate", body).json()["data"]
    return data


def test_candidate_starts_and_finishes(
    browser_page: BrowserPage, world: SandboxHandle, invite: dict[str, str]
) -> None:
    """CO-042, CO-099."""
    page = browser_page.page
    page.goto(invite["invite_link"])
    expect(page.locator("h1")).to_have_text("Technology - Email Test")
    page.get_by_role("button", name="Start the exam").click()
    page.get_by_role("button", name="Finish the exam").click()
    expect(page.locator("p")).to_have_text("You have taken this exam.")
    report = world.send("consero", "POST", "/report", {"inviteId": invite["invite_id"]})
    assert (report.status, report.json()["status"]) == (200, "Pass")


def test_cancelled_invite_does_not_open(
    browser_page: BrowserPage, world: SandboxHandle, invite: dict[str, str]
) -> None:
    """CO-052: the browser itself reports the status 403 on its console."""
    world.send("consero", "POST", "/cancel-allocation", {"invite_id": invite["invite_id"]})
    browser_page.page.goto(invite["invite_link"])
    expect(browser_page.page.locator("p")).to_have_text("This invitation was cancelled.")
    browser_page.expect_complaints("403")
