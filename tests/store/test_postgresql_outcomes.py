"""Whoever awaits a unit of work on PostgreSQL is told what became of it, once, and nothing else."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from postgresql_units import ADD, ADD_ONCE, SLEEP, adding
from store_units import at_once

from mockserver.errors import StoreUnavailable
from mockserver.store import Connection, Statement, open_store
from mockserver.store.ids import next_id

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")

REMEMBER = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('s', :noun, :value)")
NOUNS = Statement("SELECT noun, value FROM counter WHERE sandbox_id = 's' ORDER BY noun")
NAMES = Statement("SELECT name FROM snapshot WHERE sandbox_id = 's' ORDER BY name")
SOON = Statement("SELECT set_config('statement_timeout', '50ms', true) AS value")
Statement.registered.remove(SOON)  # SQLite has no such function


class Broken(BaseException):
    """No `Exception`, as the panic of an extension is none."""


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def names(db: Connection) -> list[str]:
    return [row["name"] for row in db.all(NAMES)]


def too_slow(db: Connection) -> None:
    db.one(SOON)
    db.one(SLEEP, seconds=60)


def await_idle(store: Any) -> None:
    """Return once no worker is left."""
    deadline = time.monotonic() + 10
    while store.turns._workers:
        assert time.monotonic() < deadline, "a worker stayed"
        time.sleep(0.01)


def test_worker_whose_callers_have_all_gone_goes_as_well(store: Any) -> None:
    async def run() -> None:
        for _ in range(9):
            store.run(adding("gone")).cancel()
            await asyncio.sleep(0.02)
        await asyncio.wait_for(store.run(adding("here")), 10)

    asyncio.run(run())
    await_idle(store)
    assert store.run_now(names) == ["here"]


def test_error_that_ends_threads_is_told_to_a_unit_alone(store: Any) -> None:
    tries: list[None] = []

    def break_down(db: Connection) -> None:
        tries.append(None)
        if len(tries) == 1:
            too_slow(db)
        raise Broken

    results = at_once(store, break_down, adding("after"))
    assert isinstance(results[0], StoreUnavailable)
    assert store.run_now(names) == ["after"]


def test_error_that_ends_threads_leaves_the_store_working(store: Any) -> None:
    def break_down(db: Connection) -> None:
        raise Broken

    assert isinstance(at_once(store, break_down)[0], StoreUnavailable)
    assert at_once(store, adding("after")) == [None]


def test_end_of_an_iterator_is_an_error_as_any_other(database_url: str) -> None:
    store = open_store(database_url)
    with contextlib.closing(store):
        results = at_once(store, lambda db: next(iter(())), adding("after"))
        assert isinstance(results[0], RuntimeError)
        assert results[1] is None
        assert store.run_now(names) == ["after"]


def test_unit_that_comes_after_the_end_is_refused(database_url: str) -> None:
    store = open_store(database_url)
    store.close()
    assert isinstance(at_once(store, names)[0], StoreUnavailable)


def test_units_that_have_to_go_on_alone_while_the_store_closes_are_told(postgresql_url: str) -> None:
    store = open_store(postgresql_url)

    async def run() -> list[Any]:
        awaited = asyncio.gather(store.run(too_slow), store.run(adding("beside")), return_exceptions=True)
        await asyncio.sleep(0.02)
        await asyncio.to_thread(store.close)
        return await asyncio.wait_for(awaited, 10)

    results = asyncio.run(run())
    assert isinstance(results[0], StoreUnavailable)


def test_what_is_committed_is_not_done_again_when_ids_cannot_be_given_back(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mockserver.store.postgresql_ids import TurnIds

    def fail(self: Any, *, all_of_them: bool) -> None:
        raise OSError

    done: list[None] = []

    def work(db: Connection) -> int:
        done.append(None)
        return next_id(db, "s", "thing")

    monkeypatch.setattr(TurnIds, "give_back", fail)
    assert at_once(store, work, work) == [1, 2]
    assert len(done) == 2


@pytest.mark.parametrize("text", ["\x00", "\udc80"])
def test_text_that_the_database_cannot_hold_is_told_to_who_brought_it(store: Any, text: str) -> None:
    def remember(db: Connection) -> None:
        db.put(REMEMBER, noun="kept", value=1)

    results = at_once(store, adding("before"), remember, adding("bad", text), names, adding("after"))
    assert [type(result) for result in results[:2]] == [type(None)] * 2
    assert isinstance(results[2], psycopg.DataError | UnicodeEncodeError)
    assert results[3:] == [["before"], None]
    assert store.run_now(names) == ["after", "before"]
    assert [row["noun"] for row in store.run_now(lambda db: db.all(NOUNS))] == ["kept"]


def test_statement_that_was_sent_behind_a_refused_one_is_executed_when_it_is_done_again(store: Any) -> None:
    """The driver takes for prepared what it sent behind the refused one, and what never was."""
    store.run_now(adding("taken"))

    def remembering(noun: str) -> Callable[[Connection], None]:
        return lambda db: db.put(REMEMBER, noun=noun, value=1)

    def fail(db: Connection) -> None:
        raise KeyError

    at_once(store, fail)  # after the first rollback the driver forgets what is prepared,
    at_once(store, fail)  # after the second it no longer does
    assert at_once(store, lambda db: db.run(REMEMBER, noun="a", value=1)) == [1]
    results = at_once(store, adding("new"), remembering("b"), adding("taken"))
    assert results[:2] == [None, None]
    assert isinstance(results[2], psycopg.errors.UniqueViolation)


@pytest.mark.parametrize("expected_first", [True, False])
def test_expectation_holds_beside_the_same_statement_without_one(store: Any, expected_first: bool) -> None:
    store.run_now(adding("taken"))

    def expect(db: Connection) -> bool:
        return db.expect_one(ADD_ONCE, name="taken")

    def put(db: Connection) -> None:
        db.put(ADD_ONCE, name="taken")

    works = [expect, put] if expected_first else [put, expect]
    assert False in at_once(store, *works)


def test_values_of_other_types_go_through_one_statement(store: Any) -> None:
    def remember(db: Connection) -> None:
        for number, value in enumerate([1, 70_000, 2**40, -1, 2**62]):
            db.put(REMEMBER, noun=str(number), value=value)

    at_once(store, remember)
    kept = [row["value"] for row in store.run_now(lambda db: db.all(NOUNS))]
    assert kept == [1, 70_000, 2**40, -1, 2**62]


def test_more_is_put_off_than_the_network_holds(store: Any) -> None:
    def add_many(db: Connection) -> None:
        for number in range(3_000):
            db.put(ADD, name=f"{number:04}", text="x" * 10_000)

    assert at_once(store, add_many, adding("beside")) == [None, None]
    assert len(store.run_now(names)) == 3_001


def test_first_of_many_statements_fails(store: Any) -> None:
    def add_many(db: Connection) -> None:
        for number in range(3_000):
            db.put(ADD, name=f"{number:04}", text="x" * 10_000)
            db.put(REMEMBER, noun=f"{number:04}", value=1)

    store.run_now(adding("0000"))
    results = at_once(store, add_many, adding("beside"))
    assert isinstance(results[0], psycopg.errors.UniqueViolation)
    assert results[1] is None
    assert store.run_now(names) == ["0000", "beside"]
