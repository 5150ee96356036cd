"""Units of work for a store: one that adds, one that refuses, one that fails; and what became of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from mockserver.store import Connection, Statement, Store

SET = Statement(
    "INSERT INTO counter (sandbox_id, noun, value) VALUES ('s', :noun, :value) "
    "ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = excluded.value"
)
INSERT = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('s', :noun, 1)")
ALL = Statement("SELECT noun FROM counter WHERE sandbox_id = 's' ORDER BY noun")


def adding(noun: str) -> Callable[[Connection], str]:
    def work(db: Connection) -> str:
        db.run(SET, noun=noun, value=1)
        return noun

    return work


def refusing(db: Connection) -> None:
    db.run(SET, noun="half", value=1)
    raise ValueError("no")


def failing(db: Connection) -> None:
    db.run(INSERT, noun="broken")


def nouns(store: Store) -> list[str]:
    return [row["noun"] for row in store.run_now(lambda db: db.all(ALL))]


def at_once(store: Store, *works: Callable[[Connection], Any]) -> list[Any]:
    """Run units that come in one turn of the event loop; return results and errors, or fail if they hang."""

    async def run() -> list[Any]:
        awaited = asyncio.gather(*(store.run(work) for work in works), return_exceptions=True)
        return await asyncio.wait_for(awaited, 10)

    return asyncio.run(run())


def kinds(found: list[Any]) -> list[Any]:
    return [type(item) if isinstance(item, Exception) else item for item in found]
