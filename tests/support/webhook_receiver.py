"""A receiver of webhooks, written from the vendor's pages alone.

It takes a POST with `Authorization: JWT <token>`, HS256 over the shared secret, whose `exp` is not over,
and a JSON body with the mandatory fields of the page; everything else it refuses.
"""

from __future__ import annotations

import contextlib
import json
import queue
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

import jwt
from loopback_server import serving

# The mandatory fields of each page's table.
MANDATORY = {
    "/review": {"accountId", "sessionId"},
    "/schedule": {"accountId", "sessionId", "event"},
    "/warning": {"accountId", "sessionId", "type", "start", "end", "cyber", "id"},
    "/agreement": {"accountId", "sessionId", "timestamp"},
}
PATIENCE_SECONDS = 10


@dataclass(frozen=True)
class Received:
    """One request as it came, and the status it was answered with."""

    path: str
    headers: dict[str, str]
    body: Any
    status: int


@dataclass
class Receiver:
    """Listens on this machine. `answers` overrides what it would answer, one status after the other."""

    url: str
    secret: str
    now_seconds: Callable[[], float]
    answers: list[int] = field(default_factory=list)
    received: queue.Queue[Received] = field(default_factory=queue.Queue)

    def next(self) -> Received:
        """Return the next request, as soon as it is there."""
        return self.received.get(timeout=PATIENCE_SECONDS)

    def judge(self, path: str, headers: dict[str, str], content: bytes) -> tuple[int, Any]:
        """Return the status that a careful receiver answers with, and the body as read."""
        scheme, _, text = headers.get("authorization", "").partition(" ")
        if scheme != "JWT":
            return 401, None
        try:
            claims = jwt.decode(
                text, self.secret, algorithms=["HS256"], options={"require": ["exp"], "verify_exp": False}
            )
        except jwt.InvalidTokenError:
            return 401, None
        if claims["exp"] <= self.now_seconds():
            return 401, None
        if headers.get("content-type") != "application/json":
            return 415, None
        body = json.loads(content)
        known = MANDATORY.get(path.partition("?")[0])
        return (400 if known is None or not known <= set(body) else 200), body


@contextlib.contextmanager
def receiving(secret: str, now_seconds: Callable[[], float]) -> Iterator[Receiver]:
    """Run a receiver until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["content-length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, body = receiver.judge(self.path, headers, content)
            status = receiver.answers.pop(0) if receiver.answers else status
            answer = b'{"said": "thanks"}' if status == 200 else b"refused"
            self.send_response(status)
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)
            receiver.received.put(Received(self.path, headers, body, status))

        def log_message(self, format: str, *arguments: Any) -> None:
            """Say nothing."""

    with serving(Handler) as server:
        receiver = Receiver(server.url, secret, now_seconds)
        yield receiver
