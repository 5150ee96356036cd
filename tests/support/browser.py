"""A real Chromium for tests: it opens pages as people do, and reports what goes wrong in them.

The fixture is `browser_page`; tests outside of tests/browser import it with `chromium` in their conftest.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, ConsoleMessage, Locator, LocatorAssertions, Page, Route

HERE = {"127.0.0.1", "localhost", "::1"}
PATIENCE_MS = 10_000
OPTIONS = [
    "--no-sandbox",  # tests run as root in containers
    "--disable-dev-shm-usage",
    "--disable-background-networking",
]


@dataclass
class BrowserPage:
    """A tab, and what it complained about; the test fails where anything is left in `complaints`.

    Errors on the console are complaints: scripts that fail, files that are missing, and whatever the
    page's own Content-Security-Policy forbids. So is each request to another machine, which is not sent.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    def hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{message.type}: {message.text} ({message.location['url']})")

    def guard(self, route: Route) -> None:
        """Let requests to this machine pass, and no others."""
        parts = urlsplit(route.request.url)
        host = parts.hostname or ""
        if parts.scheme in ("http", "https") and host not in HERE and not host.endswith(".localhost"):
            self.complaints.append(f"outside request: {route.request.url}")
            route.abort()
        else:
            route.continue_()

    def expect_complaints(self, *parts: str) -> None:
        """Take away the complaints that hold one of `parts`; each part must have come up."""
        for part in parts:
            assert [text for text in self.complaints if part in text], (part, self.complaints)
        self.complaints = [text for text in self.complaints if not any(part in text for part in parts)]


def expect(part: Locator) -> LocatorAssertions:
    """Return what can be expected of a part of a page, with some patience."""
    from playwright.sync_api import expect as expect_of

    return expect_of(part)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Chromium, for the tests of one file.

    Not for the session: while it runs, its event loop occupies the thread of the tests.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="needs 'pip install playwright'")
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("needs chromium: 'apt-get install chromium'")
    with sync_api.sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=OPTIONS)
        yield browser
        browser.close()


@pytest.fixture
def browser_page(chromium: Browser) -> Iterator[BrowserPage]:
    """A new tab with no memory of earlier ones."""
    with chromium.new_context() as context:
        context.set_default_timeout(PATIENCE_MS)
        watched = BrowserPage(context.new_page())
        watched.page.on("console", watched.hear)
        watched.page.on("pageerror", lambda error: watched.complaints.append(f"error: {error}"))
        watched.page.route("**/*", watched.guard)
        yield watched
        assert not watched.complaints, f"the pages complained: {watched.complaints}"
