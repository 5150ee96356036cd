"""Running the server: one process, or several that share the socket and the store."""

from __future__ import annotations

import dataclasses
import functools
import gc
import socket
from collections.abc import Callable

import uvicorn

from mockserver.app import create_app
from mockserver.clock import Machine
from mockserver.faults.seed_file import read_seed_file
from mockserver.log import configure_logging
from mockserver.protocol import protocol_named
from mockserver.settings import Settings
from mockserver.store import Store, open_store
from mockserver.vendors import all_vendors

YOUNG_OBJECTS = 10_000  # so many new ones before the collector looks at them
SHUTDOWN_SECONDS = 5


def serve(settings: Settings, listening: socket.socket, announce: Callable[[], None]) -> int:
    """Serve on `listening` until a signal comes; call `announce` once requests are answered.

    Raises:
        UsageError: the store cannot be used.
    """
    read_seed_file(settings.seed_file, all_vendors())  # says what is wrong with it before anything runs
    store = open_store(settings.database, durability=settings.durability)  # as above
    settings = dataclasses.replace(settings, run=Machine().random_bytes(8).hex())
    configure_logging(settings.log_format)
    if settings.workers == 1:
        return serve_alone(settings, listening, announce, store)
    store.close()  # each worker opens it for itself
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - a single process starts without these two

    from mockserver.supervisor import CONTEXT, Supervisor  # noqa: PLC0415

    _config(settings).get_loop_factory()  # loads parser and event loop, once for all workers
    with TemporaryDirectory(prefix="mockserver-") as folder:
        settings = dataclasses.replace(settings, counts_folder=folder)
        work = functools.partial(serve_alone, settings, listening)
        return Supervisor(work, settings.workers, announce, context=CONTEXT).run()


def serve_alone(
    settings: Settings, listening: socket.socket, announce: Callable[[], None], store: Store | None = None
) -> int:
    """Serve with this process until a signal comes; return the exit code."""
    server = AnnouncingServer(_config(settings, store), announce)
    server.run(sockets=[listening])
    return 0 if server.started else 3


def _config(settings: Settings, store: Store | None = None) -> uvicorn.Config:
    return configured(functools.partial(start, settings, store), workers=settings.workers, http=settings.http)


def configured(make_app: Callable[[], object], *, workers: int = 1, http: str = "auto") -> uvicorn.Config:
    """Return how uvicorn serves this app, in a process of its own or in a thread of another."""
    return uvicorn.Config(
        make_app,
        factory=True,
        workers=workers,
        http=protocol_named(http),
        log_config=None,
        access_log=False,
        proxy_headers=False,  # X-Forwarded-For is read in access/address.py, from trusted proxies only
        server_header=False,
        date_header=False,  # the sandbox's clock dates each answer
        lifespan="on",
        ws="none",
        backlog=2048,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
    )


def start(settings: Settings, store: Store | None = None) -> object:
    """Return the app in a process of its own."""
    configure_logging(settings.log_format)
    app = create_app(settings, store=store)
    # What lives from the start on is not worth looking at again: the collector owns the tail of latencies.
    # Requests leave next to no cycles behind, so it comes once in a while and not with every other request.
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    gc.enable()
    return app


class AnnouncingServer(uvicorn.Server):
    """A server that says when requests are answered."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()
