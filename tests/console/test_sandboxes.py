"""Sandboxes that are made and removed on the console, and the clock beside their names."""

from __future__ import annotations

import re
import urllib.request

import pytest
from playwright.sync_api import Route, expect
from playwright.sync_api import TimeoutError as PlaywrightTimeout

from tests.conftest import RunningServer
from tests.console.conftest import Console

LOOKS_EVERY_MS = 5000  # the page reads the clock again, in case others have moved it


def make(console: Console, name: str) -> None:
    page = console.tab.page
    page.get_by_label("name", exact=True).first.fill(name)
    page.get_by_role("button", name="Make a sandbox", exact=True).click()
    expect(page.locator("#sandbox option:checked")).to_contain_text(name)


def test_a_sandbox_is_made_and_removed(console: Console) -> None:
    console.open("sandboxes")
    page = console.tab.page
    page.get_by_label("name", exact=True).first.fill("Made by hand")
    page.get_by_role("button", name="Make a sandbox", exact=True).click()
    expect(page.locator("#sandbox option:checked")).to_contain_text("Made by hand")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#sandbox")).to_have_value("default")
    expect(page.locator("#sandbox option", has_text="Made by hand")).to_have_count(0)


def test_a_sandbox_made_elsewhere_can_be_chosen(console: Console, server: RunningServer) -> None:
    console.open("journal")
    page = console.tab.page
    expect(page.locator(".live")).to_have_text("live")
    request = urllib.request.Request(
        f"{server.url}/__admin/sandboxes",
        b'{"name": "Made by a test"}',
        {"Content-Type": "application/json"},
    )
    urllib.request.urlopen(request).close()
    page.locator("#sandbox").hover()
    expect(page.locator("#sandbox option", has_text="Made by a test")).to_have_count(1)


def test_what_is_shown_of_one_sandbox_cannot_be_used_on_the_next(console: Console) -> None:
    page = console.tab.page
    console.open("sandboxes")
    remove = page.get_by_role("button", name="Remove it")
    expect(remove).to_have_count(1)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    snapshots = re.compile(r"/sandboxes/(?!default)[^/]+/snapshots$")
    page.route(snapshots, hold)
    with page.expect_request(snapshots):
        make(console, "Made by hand")
    with pytest.raises(PlaywrightTimeout):
        remove.click(trial=True, timeout=500)
    held[0].fallback()
    remove.click(trial=True)


def test_clock_of_a_new_sandbox_is_shown_at_once(console: Console) -> None:
    console.control("/clock", {"mode": "frozen", "at": "2026-11-21T09:30:00Z"}, "PUT")
    console.tab.page.clock.install()
    console.open("sandboxes")
    expect(console.tab.page.locator(".time")).to_contain_text("frozen")
    console.tab.page.clock.pause_at(2_000_000_000)  # nothing is read by and by
    make(console, "Made by hand")
    expect(console.tab.page.locator(".time")).to_contain_text("real")


def test_sandbox_that_is_being_removed_is_not_read_any_more(console: Console) -> None:
    page = console.tab.page
    page.clock.install()
    console.open("sandboxes")
    make(console, "Made by hand")
    page.on("dialog", lambda dialog: dialog.accept())

    def take_time(route: Route) -> None:
        if route.request.method != "DELETE":
            route.fallback()
            return
        answer = route.fetch()
        page.clock.run_for(3 * LOOKS_EVERY_MS)
        route.fulfill(response=answer)

    page.route("**/*", take_time)
    page.get_by_role("button", name="Remove it").click()
    expect(page.locator("#sandbox")).to_have_value("default")
    expect(page.locator(".time")).to_contain_text("UTC")
