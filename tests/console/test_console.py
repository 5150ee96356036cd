"""What a user does on the console, and what it shows; a complaint of the browser fails the test."""

from __future__ import annotations

from pathlib import Path

import pytest
from browser import BrowserPage
from playwright.sync_api import Page, expect

from tests.conftest import RunningServer
from tests.console.conftest import Console


def test_requests_appear_as_they_come_and_a_refused_one_shows_its_likely_mistake(console: Console) -> None:
    console.open("journal")
    page = console.tab.page
    expect(page.get_by_text("Nothing was received yet")).to_be_visible()
    expect(page.locator(".live")).to_have_text("live")
    key = console.sandbox["credentials"]["consero"]["api_key"]
    console.listed()
    assert console.listed(f"{key} ") == 200  # blanks around a field's value are no part of it
    console.control("/requests", method="DELETE")
    secret = console.sandbox["credentials"]["proctorexam"]
    status = console.ask(
        "/proctorexam/api/v3/institutes?nonce=12345&timestamp=1&signature=00",
        {"Authorization": f"Token token={secret['api_token']}", "Accept": "application/vnd.procwise.v3"},
    )
    assert status == 403
    row = page.locator(".requests tbody tr", has_text="/api/v3/institutes")
    expect(row).to_be_visible()
    row.get_by_role("link").click()
    mistake = page.get_by_role("note")
    expect(mistake).to_contain_text("Likely mistake: clock_skew")
    expect(mistake).to_contain_text("seconds behind the sandbox's")
    checks = page.locator(".checks li")
    expect(checks.nth(0)).to_have_text("token passed")
    expect(checks.nth(1)).to_have_text("timestamp The timestamp is outside the accepted window.")
    expect(checks.nth(2)).to_have_text("signature not reached")


def test_a_wrong_signature_shows_the_string_to_sign(console: Console) -> None:
    access = console.sandbox["credentials"]["proctorexam"]
    console.control("/clock", {"mode": "frozen", "at": "2026-11-21T09:30:00Z"}, "PUT")
    console.ask(
        "/proctorexam/api/v3/institutes?nonce=12345&timestamp=1795253400000&signature=" + "0" * 64,
        {"Authorization": f"Token token={access['api_token']}", "Accept": "application/vnd.procwise.v3"},
    )
    console.open("journal")
    console.tab.page.locator(".requests a").click()
    text = console.tab.page.get_by_label("String to sign", exact=True)
    expect(text).to_have_text("nonce=12345?timestamp=1795253400000")


def test_filters_and_pause_hold_requests_back(console: Console) -> None:
    console.open("journal")
    page = console.tab.page
    page.get_by_text("Filter", exact=True).click()
    page.get_by_label("refused", exact=True).select_option("true")
    console.listed()
    console.ask("/consero/api/v1/nowhere", console_key(console))
    expect(page.locator(".requests tbody tr")).to_have_count(1)
    expect(page.locator(".requests tbody tr")).to_contain_text("/api/v1/nowhere")
    page.get_by_role("button", name="Pause").click()
    console.ask("/consero/api/v1/nowhere", console_key(console))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".requests tbody tr")).to_have_count(2)


def console_key(console: Console) -> dict[str, str]:
    return {"x-api-key": console.sandbox["credentials"]["consero"]["api_key"]}


def test_a_request_is_replayed_signed_anew(console: Console) -> None:
    console.listed()
    console.open("journal")
    page = console.tab.page
    page.locator(".requests a").click()
    page.get_by_role("button", name="Replay").click()
    expect(page.locator(".requests tbody tr")).to_have_count(2)
    assert console.control("/requests/count", {"status": 200}) == {"count": 2}


