"""A learning platform for browsers: it launches a test, shows it under a cover, and waits at its end."""

from __future__ import annotations

import contextlib
import html
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit

from loopback_server import serving

# The page of the test stays covered until the page around its frame lifts the cover (CP-233 to CP-235).
COVERED = """<!doctype html><title>Test</title><p id="cover">Covered</p><script>
const around = new URL(location).searchParams.get("examus-client-origin");
addEventListener("message", (event) => {
  if (event.data === "proctoringReady_n6EY" && event.origin === around)
    document.getElementById("cover").textContent = "Question 1";
});
</script>"""
LAUNCH = """<!doctype html><title>Launch</title><form method="post" action="{action}">
<input type="hidden" name="token" value="{token}"></form><script>document.forms[0].submit()</script>"""


@dataclass
class Lms:
    """Listens on this machine; `pages` are what it shows, by path."""

    url: str
    pages: dict[str, str] = field(default_factory=dict)

    def launch(self, action: str, token: str) -> str:
        """Return the address of a page that posts the token by itself, as the Moodle plugins do (CP-030)."""
        self.pages["/launch"] = LAUNCH.format(action=html.escape(action), token=html.escape(token))
        return f"{self.url}/launch"


@contextlib.contextmanager
def running_lms() -> Iterator[Lms]:
    """Run one until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            text = lms.pages.get(urlsplit(self.path).path)
            content = (text or "There is no such page.").encode()
            self.send_response(200 if text else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with serving(Handler) as server:
        lms = Lms(server.url)
        lms.pages = {"/test": COVERED, "/done": "<!doctype html><title>Done</title><p>Well done</p>"}
        yield lms
