"""A server under attack: its process, one sandbox of it, the rows of that, and what is logged."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from raw_http import RawAnswer, RawConnection

from mockserver.vendors import all_vendors

SECONDS = 1.0  # within which everything is answered
NOW_MS = 1_795_289_832_000
PROXY = "127.0.0.3"
STRANGER = "127.0.0.2"
TABLES = sorted({table for vendor in all_vendors() for table in vendor.tables} | {"nonce"})

Query = Callable[[str, str], list[Any]]


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
        return control(self.url, method, f"/__admin/sandboxes/{self.sandbox_id}{path}", value)

    def advance(self, seconds: float) -> None:
        """Move the clock of the sandbox."""
        self.control("POST", "/clock/advance", {"seconds": seconds})
        self.now_ms += round(seconds * 1000)

    def rows(self, *, but_nonces: bool = False) -> dict[str, list[Any]]:
        """Return every row of the sandbox."""
        tables = [table for table in TABLES if not (but_nonces and table == "nonce")]
        return {table: sorted(map(repr, self.query(table, self.sandbox_id))) for table in tables}

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
def attacked(
    folder: Path, *options: str, query: Callable[[str], contextlib.AbstractContextManager[Query]]
) -> Iterator[World]:
    """Run a server with `options` and give it one sandbox, until the block ends."""
    log_file = folder / "log"
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--json", *options]
    with (
        log_file.open("w") as log,
        subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=log, text=True, env=dict(os.environ)
        ) as process,
    ):
        try:
            assert process.stdout is not None
            url = json.loads(process.stdout.readline())["url"]
            sandbox = control(url, "POST", "/__admin/sandboxes", {})
            with query(options[options.index("--database") + 1]) as rows:
                world = World(url, process, log_file, rows, sandbox["id"], sandbox["credentials"])
                world.control("PUT", "/clock", {"mode": "frozen", "at": "2026-11-21T19:37:12Z"})
                yield world
        finally:
            process.terminate()
            process.wait(timeout=20)


@contextlib.contextmanager
def rows_of(database: str) -> Iterator[Query]:
    """Look into the database from outside of the server."""
    if database.startswith("sqlite:"):
        import pysqlite3

        driver = pysqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)
        mark = "?"
    else:
        import psycopg

        driver = psycopg.connect(database.replace("+psycopg", ""), autocommit=True)
        mark = "%s"
    try:
        yield lambda table, sandbox_id: driver.execute(
            f"SELECT * FROM {table} WHERE sandbox_id = {mark}", (sandbox_id,)
        ).fetchall()
    finally:
        driver.close()