def test_freezing_the_clock_on_the_page_dates_the_vendors_answers(console: Console) -> None:
    console.open("clock")
    page = console.tab.page
    page.get_by_label("mode").select_option('"frozen"')
    page.get_by_label("at", exact=True).fill("2026-11-21T09:30:00Z")
    page.get_by_role("button", name="Set the clock").click()
    expect(page.locator(".time")).to_have_text("2026-11-21 09:30:00 UTC · frozen")
    page.get_by_role("button", name="+25 h").click()
    expect(page.locator(".time")).to_have_text("2026-11-22 10:30:00 UTC · frozen")
    console.listed()
    assert console.control("/requests")[0]["at"] == "2026-11-22T10:30:00.000Z"


def test_a_fault_added_on_the_page_strikes_and_is_removed(console: Console) -> None:
    console.open("faults")
    page = console.tab.page
    page.get_by_label("vendor").select_option('"consero"')
    page.get_by_label("operation").select_option('"examinations.list"')
    page.get_by_label("code").select_option('"403"')
    page.get_by_role("button", name="Add the fault").click()
    expect(page.locator(".items li")).to_contain_text("vendor=consero operation=examinations.list")
    assert console.listed() == 403
    page.get_by_role("button", name="Remove all").click()
    expect(page.get_by_text("Nothing shall go wrong here")).to_be_visible()
    assert console.listed() == 200


def test_a_refusal_is_shown_in_the_servers_own_words(console: Console) -> None:
    console.open("faults")
    page = console.tab.page
    page.get_by_role("button", name="Add the fault").click()
    expect(page.locator("#said")).to_contain_text("is missing")
    console.tab.expect_complaints("422")


def test_a_setting_changed_on_the_page_holds_for_requests(console: Console) -> None:
    console.open("settings")
    page = console.tab.page
    page.get_by_label("allowed networks").fill('["10.0.0.0/8"]')
    page.get_by_role("button", name="Save the settings of Consero").click()
    expect(page.locator("#said")).to_have_text("The settings are saved.")
    assert console.listed() == 403
    assert console.control("/settings")["consero"]["exam_score"] == 74.0


def test_a_saved_world_is_put_back(console: Console) -> None:
    console.control("/clock", {"mode": "frozen", "at": "2026-11-21T09:30:00Z"}, "PUT")
    console.open("sandboxes")
    page = console.tab.page
    page.get_by_label("name", exact=True).last.fill("morning")
    page.get_by_role("button", name="Save this world").click()
    expect(page.get_by_text("morning")).to_be_visible()
    console.control("/clock", {"mode": "real"}, "PUT")
    page.get_by_role("button", name="Put back").click()
    expect(page.locator("#said")).to_have_text("The saved world is back.")
    assert console.control("/clock")["mode"] == "frozen"


def test_a_world_is_carried_over_in_a_file(console: Console, tmp_path: Path) -> None:
    console.control("/clock", {"mode": "frozen", "at": "2026-11-21T09:30:00Z"}, "PUT")
    console.open("sandboxes")
    page = console.tab.page
    with page.expect_download() as started:
        page.get_by_role("button", name="Save as a file").click()
    started.value.save_as(tmp_path / "world.json")
    page.get_by_label("Make a sandbox from a file").set_input_files(tmp_path / "world.json")
    expect(page.locator("#said")).to_contain_text("The world is here")
    expect(page.locator("#sandbox")).not_to_have_value(console.sandbox["id"])
    expect(page.locator(".time")).to_have_text("2026-11-21 09:30:00 UTC · frozen")


@pytest.mark.parametrize(
    "address", ["#/%", "#/default/constructor", "#/default/__proto__/x", "#//", "#x", ""]
)
def test_an_address_that_leads_nowhere_opens_the_journal(console: Console, address: str) -> None:
    console.tab.page.goto(f"{console.server.url}/__admin/console{address}")
    expect(console.tab.page.locator("#panels [aria-current=page]")).to_have_text("Journal")


def test_a_link_keeps_the_focus_when_its_panel_opens(console: Console) -> None:
    console.open("journal")
    page = console.tab.page
    expect(page.locator("h1")).to_have_text("Journal")
    page.get_by_role("link", name="Faults").focus()
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Faults")
    expect(page.get_by_role("link", name="Faults")).to_be_focused()


