"""Whose turn it is on PostgreSQL: slow turns, callers that have gone, callers of several event loops."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from postgresql_units import SLEEP, adding, rows

from mockserver.store import open_store
from tests.store.test_postgresql_outcomes import await_idle

pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def test_unit_that_comes_while_a_turn_takes_long_gets_one_beside_it(store: Any) -> None:
    async def run() -> None:
        slow = asyncio.ensure_future(store.run(lambda db: db.one(SLEEP, seconds=2)))
        await asyncio.sleep(0.05)
        await store.run(adding("quick"))
        assert not slow.done()
        await slow

    asyncio.run(run())
    await_idle(store)


def test_more_slow_units_than_turns_wait_and_are_done(store: Any) -> None:
    async def run() -> None:
        slow = []
        for _ in range(10):
            slow.append(asyncio.ensure_future(store.run(lambda db: db.one(SLEEP, seconds=0.4))))
            await asyncio.sleep(0.12)
        await asyncio.gather(*slow, *(store.run(adding(name)) for name in "abc"))

    asyncio.run(run())
    assert sorted(rows(store)) == ["a", "b", "c"]


def test_unit_whose_caller_has_gone_is_left_out(store: Any) -> None:
    async def run() -> None:
        gone = store.run(adding("gone"))
        gone.cancel()
        await store.run(adding("here"))

    asyncio.run(run())
    assert sorted(rows(store)) == ["here"]


def test_callers_of_two_event_loops_are_told_in_their_own(store: Any) -> None:
    async def run(name: str) -> str:
        for number in range(20):
            await store.run(adding(f"{name}-{number}"))
        return name

    with ThreadPoolExecutor(3) as threads:
        assert list(threads.map(lambda name: asyncio.run(run(name)), "abc")) == ["a", "b", "c"]
    assert len(rows(store)) == 60
