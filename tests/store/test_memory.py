"""Rows that are known without reading: never older than the database, whoever has written to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from store_units import at_once

from mockserver.store import Connection, Statement, Store, open_store

PUT = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('here', 'thing', :value)")
ADD = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('there', 'thing', :value)")
PUT_ANYHOW = Statement(
    """
    INSERT INTO counter (sandbox_id, noun, value) VALUES ('here', 'thing', :value)
    ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = excluded.value
    """
)
SET = Statement("UPDATE counter SET value = :value WHERE sandbox_id = 'here'")
GIVE = Statement("UPDATE counter SET value = :value WHERE sandbox_id = 'here' RETURNING value")
REMOVE = Statement("DELETE FROM counter WHERE sandbox_id = 'here'")
VALUE = Statement("SELECT value FROM counter WHERE sandbox_id = :sandbox_id")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "memory.db"


@pytest.fixture
def store(place: Path) -> Iterator[Any]:
    opened = open_store(f"sqlite:///{place}")
    opened.run_now(lambda db: db.run(PUT, value=1))
    yield opened
    opened.close()


@pytest.fixture
def other(place: Path, store: Store) -> Iterator[Store]:
    """Another process with the same file, as far as SQLite can tell."""
    opened = open_store(f"sqlite:///{place}")
    yield opened
    opened.close()


def value(db: Connection) -> int | None:
    row = db.known(VALUE, sandbox_id="here")
    return None if row is None else row["value"]


def setting(number: int) -> Callable[[Connection], int]:
    return lambda db: db.run(SET, value=number)


def test_row_is_read_once(store: Any) -> None:
    at_once(store, value)
    asked: list[str] = []
    store._file.driver.set_trace_callback(asked.append)
    assert at_once(store, value, value) == [1, 1]
    assert asked == ["BEGIN IMMEDIATE", "PRAGMA data_version", "COMMIT"]


def test_row_beside_it_costs_no_reading(store: Any) -> None:
    at_once(store, value)
    asked: list[str] = []
    store._file.driver.set_trace_callback(asked.append)
    assert at_once(store, lambda db: db.run(ADD, value=2), value) == [1, 1]
    assert [text for text in asked if text.startswith("SELECT")] == []


def test_insert_that_changes_a_row_is_seen(store: Store) -> None:
    assert at_once(store, value, lambda db: db.run(PUT_ANYHOW, value=4), value) == [1, 1, 4]


def test_own_change_is_seen_at_once(store: Store) -> None:
    assert at_once(store, value, setting(2), value) == [1, 1, 2]
    assert at_once(store, value) == [2]


def test_change_that_returns_rows_is_seen_as_well(store: Store) -> None:
    found = at_once(store, value, lambda db: db.one(GIVE, value=7), value)
    assert (found[0], found[2]) == (1, 7)


def test_removed_row_is_gone(store: Store) -> None:
    assert at_once(store, value, lambda db: db.run(REMOVE), value) == [1, 1, None]


def test_row_that_comes_is_seen(store: Store) -> None:
    at_once(store, lambda db: db.run(REMOVE))
    assert at_once(store, value, lambda db: db.run(PUT, value=3), value) == [None, 1, 3]


def test_change_by_another_process_is_seen_with_the_next_transaction(store: Store, other: Store) -> None:
    assert at_once(store, value) == [1]
    other.run_now(setting(5))
    assert at_once(store, value) == [5]


def test_change_of_a_failed_unit_is_forgotten(store: Store) -> None:
    def fail(db: Connection) -> None:
        db.run(SET, value=9)
        assert value(db) == 9
        raise KeyError

    found = at_once(store, value, fail, value)
    assert (found[0], found[2]) == (1, 1)
    assert at_once(store, value) == [1]


def test_undone_part_is_forgotten(store: Store) -> None:
    def refuse_a_part(db: Connection) -> int | None:
        try:
            with db.savepoint():
                db.run(SET, value=9)
                assert value(db) == 9
                raise KeyError
        except KeyError:
            return value(db)

    assert at_once(store, refuse_a_part, value) == [1, 1]


def test_transaction_that_sqlite_undid_is_forgotten(store: Any) -> None:
    def lose_everything(db: Connection) -> None:
        db.run(SET, value=9)
        value(db)
        store._file.driver.execute("ROLLBACK")
        raise KeyError

    at_once(store, lose_everything)
    assert at_once(store, value) == [1]


def test_copy_of_the_database_put_in_its_place_is_read_anew(store: Store, place: Path) -> None:
    at_once(store, value)
    copy = place.with_suffix(".copy")
    store.run_now(lambda db: None)
    store._file.driver.execute("VACUUM INTO ?", (str(copy),))  # type: ignore[attr-defined]
    twin = open_store(f"sqlite:///{copy}")
    twin.run_now(setting(8))
    twin.close()
    copy.replace(place)
    Path(f"{place}-wal").unlink()
    Path(f"{place}-shm").unlink()
    assert at_once(store, value) == [8]
