"""The same signed request from many callers: one is let in, whoever asks and however many answer."""

from __future__ import annotations

import asyncio
import contextlib
from collections import Counter
from collections.abc import Sequence

from tests.crashes.callers import Answer, Caller
from tests.crashes.servers import CrashingServer
from tests.crashes.signed import creation, creations

SLICE = 500  # requests signed at a time: a signature is good for five minutes


async def race(servers: Sequence[CrashingServer], requests: int, callers: int) -> Counter[tuple[int, ...]]:
    """Let each of `callers` send each of `requests`, side by side; the callers are dealt out to `servers`.

    Returns how often each set of answers to one request was seen: `{(200, 403, 403, 403): 500}`.
    """
    found: Counter[tuple[int, ...]] = Counter()
    async with contextlib.AsyncExitStack() as stack:
        ports = [servers[number % len(servers)].port for number in range(callers)]
        crowd = [await stack.enter_async_context(Caller(port)) for port in ports]
        for start in range(0, requests, SLICE):
            count = min(SLICE, requests - start)
            data = [item.request for item in creations(servers[0].access, count)]
            answers = await asyncio.gather(*(caller.ask_all(data) for caller in crowd))
            found.update(_statuses(same) for same in zip(*answers, strict=True))
    return found


async def bursts(server: CrashingServer, rounds: int, callers: int) -> Counter[tuple[int, ...]]:
    """Let `callers` hold the same request back by its last byte, and release it at one instant."""
    found: Counter[tuple[int, ...]] = Counter()
    async with contextlib.AsyncExitStack() as stack:
        crowd = [await stack.enter_async_context(Caller(server.port)) for _ in range(callers)]
        for _ in range(rounds):
            data = creation(server.access).request
            for caller in crowd:
                caller.send(data[:-1])
            await asyncio.sleep(0.01)  # so that all wait for the last byte
            for caller in crowd:
                caller.send(data[-1:])
            found[_statuses(await asyncio.gather(*(caller.answer() for caller in crowd)))] += 1
    return found


def once(callers: int) -> tuple[int, ...]:
    """Return what is right: one request was let in, its copies were not."""
    return (200, *[403] * (callers - 1))


def _statuses(answers: Sequence[Answer]) -> tuple[int, ...]:
    return tuple(sorted(answer.status for answer in answers))
