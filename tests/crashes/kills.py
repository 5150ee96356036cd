"""`kill -9` of every process under load: nothing acknowledged is lost, no replay is let in."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass, field

from mockserver.store import Connection, Statement, open_store
from tests.crashes.callers import Caller, ask_once
from tests.crashes.servers import CrashingServer
from tests.crashes.signed import Creation, creation, listing

READY_SECONDS = 3.0
_NAMES = Statement("SELECT name FROM proctorexam_institute")


@dataclass
class Record:
    """What callers know of what they sent: acknowledged, or without an answer when the server died."""

    acknowledged: list[Creation] = field(default_factory=list)
    unanswered: list[Creation] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)


@dataclass
class Toll:
    """What crashes did over some rounds; all but the first three must be empty or zero."""

    rounds: int = 0
    acknowledged: int = 0
    slowest_start_seconds: float = 0.0
    lost: list[str] = field(default_factory=list)
    let_in_twice: list[str] = field(default_factory=list)
    refused: list[int] = field(default_factory=list)

    @property
    def is_clean(self) -> bool:
        """Whether nothing was lost, let in twice or refused without a reason."""
        return not (self.lost or self.let_in_twice or self.refused)


async def keep_sending(server: CrashingServer, record: Record) -> None:
    """Send one new request after the other until the connection ends."""
    with contextlib.suppress(OSError, EOFError):
        async with Caller(server.port) as caller:
            while True:
                item = creation(server.access)
                record.unanswered.append(item)
                answer = await caller.ask(item.request)
                record.unanswered.remove(item)
                if answer.accepted:
                    record.acknowledged.append(item)
                else:
                    record.refused.append(answer.status)


async def round_of(server: CrashingServer, toll: Toll, *, load_seconds: float, callers: int) -> None:
    """Put load on the server, kill it, start it again and look at what it remembers."""
    record = Record()
    crowd = [asyncio.create_task(keep_sending(server, record)) for _ in range(callers)]
    await asyncio.sleep(load_seconds)
    server.kill()
    await asyncio.gather(*crowd)
    toll.slowest_start_seconds = max(toll.slowest_start_seconds, server.start())
    assert (await ask_once(server.port, listing(server.access))).accepted
    known = names(server.database)
    toll.rounds += 1
    toll.acknowledged += len(record.acknowledged)
    toll.refused += record.refused
    toll.lost += [item.name for item in record.acknowledged if item.name not in known]
    async with Caller(server.port) as caller:
        for item in record.acknowledged:
            if (await caller.ask(item.request)).status != 403:
                toll.let_in_twice.append(item.name)
        for item in record.unanswered:  # stored or not: the row says which, and so must the nonce
            answers = await caller.ask_all([item.request, item.request])
            accepted = sum(answer.accepted for answer in answers) + (item.name in known)
            toll.let_in_twice += [item.name] * (accepted > 1)
            toll.lost += [item.name] * (accepted < 1)


async def kill_again_and_again(
    server: CrashingServer, rounds: int, *, load_seconds: float = 0.15, callers: int = 8
) -> Toll:
    """Do `rounds` of them; the load lasts a little longer each time, so that the moment of death varies."""
    toll = Toll()
    for number in range(rounds):
        await round_of(server, toll, load_seconds=load_seconds * (1 + number % 7 / 7), callers=callers)
    return toll


def names(database: str) -> set[str]:
    """Return the names of all institutes, read beside the server."""
    store = open_store(database)

    def work(db: Connection) -> set[str]:
        return {str(row["name"]) for row in db.all(_NAMES)}

    try:
        return store.run_now(work)
    finally:
        store.close()
