"""A customer's server for webhooks on this machine: it takes whatever comes and keeps it."""

import json
import sys
import threading
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

WAIT_SECONDS = 5.0
LARGEST_BODY_BYTES = 1_000_000


@dataclass(frozen=True)
class Received:
    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.body)
        except ValueError:
            return None


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a caller that goes away half-way; it has its own log."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


class Receiver:
    """Listens on a free loopback port while it is open; what is not to be refused is answered 200."""

    def __init__(self) -> None:
        self._received: list[Received] = []
        self._to_refuse: Counter[str] = Counter()
        self._news = threading.Condition()
        self._server = _Server(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._server.shutdown()
        self._server.server_close()

    def refuse(self, path: str, times: int) -> None:
        """Answer the next requests to this path with 503."""
        self._to_refuse[path] = times

    def wait_for(self, path: str, count: int = 1) -> list[Received]:
        """What came to this path, as soon as it is so many, or what there is after five seconds."""
        with self._news:
            self._news.wait_for(lambda: len(self._at(path)) >= count, timeout=WAIT_SECONDS)
            return self._at(path)

    def _at(self, path: str) -> list[Received]:
        return [received for received in self._received if received.path == path]

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                self._take()

            def do_GET(self) -> None:
                self._take()

            def _take(self) -> None:
                length = min(int(self.headers.get("Content-Length", 0)), LARGEST_BODY_BYTES)
                received = Received(
                    self.command, self.path, dict(self.headers.items()), self.rfile.read(length)
                )
                refused = receiver._to_refuse[self.path] > 0
                receiver._to_refuse[self.path] -= refused
                self.send_response(503 if refused else 200)
                self.send_header("Content-Length", "0")
                self.end_headers()
                with receiver._news:
                    receiver._received.append(received)
                    receiver._news.notify_all()

            def log_message(self, *_: object) -> None:
                """The report says what came."""

        return Handler
