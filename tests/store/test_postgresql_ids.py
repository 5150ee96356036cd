"""Ids on PostgreSQL are counted apart from the unit of work: what that must not break."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from mockserver.store import Connection, Statement, open_store
from mockserver.store.ids import continue_after, next_id

psycopg = pytest.importorskip("psycopg", reason="needs 'pip install psycopg[binary]'")

TOUCH_BUILDING = Statement("UPDATE building SET running_ms = running_ms + 1")
DURABILITY = Statement("SELECT current_setting('synchronous_commit') AS name")
Statement.registered.remove(DURABILITY)  # SQLite has no such function


@pytest.fixture
def store(postgresql_url: str) -> Iterator[Any]:
    opened = open_store(postgresql_url)
    assert opened.run_now(taking) == 1
    yield opened
    opened.close()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(2) as pool:
        yield pool


def taking(db: Connection) -> int:
    return next_id(db, "s", "thing")


def await_waiter(driver: Any, seconds: float = 10) -> None:
    """Return once somebody in the database waits for a lock."""
    waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
    deadline = time.monotonic() + seconds
    while driver.execute(waiting).fetchone()[0] == 0:
        assert time.monotonic() < deadline, "nobody waits"
        time.sleep(0.01)


def test_id_is_given_while_another_unit_has_one_and_is_under_way(store: Any) -> None:
    assert store.run_now(lambda db: [taking(db), store.run_now(taking), taking(db)]) == [2, 3, 4]


def test_id_of_work_that_is_undone_is_not_given_again(store: Any) -> None:
    def work(db: Connection) -> None:
        taking(db)
        raise KeyError

    with pytest.raises(KeyError):
        store.run_now(work)
    assert store.run_now(taking) == 3


def test_ids_continue_where_the_same_unit_has_set_them(store: Any) -> None:
    """The unit must not wait for a lock of its own."""

    def work(db: Connection) -> list[int]:
        before = taking(db)
        continue_after(db, "s", "thing", 40)
        return [before, taking(db), taking(db)]

    assert store.run_now(work) == [2, 41, 42]
    assert store.run_now(taking) == 43


def test_undone_unit_sets_no_counter(store: Any) -> None:
    def work(db: Connection) -> None:
        continue_after(db, "s", "thing", 40)
        taking(db)
        raise KeyError

    with pytest.raises(KeyError):
        store.run_now(work)
    assert store.run_now(taking) == 2


def test_units_that_follow_wait_for_the_disk(store: Any) -> None:
    """Only the counting does not: what it sets for its transaction must not outlive it."""
    names = [store.run_now(lambda db: db.one(DURABILITY))["name"] for _ in range(3)]
    assert names == ["on"] * 3


def test_id_waits_for_a_world_that_is_being_put_back(
    store: Any, other: Any, threads: ThreadPoolExecutor
) -> None:
    """An id of the world before would come a second time in the world after."""
    other.execute("BEGIN")
    other.execute("UPDATE counter SET value = 40 WHERE sandbox_id = 's'")
    taken = threads.submit(store.run_now, taking)
    await_waiter(other)
    other.execute("COMMIT")
    assert taken.result(10) == 41


def test_one_who_holds_the_counter_and_waits_for_the_unit_gets_on(
    store: Any, other: Any, threads: ThreadPoolExecutor
) -> None:
    """PostgreSQL sees no deadlock where a unit waits with two sessions."""
    tries: list[int] = []
    counter_is_held, has_got_on = threading.Event(), threading.Event()

    def work(db: Connection) -> int:
        if tries:  # a unit that is done again may be the first at the row, and then somebody is ended
            has_got_on.wait(10)
        tries.append(db.run(TOUCH_BUILDING))
        counter_is_held.wait(10)
        return taking(db)

    def hold_and_wait() -> None:
        other.execute("SET deadlock_timeout = '20s'")  # a deadlock, if there is one, is for the unit to end
        other.execute("BEGIN")
        other.execute("UPDATE counter SET value = 40 WHERE sandbox_id = 's'")
        counter_is_held.set()
        other.execute(TOUCH_BUILDING.text)
        other.execute("COMMIT")
        has_got_on.set()

    taken = threads.submit(store.run_now, work)
    threads.submit(hold_and_wait).result(10)
    assert taken.result(10) == 41
    assert tries in (
        [1, 1],
        [1, 1, 1],
    )  # the second time, it may ask for the building before the other one does


def test_unit_whose_counting_connection_has_ended_is_repeated(store: Any, other: Any) -> None:
    tries: list[int] = []

    def work(db: Connection) -> int:
        tries.append(db.run(TOUCH_BUILDING))
        if len(tries) == 1:
            other.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid() AND state = 'idle'"
            )
        return taking(db)

    assert store.run_now(work) == 2
    assert tries == [1, 1]
