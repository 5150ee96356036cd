"""PostgreSQL when something is wrong: lost connections, locks, conflicts, a database that takes no writes."""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from postgresql_units import adding as putting
from postgresql_units import counting_on
from postgresql_units import rows as kept
from store_units import at_once

from mockserver.errors import StoreUnavailable
from mockserver.store import Connection, Statement, Store, open_store

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")

SET = Statement(
    "INSERT INTO counter (sandbox_id, noun, value) VALUES ('s', :noun, 1) "
    "ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = counter.value + 1 RETURNING value"
)
ADD = Statement("INSERT INTO counter (sandbox_id, noun, value) VALUES ('s', 'b', 1)")
ALL = Statement("SELECT noun, value FROM counter WHERE sandbox_id = 's' ORDER BY noun")


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


def adding(noun: str) -> Callable[[Connection], int]:
    def work(db: Connection) -> int:
        row = db.one(SET, noun=noun)
        assert row is not None
        return int(row["value"])

    return work


def rows(store: Store) -> dict[str, int]:
    return {row["noun"]: row["value"] for row in store.run_now(lambda db: db.all(ALL))}


def end_all_connections(other: Any) -> None:
    other.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
        "WHERE pid <> pg_backend_pid() AND datname = current_database()"
    )


def eight_at_once(store: Store) -> list[int]:
    barrier = threading.Barrier(8)

    def work(db: Connection) -> int:
        db.all(ALL)  # here a connection turns out to be dead, and the unit is repeated
        barrier.wait(5)
        return adding("warm")(db)

    with ThreadPoolExecutor(8) as threads:
        return list(threads.map(store.run_now, [work] * 8))


def test_connections_that_were_ended_are_replaced(store: Any, other: Any) -> None:
    """As after a restart of PostgreSQL: every idle connection is dead, and no request is refused for it."""
    assert sorted(eight_at_once(store)) == list(range(1, 9))
    end_all_connections(other)
    assert store.run_now(adding("a")) == 1
    end_all_connections(other)
    assert sorted(eight_at_once(store)) == list(range(9, 17))


def test_connection_that_was_ended_leaves_no_noise_of_the_driver_in_the_log(
    store: Any, other: Any, caplog: pytest.LogCaptureFixture
) -> None:
    assert store.run_now(adding("a")) == 1
    end_all_connections(other)
    assert store.run_now(adding("a")) == 2
    assert caplog.messages == []


def test_unit_whose_connection_ends_before_the_commit_is_repeated_whole(store: Any, other: Any) -> None:
    tries: list[int] = []

    def work(db: Connection) -> int:
        tries.append(adding("a")(db))
        if len(tries) == 1:
            end_all_connections(other)
        return adding("b")(db)

    assert store.run_now(work) == 1
    assert tries == [1, 1]
    assert rows(store) == {"a": 1, "b": 1}


def test_unit_whose_connection_ends_in_the_commit_is_unavailable_and_not_repeated(
    store: Any, other: Any
) -> None:
    tries: list[int] = []

    def work(db: Connection) -> int:
        tries.append(adding("a")(db))
        end_all_connections(other)
        return 1

    with pytest.raises(StoreUnavailable):
        store.run_now(work)
    assert tries == [1]
    assert store.run_now(adding("b")) == 1


def test_conflict_that_may_be_repeated_is_repeated_a_few_times(store: Any) -> None:
    tries: list[int] = []

    def work(db: Connection) -> None:
        tries.append(1)
        raise psycopg.errors.SerializationFailure

    with pytest.raises(StoreUnavailable) as refused:
        store.run_now(work)
    assert len(tries) == 4
    assert isinstance(refused.value.__cause__, psycopg.errors.SerializationFailure)


def test_lock_of_another_is_not_waited_for_for_ever(store: Any, other: Any) -> None:
    with other.transaction():
        other.execute("LOCK TABLE counter")
        with pytest.raises(StoreUnavailable) as refused:
            store.run_now(adding("a"))
    assert isinstance(refused.value.__cause__, psycopg.errors.LockNotAvailable)
    assert store.run_now(adding("a")) == 1


def test_database_that_takes_no_writes_is_unavailable(store: Any, other: Any) -> None:
    name = other.info.dbname
    other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    end_all_connections(other)
    with pytest.raises(StoreUnavailable):
        store.run_now(adding("a"))
    other.execute("SET default_transaction_read_only = off")
    other.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = off")
    end_all_connections(other)
    assert store.run_now(adding("a")) == 1


def test_unit_that_raises_leaves_nothing(store: Any) -> None:
    def work(db: Connection) -> None:
        adding("a")(db)
        raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        store.run_now(work)
    assert rows(store) == {}


def test_failure_that_a_unit_hides_is_not_taken_for_stored(store: Any) -> None:
    """PostgreSQL answers the commit of a failed transaction by undoing it, and calls that no error."""

    def work(db: Connection) -> None:
        adding("a")(db)
        with contextlib.suppress(psycopg.errors.UniqueViolation):
            db.run(ADD)

    store.run_now(lambda db: db.run(ADD))
    with pytest.raises(psycopg.errors.InFailedSqlTransaction):
        store.run_now(work)
    assert rows(store) == {"b": 1}


def test_text_that_postgresql_cannot_hold_is_refused_and_not_cut(store: Any) -> None:
    with pytest.raises(psycopg.DataError, match="NUL"):
        store.run_now(adding("a\x00b"))
    assert rows(store) == {}


def test_our_own_mistake_is_not_blamed_on_the_store(store: Any) -> None:
    wrong = Statement("SELECT name FROM nowhere")
    Statement.registered.remove(wrong)
    with pytest.raises(psycopg.errors.UndefinedTable):
        store.run_now(lambda db: db.one(wrong))
    assert store.run_now(adding("a")) == 1


def test_server_that_is_not_there_is_unavailable_at_once(store: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store.transactions, "address", "postgresql://postgres@127.0.0.1:1/nothing")
    with pytest.raises(StoreUnavailable):
        store.run_now(adding("a"))


def test_turn_whose_connection_ends_before_the_commit_is_repeated_whole(store: Any, other: Any) -> None:
    tries: list[int] = []

    def end_connections(db: Connection) -> None:
        tries.append(1)
        if len(tries) == 1:
            end_all_connections(other)

    assert at_once(store, putting("a"), end_connections, counting_on("a"))[2] == [1]
    assert len(tries) == 2
    assert kept(store) == {"a": 1}


def test_turn_whose_connection_ends_in_the_commit_is_unavailable_and_not_repeated(
    store: Any, other: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from mockserver.store.postgresql_session import PostgresqlSession

    real = PostgresqlSession.commit

    def commit(session: Any) -> None:
        monkeypatch.setattr(PostgresqlSession, "commit", real)
        end_all_connections(other)
        real(session)

    monkeypatch.setattr(PostgresqlSession, "commit", commit)
    results = at_once(store, putting("a"), putting("b"))
    assert [type(result) for result in results] == [StoreUnavailable] * 2
    assert kept(store) == {}
