"""The client's own end of webhooks while a scenario is played: it looks at the token and answers.

A webhook with `Authorization: JWT` must be signed with the integration's secret and not be expired at the
sandbox's time (CP-193); a webhook without that header is taken as it is (PE-500).
"""

from __future__ import annotations

import contextlib
import re
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from mockserver.access.jwt_token import check_lifetime, check_signature, read_token, token_from_header
from mockserver.client.sandbox import SandboxHandle
from mockserver.clock import as_ms
from mockserver.errors import AccessRefused, UsageError

MOST_BYTES = 1024 * 1024
SECONDS = 10


@contextlib.contextmanager
def receiving(sandbox: SandboxHandle) -> Iterator[str]:
    """Listen on this machine until the block ends; give the URL."""

    class Handler(BaseHTTPRequestHandler):
        timeout = SECONDS

        def do_POST(self) -> None:
            length = self.headers.get("Content-Length", "")
            if not re.fullmatch("[0-9]{1,7}", length) or int(length) > MOST_BYTES:
                self._answer(400, "no body of a reasonable length")
                return
            self.rfile.read(int(length))
            problem = _problem(sandbox, self.headers.get("Authorization"))
            self._answer(401 if problem else 200, problem or "received")

        def log_message(self, format: str, *arguments: object) -> None:
            """Say nothing: the server's log of deliveries has it."""

        def _answer(self, status: int, text: str) -> None:
            content = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/plain; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

    server = _Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of a caller that goes away half-way; it has its own log."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def _problem(sandbox: SandboxHandle, authorization: str | None) -> str:
    """Return why a webhook is not believed, nothing if it is."""
    if authorization is None:
        return ""
    try:
        token = read_token(token_from_header(authorization, scheme="JWT"))
        check_signature(token, sandbox.credentials("constructor")["jwt_secret"].encode())
        check_lifetime(token, now_ms=as_ms(sandbox.clock.now()))
    except (AccessRefused, UsageError) as refusal:
        return str(refusal)
    return ""
