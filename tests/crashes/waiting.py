"""Callers who owe the rest of a request, or do not take their answer: nobody else waits for them."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import time
from collections import Counter
from dataclasses import dataclass, field

from tests.crashes.callers import Caller
from tests.crashes.hostile import HOST, Hostile, slowest_of_good_answers, waiting_bodies, waiting_heads
from tests.crashes.servers import CrashingServer

LARGE = b"GET /proctorexam/openapi.json HTTP/1.1\r\n" + HOST + b"\r\n"
ASKED_AT_ONCE = 100


@dataclass
class Wait:
    """What came of a crowd: by which answers it was let go, after how long, and who else suffered."""

    let_go: Counter[bytes] = field(default_factory=Counter)
    longest_seconds: float = 0.0
    slowest_good_seconds: float = 0.0


async def half_sent(server: CrashingServer, *, callers: int) -> Wait:
    """Let `callers` owe a head and as many a body; wait until all are let go."""
    heads, bodies = list(waiting_heads().values()), list(waiting_bodies().values())
    items: list[Hostile] = [
        kinds[number % len(kinds)] for kinds in (heads, bodies) for number in range(callers)
    ]
    wait = Wait()
    async with contextlib.AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(Caller(server.port)) for _ in items]
        began = time.monotonic()
        for caller, item in zip(crowd, items, strict=True):
            caller.send(item.data)
        wait.slowest_good_seconds = await slowest_of_good_answers(server)
        heard = await asyncio.gather(*(caller.ended() for caller in crowd))
        wait.longest_seconds = time.monotonic() - began
        wait.let_go.update(data[:12] for data in heard)
    return wait


def not_reading(server: CrashingServer, *, callers: int, most_seconds: float) -> Wait:
    """Let `callers` ask for more than the buffers between two sockets hold, and read none of it.

    Returns when the server has let go of all of them, or after `most_seconds`.
    """
    wait = Wait()
    before = server.open_files()
    with contextlib.ExitStack() as stack:
        for _ in range(callers):
            caller = stack.enter_context(socket.create_connection(("127.0.0.1", server.port)))
            caller.sendall(LARGE * ASKED_AT_ONCE)
        began = time.monotonic()
        wait.slowest_good_seconds = asyncio.run(slowest_of_good_answers(server))
        while server.open_files() > before and time.monotonic() - began < most_seconds:
            time.sleep(0.1)
        wait.longest_seconds = time.monotonic() - began
    return wait
