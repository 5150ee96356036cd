"""What shares a transaction on PostgreSQL, what is put off, and what gets a transaction of its own."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from postgresql_units import ADD, ADD_ONCE, ALL, COUNT_ON, SLEEP, Recorded, adding, counting_on, rows
from store_units import at_once

from mockserver.errors import StoreUnavailable
from mockserver.store import Connection, Statement, open_store

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")
TURNS_OF_DISTRUST = 20

ENTER = Statement(
    """
    INSERT INTO journal (sandbox_id, at_ms, vendor, method, path, status, unread, duration_us, size, entry)
    VALUES (:sandbox_id, 0, 'consero', 'GET', '/', 200, 0, 0, 2, '{}')
    """
)
NUMBERS = Statement("SELECT number FROM journal WHERE sandbox_id = :sandbox_id ORDER BY number")
TRANSACTION = Statement("SELECT pg_current_xact_id()::text AS id, pg_backend_pid() AS session")
SOON = Statement("SELECT set_config('statement_timeout', '200ms', true) AS value")
PATIENCE = Statement("SELECT current_setting('lock_timeout') AS value")
for foreign in (TRANSACTION, SOON, PATIENCE):
    Statement.registered.remove(foreign)  # SQLite has no such functions


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def transaction(db: Connection) -> str:
    row = db.one(TRANSACTION)
    assert row is not None
    return str(row["id"])


def test_units_that_come_together_share_a_transaction(store: Any) -> None:
    assert len(set(at_once(store, *[transaction] * 5))) == 1


def test_what_nobody_asks_for_crosses_the_network_at_once(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    at_once(store, adding("warm"))
    recorded = Recorded(monkeypatch)
    at_once(store, *[adding(name) for name in "abcdefgh"])
    assert recorded.messages == ["begin", "execute_at_once", "commit"]
    assert sorted(rows(store)) == [*"abcdefgh", "warm"]


def test_what_was_put_off_is_there_for_who_reads_it(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    recorded = Recorded(monkeypatch)
    counted, found = at_once(
        store,
        lambda db: (db.put(ADD, name="a", text=""), db.run(COUNT_ON, name="a"))[1],
        lambda db: [row["taken_ms"] for row in db.all(ALL)],
    )
    assert (counted, found) == (1, [1])
    assert recorded.messages == ["begin", "execute_at_once", "execute", "commit"]


def test_entries_of_the_journal_are_numbered_in_their_order(store: Any) -> None:
    def entering(db: Connection) -> int:
        return db.insert(ENTER, sandbox_id="s")

    numbers = at_once(store, *[entering] * 5)
    assert numbers == sorted(set(numbers))
    assert store.run_now(entering) > numbers[-1]
    kept = store.run_now(lambda db: [row["number"] for row in db.all(NUMBERS, sandbox_id="s")])
    assert kept[:-1] == numbers


def test_wrong_expectation_is_put_right_for_its_unit_alone(store: Any) -> None:
    store.run_now(adding("taken"))

    def once(name: str) -> Callable[[Connection], bool]:
        return lambda db: db.expect_one(ADD_ONCE, name=name)

    assert at_once(store, once("new"), once("taken"), once("new"), once("other")) == [
        True,
        False,
        False,
        True,
    ]
    assert sorted(rows(store)) == ["new", "other", "taken"]


def test_same_expectation_in_one_turn_is_met_once_and_nothing_is_done_again(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    claim = Statement(
        "INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES (:sandbox_id, :name, 0, '') "
        "ON CONFLICT (sandbox_id, name) DO NOTHING"
    )
    recorded = Recorded(monkeypatch)

    def claiming(db: Connection) -> bool:
        return db.expect_one(claim, sandbox_id="s", name="a")

    assert at_once(store, claiming, claiming, claiming) == [True, False, False]
    assert "rollback" not in recorded.messages


def test_after_a_wrong_expectation_some_turns_ask_at_once(
    store: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.run_now(adding("taken"))

    def once(name: str) -> Callable[[Connection], bool]:
        return lambda db: db.expect_one(ADD_ONCE, name=name)

    assert at_once(store, once("taken"), once("a")) == [False, True]
    recorded = Recorded(monkeypatch)
    for _ in range(TURNS_OF_DISTRUST):
        assert at_once(store, once("taken"), once("a")) == [False, False]
    assert "rollback" not in recorded.messages
    assert recorded.messages.count("execute") == 2 * TURNS_OF_DISTRUST
    at_once(store, once("b"), once("c"))
    assert recorded.messages.count("execute") == 2 * TURNS_OF_DISTRUST


def test_refused_key_is_seen_by_its_unit_alone(store: Any) -> None:
    store.run_now(adding("taken"))

    def add(name: str) -> Callable[[Connection], str]:
        def work(db: Connection) -> str:
            try:
                with db.savepoint():
                    db.put(ADD, name=name, text="")
            except Exception as error:
                return "taken" if db.breaks_unique_key(error) else "failed"
            return "added"

        return work

    assert at_once(store, add("new"), add("taken"), add("other")) == ["added", "taken", "added"]
    assert sorted(rows(store)) == ["new", "other", "taken"]


def test_failure_that_a_unit_hides_costs_its_neighbours_nothing(store: Any) -> None:
    store.run_now(adding("taken"))

    def hide(db: Connection) -> None:
        with contextlib.suppress(psycopg.errors.UniqueViolation):
            db.run(ADD, name="taken", text="")

    results = at_once(store, adding("before"), hide, adding("after"))
    assert isinstance(results[1], psycopg.errors.InFailedSqlTransaction)
    assert sorted(rows(store)) == ["after", "before", "taken"]


def test_unit_that_waits_for_a_lock_does_not_keep_its_neighbours(store: Any, other: Any) -> None:
    store.run_now(lambda db: [adding("held")(db), adding("free")(db)])
    with other.transaction():
        other.execute("UPDATE snapshot SET taken_ms = 9 WHERE name = 'held'")
        results = at_once(store, counting_on("free"), counting_on("held"), counting_on("free"))
    assert results[0] == results[2] == [1]
    assert isinstance(results[1], StoreUnavailable)
    assert rows(store) == {"free": 2, "held": 9}


def test_units_together_wait_less_for_a_lock_than_one_alone(store: Any) -> None:
    def patience(db: Connection) -> str:
        row = db.one(PATIENCE)
        assert row is not None
        return str(row["value"])

    for _ in range(2):  # on the same connection: what holds for one transaction does not outlive it
        assert at_once(store, patience, patience) == ["100ms", "100ms"]
        assert at_once(store, patience) == ["2s"]


def test_turns_of_two_servers_that_wait_for_each_other_get_on(store: Any, second_store: Any) -> None:
    store.run_now(lambda db: [adding(name)(db) for name in "ab"])
    both_began = threading.Barrier(2)

    def crosswise(one: Any, first: str, second: str) -> list[Any]:
        tries: list[int] = []

        def begin(db: Connection) -> list[int]:
            counted = [db.run(COUNT_ON, name=first)]
            tries.append(1)
            if len(tries) == 1:
                both_began.wait(5)
            return counted

        return at_once(one, begin, counting_on(second))

    with ThreadPoolExecutor(2) as threads:
        done = [
            threads.submit(crosswise, store, "a", "b"),
            threads.submit(crosswise, second_store, "b", "a"),
        ]
        assert [future.result(20) for future in done] == [[[1], [1]]] * 2
    assert rows(store) == {"a": 2, "b": 2}


def test_unit_that_fails_in_the_database_does_not_take_its_neighbours_along(store: Any) -> None:
    def too_slow(db: Connection) -> None:
        db.one(SOON)
        db.one(SLEEP, seconds=60)

    results = at_once(store, adding("before"), too_slow, adding("after"))
    assert isinstance(results[1], StoreUnavailable)
    assert isinstance(results[1].__cause__, psycopg.errors.QueryCanceled)
    assert sorted(rows(store)) == ["after", "before"]


def test_mistake_of_ours_in_one_unit_is_told_to_its_caller_alone(store: Any) -> None:
    wrong = Statement("SELECT name FROM nowhere")
    Statement.registered.remove(wrong)
    results = at_once(store, adding("before"), lambda db: db.one(wrong), adding("after"))
    assert isinstance(results[1], psycopg.errors.UndefinedTable)
    assert sorted(rows(store)) == ["after", "before"]


def test_row_that_was_read_is_known_until_the_turn_changes_it(
    store: Any, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    store.run_now(adding("a"))
    one = Statement("SELECT taken_ms FROM snapshot WHERE sandbox_id = 's' AND name = :name")
    Statement.registered.remove(one)

    def known(db: Connection) -> int:
        row = db.known(one, name="a")
        assert row is not None
        return int(row["taken_ms"])

    recorded = Recorded(monkeypatch)
    assert at_once(store, known, known, counting_on("a"), known, known) == [0, 0, [1], 1, 1]
    assert recorded.messages.count("execute") == 3
    other.execute("UPDATE snapshot SET taken_ms = 7")
    assert at_once(store, known) == [7]


def test_what_the_turn_before_has_asked_is_read_with_the_beginning_of_the_next(
    store: Any, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = Statement("SELECT taken_ms FROM snapshot WHERE sandbox_id = 's' AND name = :name")
    Statement.registered.remove(one)

    def known(db: Connection) -> int | None:
        row = db.known(one, name="a")
        return None if row is None else int(row["taken_ms"])

    store.run_now(adding("a"))
    assert store.run_now(known) == 0
    store.run_now(adding("b"))  # asks nothing, so that what was asked before stands
    recorded = Recorded(monkeypatch)
    other.execute("UPDATE snapshot SET taken_ms = 7")
    assert at_once(store, known, known) == [7, 7]
    assert recorded.messages == ["begin", "commit"]
    other.execute("DELETE FROM snapshot")
    assert at_once(store, known) == [None]