def test_an_event_happens_and_shows_what_came_of_it(console: Console) -> None:
    body = '{"candidate_email": "ada@example.org", "examination_id": 119}'
    headers = {**console_key(console), "Content-Type": "application/json"}
    assert console.ask("/consero/api/v1/allocate-candidate", headers, body) == 201
    console.open("events")
    page = console.tab.page
    page.get_by_label("Event").select_option(label="consero: candidate starts – " + STARTS)
    page.get_by_label("invite id").fill("143")
    page.get_by_role("button", name="Let it happen").click()
    expect(page.get_by_label("What came of it")).to_contain_text("candidate_starts")


STARTS = "The candidate opens the invite link and starts the exam."


def test_statements_are_found_by_words(console: Console) -> None:
    console.open("statements")
    page = console.tab.page
    page.get_by_label("Search").fill("PE-058")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("nonce")


def test_every_control_but_the_endless_one_can_be_called_by_its_name(console: Console) -> None:
    console.open("controls")
    page = console.tab.page
    page.get_by_label("Name").select_option("clock.show")
    page.get_by_role("button", name="Call").click()
    expect(page.get_by_label("Answer of the control")).to_contain_text('"mode": "real"')
    offered = page.locator("#control option").all_inner_texts()
    assert "requests.stream" not in offered
    assert len(offered) > 30


def test_the_console_is_used_without_a_mouse(console: Console) -> None:
    console.listed()
    console.open("journal")
    page = console.tab.page
    expect(page.locator(".requests tbody tr")).to_have_count(1)
    page.locator(".requests a").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".entry .line")).to_contain_text("/api/v1/examinations")
    page.keyboard.press("Tab")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"


def knock(page: Page, token: str) -> None:
    """Fill in the door's form and send it."""
    page.get_by_label("Admin token").fill(token)
    page.get_by_role("button", name="Open").click()


def test_the_door_asks_for_the_token_and_opens(
    guarded_server: RunningServer, browser_page: BrowserPage
) -> None:
    page = browser_page.page
    page.goto(f"{guarded_server.url}/__admin/console")
    knock(page, "wrong")
    expect(page.get_by_text("This is not the admin token of this server.")).to_be_visible()
    knock(page, "token-of-a-test")
    expect(page.locator("h1")).to_have_text("Journal")
    expect(page.locator(".live")).to_have_text("live")
    page.reload()
    expect(page.locator("h1")).to_have_text("Journal")
    assert page.evaluate("[document.cookie, localStorage.length, location.href.includes('token')]") == [
        "",
        0,
        False,
    ]
    browser_page.expect_complaints("401")


def test_the_door_opens_again_when_the_token_has_changed_meanwhile(
    guarded_server: RunningServer, browser_page: BrowserPage
) -> None:
    page = browser_page.page
    page.goto(f"{guarded_server.url}/__admin/console")
    knock(page, "token-of-a-test")
    expect(page.locator("h1")).to_have_text("Journal")
    former = {"authorization": "Bearer the-former-token"}
    page.route("**/__admin/**", lambda route: route.continue_(headers={**route.request.headers, **former}))
    page.get_by_role("link", name="Settings").click()
    expect(page.get_by_text("This is not the admin token of this server.")).to_be_visible()
    page.unroute("**/__admin/**")
    knock(page, "token-of-a-test")
    expect(page.locator("h1")).to_have_text("Settings")
    browser_page.expect_complaints("401")


def test_the_console_says_when_the_server_is_gone(
    serve_alone: RunningServer, browser_page: BrowserPage
) -> None:
    page = browser_page.page
    page.goto(f"{serve_alone.url}/__admin/console")
    expect(page.locator(".live")).to_have_text("live")
    serve_alone.process.terminate()
    serve_alone.process.wait(timeout=10)
    expect(page.locator(".live")).to_have_text("no server, trying again")
    browser_page.expect_complaints("ERR_CONNECTION_REFUSED")
