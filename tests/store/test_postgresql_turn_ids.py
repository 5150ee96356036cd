"""Ids for the units of one turn on PostgreSQL: in a row, and given back where nobody needs them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from postgresql_units import Recorded, adding
from store_units import at_once

from mockserver.store import Connection, open_store
from mockserver.store.ids import next_id
from tests.store.test_postgresql_ids import await_waiter, taking

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def test_ids_of_a_turn_follow_each_other(store: Any) -> None:
    for start in (1, 6, 11):  # the first turn does not know yet how many it will need
        assert at_once(store, *[taking] * 5) == list(range(start, start + 5))


def taking_in(sandbox_id: str) -> Callable[[Connection], int]:
    return lambda db: next_id(db, sandbox_id, "thing")


def messages_for_ids(store: Any, monkeypatch: pytest.MonkeyPatch, *works: Callable[[Connection], Any]) -> int:
    with monkeypatch.context() as patch:
        recorded = Recorded(patch)
        at_once(store, *works)
    return recorded.messages.count("execute_apart")


@pytest.mark.parametrize("before", [1, 2, 3])
def test_turn_asks_once_for_as_many_as_the_turn_before_took_for_each_unit(
    store: Any, monkeypatch: pytest.MonkeyPatch, before: int
) -> None:
    at_once(store, *[taking] * before)
    assert messages_for_ids(store, monkeypatch, *[taking] * 30) == 1
    assert store.run_now(taking) == before + 31


def test_share_of_the_units_that_take_ids_is_expected_again(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(store, taking, *[adding(name) for name in "abc"])
    quarter = [taking, *[adding(f"{number}") for number in range(27)], taking, taking]
    # 8 are taken, 5 given back
    assert messages_for_ids(store, monkeypatch, *quarter) == 2
    assert store.run_now(taking) == 5


def test_turn_that_knows_nothing_asks_for_more_each_time(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    at_once(store, *[adding(name) for name in "abc"])
    assert messages_for_ids(store, monkeypatch, *[taking] * 30) == 6  # 1, 1, 2, 4, 8, 14
    assert store.run_now(taking) == 31


def test_ids_of_many_counters_are_given_back_at_once(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    sandboxes = [taking_in(name) for name in "abcd"]
    at_once(store, *sandboxes, *sandboxes)
    assert messages_for_ids(store, monkeypatch, *sandboxes, *[adding(name) for name in "efgh"]) == 5
    assert [store.run_now(taking) for taking in sandboxes] == [4, 4, 4, 4]


def test_ids_that_nobody_needed_are_given_back(store: Any) -> None:
    at_once(store, *[taking] * 5)
    assert at_once(store, taking, *[adding(name) for name in "abcd"])[0] == 6
    assert store.run_now(taking) == 7


def test_ids_of_a_turn_that_is_done_again_are_given_back(store: Any) -> None:
    at_once(store, *[taking] * 5)
    store.run_now(adding("taken"))

    results = at_once(store, taking, adding("taken"), taking, taking)
    assert isinstance(results[1], psycopg.errors.UniqueViolation)
    assert [results[0], *results[2:]] == [6, 7, 8]
    assert store.run_now(taking) == 9


def test_ids_are_not_given_back_under_those_of_others(store: Any, second_store: Any) -> None:
    at_once(store, *[taking] * 5)

    def others(db: Connection) -> int:
        return int(second_store.run_now(taking))

    ours, theirs = at_once(store, taking, others)
    assert (ours, theirs) == (6, 8)  # two units were left when the first one asked: 6 and 7 were taken
    assert store.run_now(taking) == 9


def test_lock_of_the_counter_is_waited_for_by_a_turn_as_well(store: Any, other: Any) -> None:
    at_once(store, *[taking] * 3)
    with ThreadPoolExecutor(1) as threads:
        other.execute("BEGIN")
        other.execute("UPDATE counter SET value = 40 WHERE sandbox_id = 's'")
        taken = threads.submit(at_once, store, *[taking] * 3)
        await_waiter(other)
        other.execute("COMMIT")
        assert taken.result(10) == [41, 42, 43]
