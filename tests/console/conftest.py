"""The console is tested in a real browser, against a server in a process of its own."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest
from browser import BrowserPage, browser_page, chromium

from tests.conftest import RunningServer

__all__ = ["browser_page", "chromium"]  # fixtures


@dataclass(frozen=True)
class Console:
    """A sandbox of its own, and the console opened for it."""

    server: RunningServer
    sandbox: dict[str, Any]
    tab: BrowserPage

    def open(self, panel: str, *rest: str) -> None:
        address = "/".join([self.sandbox["id"], panel, *rest])
        self.tab.page.goto(f"{self.server.url}/__admin/console#/{address}")

    def ask(self, path: str, headers: dict[str, str], body: str | None = None) -> int:
        """Send a request of a client; `path` goes out as it stands."""
        place = urlsplit(self.server.url)
        connection = HTTPConnection(place.hostname or "", place.port)
        try:
            connection.request("POST" if body else "GET", path, body and body.encode(), headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def listed(self, key: str | None = None) -> int:
        """List the examinations, with the right key if none is given; returns the status."""
        key = key or self.sandbox["credentials"]["consero"]["api_key"]
        return self.ask("/consero/api/v1/examinations", {"x-api-key": key})

    def control(self, path: str, body: Any = None, method: str | None = None) -> Any:
        """Call a control of the sandbox."""
        request = urllib.request.Request(
            f"{self.server.url}/__admin/sandboxes/{self.sandbox['id']}{path}",
            None if body is None else json.dumps(body).encode(),
            {"Content-Type": "application/json"},
            method=method,
        )
        with urllib.request.urlopen(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None


@pytest.fixture
def console(server: RunningServer, browser_page: BrowserPage) -> Console:
    request = urllib.request.Request(
        f"{server.url}/__admin/sandboxes", b"{}", {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        return Console(server, json.loads(answer.read()), browser_page)


@pytest.fixture
def serve_alone(
    serve: Callable[..., AbstractContextManager[RunningServer]],
) -> Iterator[RunningServer]:
    """A server that a test may stop."""
    with serve("--database", "sqlite://") as running:
        yield running


@pytest.fixture(scope="module")
def guarded_server(
    serve_for_module: Callable[..., AbstractContextManager[RunningServer]],
) -> Iterator[RunningServer]:
    """A server that other machines reach, so that it wants its token."""
    options = ("--host", "0.0.0.0", "--database", "sqlite://", "--admin-token", "token-of-a-test")
    with serve_for_module(*options) as running:
        yield running
