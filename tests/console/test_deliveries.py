"""The panel of webhooks: what was sent, what came back, and sending once more."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import pytest
from loopback_server import serving
from playwright.sync_api import expect

from tests.console.conftest import Console

ANSWER = "<script>window.ran=1</script>\u202e<img src=x onerror=window.ran=1>"
SEEDED_SESSION = "b3875623"


class Hostile(BaseHTTPRequestHandler):
    """A receiver that takes nothing and answers with markup."""

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(500)
        self.send_header("Content-Length", str(len(ANSWER.encode())))
        self.end_headers()
        self.wfile.write(ANSWER.encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def delivered(console: Console) -> Iterator[Console]:
    """A sandbox that has sent a webhook to a hostile receiver."""
    with serving(Hostile) as receiver:
        console.control("/settings", {"constructor.review_url": f"{receiver.url}/review"}, "PATCH")
        event = {"vendor": "constructor", "event": "proctor_concludes", "session_id": SEEDED_SESSION}
        console.control("/events", {**event, "conclusion": "rejected", "comment": ANSWER})
        console.control("/deliveries/settle", {}, "POST")
        yield console


def test_body_and_answer_are_shown_as_text(delivered: Console) -> None:
    delivered.open("deliveries")
    page = delivered.tab.page
    page.get_by_text("Headers and answer").click()
    page.get_by_text("Body", exact=True).click()
    shown = ANSWER.replace("\u202e", "U+202E")
    expect(page.get_by_label("Answer of the receiver")).to_have_text(shown)
    expect(page.get_by_label("Body of the webhook")).to_contain_text(shown)
    assert page.evaluate("window.ran") is None
    assert page.locator("main script, main img").count() == 0


def test_it_is_sent_once_more(delivered: Console) -> None:
    delivered.open("deliveries")
    page = delivered.tab.page
    expect(page.locator(".items li")).to_have_count(1)
    page.get_by_role("button", name="once more").click()
    expect(page.locator(".items li")).to_have_count(2)
    assert len(delivered.control("/deliveries")[0]["attempts"]) == 2
