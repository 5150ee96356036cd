"""One request over HTTP/1.1, as it stands: no proxy of the environment, no redirect followed, no error raised
for a status."""

from __future__ import annotations

import http.client
import json
import socket
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlsplit

from mockserver.errors import UsageError

TIMEOUT_SECONDS = 30.0


@dataclass(frozen=True)
class Reply:
    """What came back; header names in lower case, in the order of the answer."""

    status: int
    reason: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str | None:
        """Return the first header of that lower-case name, None where there is none."""
        return next((value for key, value in self.headers if key == name), None)

    @property
    def text(self) -> str:
        """The body as text, with a mark for every byte that is not UTF-8."""
        return self.body.decode("utf-8", "replace")

    def json(self) -> Any:
        """Return the body as JSON.

        Raises:
            ValueError: it is none.
        """
        return json.loads(self.body)

    @property
    def ok(self) -> bool:
        """Whether the status is 2xx."""
        return 200 <= self.status < 300


class ServerUnreachable(UsageError):
    """Nobody answers at the URL."""

    def __init__(self, url: str, problem: object) -> None:
        super().__init__(
            f"no server answers at {url} ({problem}): start one with 'mockserver serve', "
            "or name a running one with --url or MOCKSERVER_URL"
        )


class AnswerBroken(UsageError):
    """The server began to answer, but hung up or spoke no HTTP."""


def exchange(
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]] = (),
    body: bytes = b"",
    *,
    timeout_seconds: float = TIMEOUT_SECONDS,
) -> Reply:
    """Send one request and read the whole answer.

    Raises:
        ServerUnreachable: no connection.
        AnswerBroken: a connection, but no whole answer.
    """
    connection = connect(url, timeout_seconds)
    try:
        answer = ask(connection, method, url, headers, body)
        content = answer.read()
    except (http.client.HTTPException, OSError) as problem:
        raise AnswerBroken(f"{method} {url}: no whole answer came ({_named(problem)})") from problem
    finally:
        connection.close()
    return Reply(
        answer.status,
        answer.reason,
        tuple((name.lower(), value) for name, value in answer.getheaders()),
        content,
    )


def server_of(url: str) -> SplitResult:
    """Return the parts of a URL that leads to a server.

    Raises:
        UsageError: it is no http or https URL.
    """
    try:
        parts = urlsplit(url)
        leads = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        leads = False
    if not leads:
        raise UsageError(f"{url!r} is not a URL of a server: write it like http://127.0.0.1:8000")
    return parts


def connect(url: str, timeout_seconds: float | None) -> http.client.HTTPConnection:
    """Return an open connection to the host of `url`.

    Raises:
        UsageError: it is no http or https URL.
        ServerUnreachable: no connection.
    """
    parts = server_of(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=timeout_seconds)
    try:
        connection.connect()
    except OSError as problem:
        origin = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}"
        raise ServerUnreachable(origin, _named(problem)) from problem
    assert connection.sock is not None
    connection.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


def ask(
    connection: http.client.HTTPConnection,
    method: str,
    url: str,
    headers: Iterable[tuple[str, str]],
    body: bytes,
) -> http.client.HTTPResponse:
    """Send a request on an open connection and return the answer with its body unread."""
    parts = urlsplit(url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    given = list(headers)
    names = {name.lower() for name, _ in given}
    connection.putrequest(method, target, skip_host="host" in names, skip_accept_encoding=True)
    for name, value in given:
        connection.putheader(name, value.encode("latin-1", "replace"))
    if (body or method in ("POST", "PUT", "PATCH")) and "content-length" not in names:
        connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body or None)
    return connection.getresponse()


def _named(problem: Exception) -> str:
    text = getattr(problem, "strerror", None) or str(problem)
    return text or type(problem).__name__
