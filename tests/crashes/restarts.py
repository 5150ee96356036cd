"""Requests without a pause while something restarts: what is answered, what is cut, what comes after."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from tests.crashes.callers import Answer, ask_once
from tests.crashes.servers import CrashingServer
from tests.crashes.signed import Creation, creation


@dataclass
class Log:
    """What callers saw: answers by status, cut connections, and what was acknowledged."""

    statuses: Counter[int] = field(default_factory=Counter)
    cut: list[Creation] = field(default_factory=list)
    acknowledged: list[Creation] = field(default_factory=list)
    unavailable: list[Answer] = field(default_factory=list)


async def under_load(server: CrashingServer, happen: Callable[[], object], *, callers: int = 8) -> Log:
    """Let callers send new requests, each on a connection of its own, while `happen` is done in a thread."""
    log = Log()
    is_over = asyncio.Event()
    crowd = [asyncio.create_task(_send_until(server, log, is_over)) for _ in range(callers)]
    await asyncio.sleep(0.2)
    await asyncio.to_thread(happen)
    await asyncio.sleep(0.3)
    is_over.set()
    await asyncio.gather(*crowd)
    return log


async def eventually_accepted(server: CrashingServer, *, seconds: float = 10) -> bool:
    """Tell whether new requests are let in again in time."""
    try:
        async with asyncio.timeout(seconds):
            while not (await ask_once(server.port, creation(server.access).request)).accepted:
                await asyncio.sleep(0.1)
    except TimeoutError:
        return False
    return True


async def _send_until(server: CrashingServer, log: Log, is_over: asyncio.Event) -> None:
    while not is_over.is_set():
        item = creation(server.access)
        try:
            answer = await ask_once(server.port, item.request)
        except (OSError, EOFError):
            log.cut.append(item)
            continue
        log.statuses[answer.status] += 1
        if answer.accepted:
            log.acknowledged.append(item)
        elif answer.status == 503:
            log.unavailable.append(answer)
