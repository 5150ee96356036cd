"""A server inside your own process: `with proctormock() as mock:`."""

from __future__ import annotations

import contextlib
import functools
import socket
import threading
from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.app import create_app
from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import DEFAULT, SandboxHandle
from mockserver.errors import UsageError
from mockserver.serving import AnnouncingServer, configured
from mockserver.settings import Settings
from mockserver.store import open_store

START_SECONDS = 30


class ProctorMock(SandboxHandle):
    """The sandbox `default` of a server of one's own, at `url`; `new_sandbox` makes others."""

    @property
    def url(self) -> str:
        """Where the server is."""
        return self.api.url

    def new_sandbox(self, **wish: Any) -> SandboxHandle:
        """Make another sandbox; `wish` as in `SandboxHandle.new`."""
        return SandboxHandle.new(self.api, **wish)


@contextlib.contextmanager
def proctormock(
    *,
    port: int = 0,
    database: str = "sqlite://",
    credentials: Mapping[str, Mapping[str, str]] | None = None,
    vendor_settings: Mapping[str, Mapping[str, Any]] | None = None,
) -> Iterator[ProctorMock]:
    """Run a server in a thread, on a free port and in memory unless told otherwise, until the block ends.

    `credentials` replace those of the sandbox `default`, e.g. `{"consero": {"api_key": "…"}}`;
    `vendor_settings` are the defaults of every sandbox's settings.

    Raises:
        UsageError: the port or the store cannot be used.
    """
    listening = _listen(port)
    settings = Settings(
        port=listening.getsockname()[1],
        database=database,
        credentials=credentials or {},
        vendor_settings=vendor_settings or {},
    )
    with listening:
        if database != "sqlite://":
            open_store(database, durability=settings.durability).close()  # says what is wrong with it
        with _running(settings, listening):
            api = ControlApi(settings.url)
            yield ProctorMock(api, api.call("sandboxes.show", sandbox_id=DEFAULT))


@contextlib.contextmanager
def _running(settings: Settings, listening: socket.socket) -> Iterator[None]:
    come = threading.Event()  # it answers, or it has ended
    server = AnnouncingServer(configured(functools.partial(create_app, settings)), come.set)

    def run() -> None:
        try:
            server.run(sockets=[listening])
        finally:
            come.set()

    thread = threading.Thread(target=run, name="proctormock", daemon=True)
    thread.start()
    try:
        if not come.wait(START_SECONDS) or not server.started:
            raise UsageError("the server did not start; the log says why")
        yield
    finally:
        server.should_exit = True
        thread.join()


def _listen(port: int) -> socket.socket:
    try:
        return socket.create_server(("127.0.0.1", port), backlog=2048)
    except OSError as problem:
        raise UsageError(f"{problem.strerror}: leave the port out for a free one") from None
