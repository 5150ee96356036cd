"""The API docs of each vendor, as a browser shows them without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import BrowserPage

if TYPE_CHECKING:
    from conftest import RunningServer

VENDORS = ["consero", "proctorexam", "constructor"]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("vendor", VENDORS)
def test_docs_fit_the_window_and_need_nothing_from_outside(
    server: RunningServer, browser_page: BrowserPage, vendor: str, width: int
) -> None:
    page = browser_page.page
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(f"{server.url}/{vendor}/docs")
    assert page.locator("section").count() == page.locator("nav a").count() > 3
    assert page.evaluate("document.documentElement.scrollWidth") == width
    cut_off = page.locator("section").evaluate_all(
        "sections => sections.filter(one => one.scrollWidth > one.clientWidth).map(one => one.id)"
    )
    assert cut_off == []


def test_link_leads_to_its_operation(server: RunningServer, browser_page: BrowserPage) -> None:
    page = browser_page.page
    page.goto(f"{server.url}/proctorexam/docs")
    page.get_by_role("link", name="POST /api/v3/exams/{id}/send_emails").click()
    section = page.locator(":target")
    assert section.bounding_box()["y"] < 100
    assert "Send the exam mails" in section.inner_text()
