"""What a server does by itself: forget old nonces, remove sandboxes past their time to live."""

from __future__ import annotations

import asyncio
import functools
import logging

from mockserver.errors import StoreUnavailable
from mockserver.journey import House
from mockserver.running import RunningTime
from mockserver.store import Connection, Statement, nonces
from mockserver.worlds import Worlds

EVERY_SECONDS = 30
_OVERDUE = Statement("SELECT id FROM sandbox WHERE expires_ms <= :machine_ms ORDER BY expires_ms, id")
_WITH_OLD_NONCES = Statement(
    """
    SELECT id FROM sandbox WHERE EXISTS (
        SELECT 1 FROM nonce WHERE nonce.sandbox_id = sandbox.id AND nonce.kept_until_ms <= :running_ms
    ) ORDER BY id
    """
)
log = logging.getLogger("mockserver")


async def keep_up(house: House, worlds: Worlds, running: RunningTime) -> None:
    """Do the upkeep in small units of work, so that no request waits for it; ends by being cancelled."""
    while True:
        await asyncio.sleep(EVERY_SECONDS)
        try:
            await house.store.run(running.resume)
            for sandbox_id in await house.store.run(functools.partial(_waiting, house)):
                while await house.store.run(functools.partial(_slice, house, worlds, sandbox_id)):
                    await asyncio.sleep(0)  # requests come first
        except StoreUnavailable as problem:
            log.warning("upkeep put off: %s", problem.__cause__ or problem)


def waiting(db: Connection, *, machine_ms: int, running_ms: int) -> list[str]:
    """Return the sandboxes that have something to forget, or are to be forgotten: few of many."""
    rows = [*db.all(_OVERDUE, machine_ms=machine_ms), *db.all(_WITH_OLD_NONCES, running_ms=running_ms)]
    return list(dict.fromkeys(row["id"] for row in rows))


def _waiting(house: House, db: Connection) -> list[str]:
    return waiting(db, machine_ms=house.machine.now_ms(), running_ms=house.running_ms())


def _slice(house: House, worlds: Worlds, sandbox_id: str, db: Connection) -> bool:
    """Do one slice for one sandbox; return whether there may be more."""
    sandbox = house.sandboxes.get(db, sandbox_id)
    if sandbox is None:
        worlds.remove(db, sandbox_id, house.machine.now_ms())
        return False
    now_ms = sandbox.clock.now_ms(house.machine.now_ms())
    purged = nonces.purge(db, sandbox_id=sandbox_id, now_ms=now_ms, running_ms=house.running_ms())
    return purged >= nonces.PURGE_SLICE
