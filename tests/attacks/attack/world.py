"""A server under attack: its process, one sandbox of it, the rows of that, and what is logged."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raw_http import RawAnswer, RawConnection

from attack.rows import Query, Rows, rows_of

SECONDS = 1.0  # within which everything is answered
NOW_MS = 1_795_289_832_000
PROXY = "127.0.0.3"
STRANGER = "127.0.0.2"
END_SECONDS = 20  # within which a server ends after it was asked to


@dataclass
class World:
    """One sandbox on one server, with its clock frozen at `now_ms`."""

    url: str
    process: subprocess.Popen[str]
    log_file: Path
    query: Query
    sandbox_id: str
    credentials: dict[str, dict[str, str]]
    now_ms: int = NOW_MS
    drawn: int = 0
    log_read: int = 0
    known: Rows | None = None

    def nonce(self) -> str:
        """Return a number that was not used before."""
        self.drawn += 1
        return str(7_000_000_000 + self.drawn)

    def exchange(self, raw: bytes, source: str = "127.0.0.1") -> tuple[RawAnswer, bool, float]:
        """Send `raw` on a connection of its own; return the answer, whether it was closed, the seconds."""
        began = time.monotonic()
        with RawConnection(self.url, timeout=10, source=source) as connection:
            connection.send(raw)
            answer = connection.answer()
            seconds = time.monotonic() - began
            closed = answer.headers.get("connection") == "close" and connection.is_closed()
        return answer, closed, seconds

    def control(self, method: str, path: str, value: Any) -> Any:
        """Call the control API for this sandbox."""
        self.known = None
        return control(self.url, method, f"/__admin/sandboxes/{self.sandbox_id}{path}", value)

    def advance(self, seconds: float) -> None:
        """Move the clock of the sandbox."""
        self.control("POST", "/clock/advance", {"seconds": seconds})
        self.now_ms += round(seconds * 1000)

    def neighbour(self) -> World:
        """Return another sandbox of the same server, with the clock as this one's began."""
        return opened(self.url, self.process, self.log_file, self.query)

    def rows(self) -> Rows:
        """Return every row of the sandbox."""
        return self.query(self.sandbox_id)

    def rows_before(self) -> Rows:
        """Return the rows as they were after the last step: nobody else writes to this sandbox."""
        if self.known is None:
            self.known = self.rows()
        return self.known

    def new_log(self) -> str:
        """Return what was logged since the last look."""
        with self.log_file.open(encoding="utf-8") as log:
            log.seek(self.log_read)
            text = log.read()
            self.log_read = log.tell()
        return text


def control(url: str, method: str, path: str, value: Any) -> Any:
    """Call the control API; return what it answers."""
    body = json.dumps(value).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    with RawConnection(url) as connection:
        connection.send(head.encode() + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        answer = connection.answer()
    assert answer.status < 300, answer
    return json.loads(answer.body) if answer.body else None


@contextlib.contextmanager
def attacked(folder: Path, database: str, *options: str) -> Iterator[World]:
    """Run a server with `options` and give it one sandbox, until the block ends."""
    with (
        running(folder / "log", "--database", database, *options) as (process, url),
        rows_of(database) as query,
    ):
        yield opened(url, process, folder / "log", query)


def opened(url: str, process: subprocess.Popen[str], log_file: Path, query: Query) -> World:
    """Return a new sandbox of a running server, its clock frozen."""
    sandbox = control(url, "POST", "/__admin/sandboxes", {})
    world = World(url, process, log_file, query, sandbox["id"], sandbox["credentials"])
    world.control("PUT", "/clock", {"mode": "frozen", "at": "2026-11-21T19:37:12Z"})
    return world


@contextlib.contextmanager
def running(log_file: Path, *options: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a server and give its process and address; at the end nothing of it is left, whatever it does.

    It leads a process group, so that its workers can be ended with it when it does not end by itself.
    """
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--json", *options]
    with (
        log_file.open("w") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, start_new_session=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            ready = process.stdout.readline()
            assert ready, f"the server did not start: {log_file.read_text()}"
            yield process, json.loads(ready)["url"]
            process.terminate()
            process.wait(timeout=END_SECONDS)
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
