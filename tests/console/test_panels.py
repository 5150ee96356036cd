"""What holds for every panel of the console."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.console.conftest import Console

PANELS = [
    "journal",
    "sandboxes",
    "clock",
    "faults",
    "settings",
    "events",
    "deliveries",
    "statements",
    "controls",
]


@pytest.mark.parametrize("panel", PANELS)
def test_each_panel_opens_and_names_itself(console: Console, panel: str) -> None:
    console.open(panel)
    link = console.tab.page.locator("#panels [aria-current=page]")
    expect(console.tab.page.locator("h1")).to_have_text(link.inner_text())


@pytest.mark.parametrize("panel", PANELS)
def test_every_field_has_a_label(console: Console, panel: str) -> None:
    console.open(panel)
    page = console.tab.page
    expect(page.locator("h1")).to_be_visible()
    nameless = page.locator("input, select, textarea").evaluate_all(
        "fields => fields.filter(field => !field.labels.length).map(field => field.outerHTML)"
    )
    assert nameless == []


@pytest.mark.parametrize("panel", PANELS)
def test_every_panel_fits_the_width_of_a_phone(console: Console, panel: str) -> None:
    page = console.tab.page
    page.set_viewport_size({"width": 390, "height": 844})
    console.open(panel)
    expect(page.locator("h1")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
