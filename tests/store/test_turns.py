"""Units of work that arrive together, on both stores: what is undone, what stands."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from store_units import at_once

from mockserver.store import Connection, Statement, Store, open_store

PUT = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('here', :noun, 1)")
NOUNS = Statement("SELECT noun FROM counter ORDER BY noun")


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


def nouns(db: Connection) -> list[str]:
    return [row["noun"] for row in db.all(NOUNS)]


def putting(noun: str) -> Any:
    return lambda db: db.run(PUT, noun=noun)


def put_and_fail(db: Connection) -> None:
    db.run(PUT, noun="failed")
    raise KeyError


def refuse_a_part(db: Connection) -> str:
    db.run(PUT, noun="kept")
    try:
        with db.savepoint():
            db.run(PUT, noun="undone")
            raise KeyError
    except KeyError:
        return "refused"


def test_failed_unit_is_undone_and_its_neighbours_stand(store: Store) -> None:
    results = at_once(store, putting("before"), put_and_fail, putting("after"))
    assert results[0] == results[2] == 1
    assert isinstance(results[1], KeyError)
    assert store.run_now(nouns) == ["after", "before"]


def test_undone_part_leaves_the_rest_of_its_unit(store: Store) -> None:
    assert at_once(store, putting("before"), refuse_a_part, putting("after")) == [1, "refused", 1]
    assert store.run_now(nouns) == ["after", "before", "kept"]


def test_refused_unique_key_leaves_the_rest_of_its_unit(store: Store) -> None:
    def put_twice(db: Connection) -> bool:
        db.run(PUT, noun="kept")
        try:
            with db.savepoint():
                db.run(PUT, noun="kept")
        except Exception as error:
            return db.breaks_unique_key(error)
        return False

    assert at_once(store, put_twice, putting("after")) == [True, 1]
    assert store.run_now(nouns) == ["after", "kept"]


def test_whole_turn_is_done_again_with_savepoints(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/turns.db")
    done: list[str] = []

    def note(db: Connection) -> None:
        done.append("neighbour")

    at_once(store, note, refuse_a_part)
    store.close()
    assert done == ["neighbour", "neighbour"]


def test_failure_that_wrote_nothing_costs_its_neighbours_nothing(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/turns.db")
    done: list[str] = []

    def note(db: Connection) -> None:
        done.append("neighbour")

    def fail(db: Connection) -> None:
        raise KeyError

    at_once(store, note, fail)
    store.close()
    assert done == ["neighbour"]
