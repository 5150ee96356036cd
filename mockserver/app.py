"""The building: which room a request is for, and what happens when the server starts and stops.

host or first path segment → room → the room's operation → journey.py, step by step
                           → /__admin: the control API
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import logging
import sys
from collections.abc import AsyncIterator, Coroutine, Sequence
from typing import Any

from mockserver.clock import Machine
from mockserver.courier import Courier
from mockserver.faults.seed_file import read_seed_file
from mockserver.journey import House
from mockserver.metrics.shared import SharedCounts
from mockserver.request import App, Receive, Scope, Send
from mockserver.request_log import RequestLog
from mockserver.room import Room
from mockserver.running import RunningTime
from mockserver.sandboxes import Sandboxes
from mockserver.settings import Settings
from mockserver.signposts import index, nowhere
from mockserver.store import Store, open_store
from mockserver.upkeep import keep_up
from mockserver.vendor import Vendor
from mockserver.vendors import all_vendors
from mockserver.witness import Witness
from mockserver.worlds import Worlds

log = logging.getLogger("mockserver")


def create_app(settings: Settings, *, machine: Machine | None = None, store: Store | None = None) -> Building:
    """Return the server as an ASGI app; without a `store` nothing is opened before its lifespan starts.

    Raises (when it starts):
        UsageError: the store cannot be used.
    """
    return Building(settings, machine or Machine(), all_vendors(), store)


class Building:
    """The ASGI app that knows every part."""

    def __init__(
        self, settings: Settings, machine: Machine, vendors: Sequence[Vendor], store: Store | None = None
    ) -> None:
        self._settings = settings
        self._machine = machine
        self._vendors = vendors
        self._store = store
        self._rooms: dict[str, Room] = {}
        self._hosts: dict[str, str] = {}
        self._admin: App | None = None
        self._by_itself: dict[str, asyncio.Task[None]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self._lifespan(scope, receive, send)
        elif scope["type"] == "http":
            await self._place(scope)(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1000})

    def _place(self, scope: Scope) -> App:
        """Return the app that a request is for, and set its paths in `scope` as that app sees them."""
        path = scope["path"]
        name = self._hosts.get(_host(scope))
        if name is not None and not path.startswith("/__admin"):
            scope["root_path"] = ""
            return self._rooms[name]
        segment, _, rest = path[1:].partition("/")
        if segment in self._rooms:
            scope.update(root_path=f"/{segment}", path=f"/{rest}")
            return self._rooms[segment]
        assert self._admin is not None
        if segment == "__admin":
            scope["root_path"] = "/__admin"
            return self._admin
        if path == "/metrics":  # where Prometheus looks unless told otherwise
            scope.update(root_path="/__admin", path="/__admin/metrics")
            return self._admin
        if path == "/":
            return index(list(self._rooms))
        return nowhere(path, list(self._rooms))

    def open(self) -> House:
        """Open the store, prepare the sandbox `default`, and put up the rooms."""
        settings, machine = self._settings, self._machine
        store = self._store or open_store(settings.database, durability=settings.durability)
        sandboxes = Sandboxes(
            self._vendors, machine, credentials=settings.credentials, vendor_settings=settings.vendor_settings
        )
        worlds = Worlds(
            self._vendors,
            sandboxes,
            faults=read_seed_file(settings.seed_file, self._vendors),
            run=settings.run or machine.random_bytes(8).hex(),
        )
        running = RunningTime(machine)

        def prepare(db):  # type: ignore[no-untyped-def]
            running.resume(db)
            worlds.prepare(db, machine.now_ms())

        store.run_now(prepare)
        witness = Witness(_request_log(settings, machine))
        house = House(store, sandboxes, machine, settings, running.now_ms, witness)
        for vendor in self._vendors:
            self._rooms[vendor.name] = Room(house, vendor)
            for host in (f"{vendor.name}.localhost", *settings.hosts.get(vendor.name, ())):
                self._hosts[host.lower()] = vendor.name
        courier = Courier(house, self._vendors)
        self._admin = self._control_api(house, worlds, courier, machine.elapsed_seconds())
        self._begin("upkeep", keep_up(house, worlds, running))
        self._begin("webhooks", courier.keep_going())
        if settings.counts_folder:
            worker = machine.random_bytes(8).hex()
            witness.shared = SharedCounts(settings.counts_folder, worker, witness.counts)
            self._begin("exchange of counts", witness.shared.keep_writing())
        return house

    def _begin(self, name: str, work: Coroutine[Any, Any, None]) -> None:
        """Let the server do something by itself until it is closed."""
        self._by_itself[name] = task = asyncio.get_running_loop().create_task(work)
        task.add_done_callback(functools.partial(_ended, name))

    def _stopped(self) -> list[str]:
        return [name for name, task in self._by_itself.items() if task.done()]

    def _control_api(self, house: House, worlds: Worlds, courier: Courier, started: float) -> App:
        """Return the control API, which is made with its first request: FastAPI takes a while to load."""

        @functools.cache
        def made() -> App:
            from mockserver.admin.app import create_admin  # noqa: PLC0415 - that is the point

            return create_admin(house, worlds, self._vendors, courier, self, self._stopped, started)

        async def when_asked(scope: Scope, receive: Receive, send: Send) -> None:
            await made()(scope, receive, send)

        return when_asked

    async def close(self, store: Store) -> None:
        """Stop what the server does by itself and close the store."""
        for task in self._by_itself.values():
            task.cancel()
        await asyncio.gather(*self._by_itself.values(), return_exceptions=True)
        store.close()

    async def _lifespan(self, scope: Scope, receive: Receive, send: Send) -> None:
        del scope
        assert (await receive())["type"] == "lifespan.startup"
        try:
            house = self.open()
        except Exception as problem:
            await send({"type": "lifespan.startup.failed", "message": str(problem)})
            raise
        await send({"type": "lifespan.startup.complete"})
        assert (await receive())["type"] == "lifespan.shutdown"
        await self.close(house.store)
        if house.witness.shared is not None:
            house.witness.shared.leave()
        await send({"type": "lifespan.shutdown.complete"})


@contextlib.asynccontextmanager
async def running(app: Building) -> AsyncIterator[Building]:
    """Run `app` without a socket, for in-process tests."""
    house = app.open()
    try:
        yield app
    finally:
        await app.close(house.store)


def _request_log(settings: Settings, machine: Machine) -> RequestLog | None:
    if settings.log_requests == "none":
        return None
    return RequestLog(settings.log_requests, settings.log_format, machine, sys.stderr)


def _ended(name: str, task: asyncio.Task[None]) -> None:
    if not task.cancelled() and (problem := task.exception()) is not None:
        log.error("%s stopped", name, exc_info=problem)


def _host(scope: Scope) -> str:
    for name, value in scope["headers"]:
        if name == b"host":
            return _without_port(value)
    return ""


@functools.lru_cache(maxsize=64)  # a client names the same host again and again
def _without_port(value: bytes) -> str:
    host = value.decode("latin-1").lower()
    return host.rpartition(":")[0] if ":" in host and not host.endswith("]") else host
