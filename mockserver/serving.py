"""Running the server: one process, or several that share the socket and the store."""

from __future__ import annotations

import dataclasses
import functools
import gc
import logging
import multiprocessing
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from multiprocessing import resource_tracker
from multiprocessing.process import BaseProcess

import uvicorn
from uvicorn.supervisors import Multiprocess

from mockserver.app import create_app
from mockserver.clock import Machine
from mockserver.faults.seed_file import read_seed_file
from mockserver.log import configure_logging
from mockserver.protocol import protocol_named
from mockserver.settings import Settings
from mockserver.store import open_store
from mockserver.vendors import all_vendors

READY_SECONDS = 30
YOUNG_OBJECTS = 10_000  # so many new ones before the collector looks at them
SHUTDOWN_SECONDS = 5
log = logging.getLogger("mockserver")


def serve(settings: Settings, listening: socket.socket, announce: Callable[[], None]) -> int:
    """Serve on `listening` until a signal comes; call `announce` once requests are answered.

    Raises:
        UsageError: the store cannot be used.
    """
    open_store(
        settings.database, durability=settings.durability
    ).close()  # says what is wrong before any worker
    read_seed_file(settings.seed_file, all_vendors())  # as above
    settings = dataclasses.replace(settings, run=Machine().random_bytes(8).hex())
    configure_logging(settings.log_format)
    if settings.workers == 1:
        config = configured(functools.partial(start, settings), http=settings.http)
        server = AnnouncingServer(config, announce)
        server.run(sockets=[listening])
        return 0 if server.started else 3
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - a single process starts without it

    with TemporaryDirectory(prefix="mockserver-") as folder:
        settings = dataclasses.replace(settings, counts_folder=folder)
        config = configured(functools.partial(start, settings), workers=settings.workers, http=settings.http)
        _AnnouncingSupervisor(config, listening, announce).run()
    return 0


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


def start(settings: Settings) -> object:
    """Return the app in a worker process."""
    configure_logging(settings.log_format)
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    if (supervisor := multiprocessing.parent_process()) is not None:
        threading.Thread(target=_end_with, args=(supervisor,), daemon=True).start()
    app = create_app(settings)
    # What lives from the start on is not worth looking at again: the collector owns the tail of latencies.
    # Requests leave next to no cycles behind, so it comes once in a while and not with every other request.
    gc.freeze()
    gc.set_threshold(YOUNG_OBJECTS, 20, 20)
    gc.enable()
    return app


def _end_with(supervisor: BaseProcess) -> None:
    """End when the supervisor has died: a worker left alone would keep the port from the next server."""
    supervisor.join()
    os.kill(os.getpid(), signal.SIGTERM)


class AnnouncingServer(uvicorn.Server):
    """A server that says when requests are answered."""

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._announce()


class _AnnouncingSupervisor(Multiprocess):
    def __init__(
        self, config: uvicorn.Config, listening: socket.socket, announce: Callable[[], None]
    ) -> None:
        super().__init__(config, [listening])
        self._announce = announce

    def init_processes(self) -> None:
        # Ctrl-C reaches the workers as well. They inherit that it has to wait until they can serve (`start`):
        # one that is still loading would die of it with a traceback, and the start would seem to have failed.
        resource_tracker.ensure_running()  # or the first worker would bring it along, and end the waiting
        waiting = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        super().init_processes()
        signal.pthread_sigmask(signal.SIG_SETMASK, waiting)
        for process in self.processes:
            if not process.wait_until_ready(READY_SECONDS, self.should_exit):
                if self.signal_queue:  # it was told to end
                    return
                log.error("a worker did not start; its messages stand above")
                self.terminate_all()
                sys.exit(3)
        self._announce()

    def keep_subprocess_alive(self) -> None:
        before = list(self.processes)
        super().keep_subprocess_alive()
        for old, new in zip(before, self.processes, strict=True):
            if old is not new:
                log.error(
                    "worker %d died (exit code %s), worker %d takes its place", old.pid, old.exitcode, new.pid
                )
