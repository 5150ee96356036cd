"""The API docs of each vendor, as a browser shows them without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from browser import BrowserPage

if TYPE_CHECKING:
    from conftest import RunningServer

VENDORS = ["consero", "proctorexam", "constructor"]


@pytest.mark.parametrize("vendor", VENDORS)
def test_docs_show_without_any_outside_request(
    server: RunningServer, browser_page: BrowserPage, vendor: str
) -> None:
    page = browser_page.page
    page.goto(f"{server.url}/{vendor}/docs")
    assert page.locator("section").count() > 3
