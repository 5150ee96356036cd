"""Ids: counted up in each sandbox by itself, never given twice, on both stores."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver.store import Connection, Statement, Store, open_store
from mockserver.store.ids import continue_after, next_id

VALUE = Statement("SELECT value FROM counter WHERE sandbox_id = 'here' AND noun = 'thing'")
REMOVE = Statement("DELETE FROM counter WHERE sandbox_id = 'here'")


@pytest.fixture
def each_store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """SQLite, which does in their order what arrives together."""
    opened = open_store(f"sqlite:///{tmp_path}/ids.db")
    yield opened
    opened.close()


def take(db: Connection) -> int:
    return next_id(db, "here", "thing")


def take_in_vain(db: Connection) -> str:
    try:
        with db.savepoint():
            take(db)
            raise KeyError
    except KeyError:
        return "refused"


def taken_at_once(store: Store, *works: Any) -> list[Any]:
    """Let units of work arrive in the same moment; return their results."""

    async def run() -> list[Any]:
        return await asyncio.gather(*(store.run(work) for work in works))

    return asyncio.run(run())


def test_each_is_given_once(each_store: Store) -> None:
    assert sorted(taken_at_once(each_store, *[take] * 20)) == list(range(1, 21))
    assert sorted(taken_at_once(each_store, *[take] * 20)) == list(range(21, 41))


def test_each_sandbox_and_kind_counts_for_itself(each_store: Store) -> None:
    def take_of_each(db: Connection) -> list[int]:
        kinds = [("here", "thing"), ("here", "other"), ("there", "thing"), ("here", "thing")]
        return [next_id(db, *kind) for kind in kinds]

    assert each_store.run_now(take_of_each) == [1, 1, 1, 2]
    assert taken_at_once(each_store, take_of_each) == [[3, 2, 2, 4]]


def test_given_ones_stand_in_the_database_before_anybody_looks(store: Store) -> None:
    def take_and_look(db: Connection) -> Any:
        take(db)
        take(db)
        row = db.one(VALUE)
        return row and row["value"]

    assert taken_at_once(store, take, take_and_look, take) == [1, 3, 4]


def test_seed_with_ids_of_its_own_is_continued(store: Store) -> None:
    def seed_and_take(db: Connection) -> list[int]:
        before = take(db)
        continue_after(db, "here", "thing", 100)
        return [before, take(db)]

    assert taken_at_once(store, seed_and_take, take) == [[1, 101], 102]


def test_emptied_sandbox_begins_anew(store: Store) -> None:
    def empty_and_take(db: Connection) -> int:
        take(db)
        db.run(REMOVE)
        return take(db)

    assert taken_at_once(store, take, empty_and_take, take) == [1, 1, 2]


def test_refused_part_keeps_nobody_else_from_theirs(each_store: Store) -> None:
    first, refused, last = taken_at_once(each_store, take, take_in_vain, take)
    assert refused == "refused"
    assert first != last


def test_refused_part_gives_its_id_back(store: Store) -> None:
    assert taken_at_once(store, take, take_in_vain, take) == [1, "refused", 2]


def test_they_go_on_after_a_restart(database_url: str) -> None:
    first = open_store(database_url)
    assert sorted(taken_at_once(first, take, take)) == [1, 2]
    first.close()
    second = open_store(database_url)
    assert second.run_now(take) == 3
    second.close()


def test_two_servers_never_give_the_same(tmp_path: Path) -> None:
    stores = [open_store(f"sqlite:///{tmp_path}/shared.db") for _ in range(2)]
    given = [taken_at_once(stores[turn % 2], take, take) for turn in range(6)]
    assert [number for pair in given for number in pair] == list(range(1, 13))
    for store in stores:
        store.close()
