"""Ids for the units of one turn on PostgreSQL: in a row, and given back where nobody needs them."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mockserver.store import Connection, open_store
from tests.store.test_postgresql_ids import await_waiter, taking
from tests.store.test_postgresql_transactions import adding, at_once

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def test_ids_of_a_turn_follow_each_other(store: Any) -> None:
    for start in (1, 6, 11):  # the first turn does not know yet how many it will need
        assert at_once(store, *[taking] * 5) == list(range(start, start + 5))


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
