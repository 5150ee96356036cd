"""SQLite when something is wrong: nobody is told of success for what was not stored, nobody else suffers."""

from __future__ import annotations

import asyncio
import contextlib
import time
from pathlib import Path
from typing import Any

import pysqlite3
import pytest
from store_units import INSERT, SET, adding, at_once, failing, kinds, nouns, refusing

from mockserver.errors import StoreUnavailable, UsageError
from mockserver.store import Statement, open_store, sqlite


class FailingDriver:
    """Passes everything on, but fails at one statement, as the disk would."""

    def __init__(self, driver: Any, at: str, *, undo: bool = False, code: int = 13) -> None:
        self._driver, self._at, self._undo, self._code = driver, at, undo, code

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def cursor(self) -> FailingDriver:
        return self

    def execute(self, text: str, *values: Any) -> Any:
        if text.startswith(self._at):
            if self._undo:
                self._driver.execute("ROLLBACK")
            failure = pysqlite3.OperationalError("database or disk is full")
            failure.sqlite_errorcode = self._code
            raise failure
        return self._driver.execute(text, *values)


def test_unit_that_raises_is_undone_alone(store: Any) -> None:
    found = at_once(store, adding("a"), refusing, adding("b"))
    assert kinds(found) == ["a", ValueError, "b"]
    assert nouns(store) == ["a", "b"]


def test_error_of_one_statement_concerns_its_unit_alone(store: Any) -> None:
    store._file.driver = FailingDriver(store._file.driver, INSERT.sqlite)
    found = at_once(store, adding("a"), failing, adding("b"))
    assert kinds(found) == ["a", StoreUnavailable, "b"]
    assert str(found[1].__cause__) == "database or disk is full"
    assert nouns(store) == ["a", "b"]


def test_all_units_fail_when_sqlite_undoes_the_transaction(store: Any) -> None:
    driver = store._file.driver
    store._file.driver = FailingDriver(driver, INSERT.sqlite, undo=True)
    found = at_once(store, adding("a"), failing, adding("b"))
    assert kinds(found) == [StoreUnavailable] * 3
    store._file.driver = driver
    assert nouns(store) == []
    assert at_once(store, adding("c")) == ["c"]


def test_all_units_fail_when_the_commit_fails(store: Any) -> None:
    driver = store._file.driver
    store._file.driver = FailingDriver(driver, "COMMIT")
    found = at_once(store, adding("a"), refusing, adding("b"))
    assert kinds(found) == [StoreUnavailable] * 3
    store._file.driver = driver
    assert nouns(store) == []
    assert at_once(store, adding("c")) == ["c"]


def test_full_disk_is_no_success(store: Any) -> None:
    """The database may not grow by a page: what does not fit is refused, what fits is stored."""
    pages = store._file.driver.execute("PRAGMA page_count").fetchone()[0]
    store._file.driver.execute(f"PRAGMA max_page_count = {pages}")
    found = at_once(store, *(adding(f"{number}{'x' * 2000}") for number in range(50)))
    assert StoreUnavailable in kinds(found)
    stored = nouns(store)
    assert [item for item in found if isinstance(item, str)] == sorted(stored, key=found.index)
    store._file.driver.execute("PRAGMA max_page_count = 100000")
    assert at_once(store, adding("c")) == ["c"]


def test_our_own_mistake_is_not_blamed_on_the_store(store: Any) -> None:
    wrong = Statement("SELECT name FROM nowhere")
    Statement.registered.remove(wrong)
    found = at_once(store, adding("a"), lambda db: db.one(wrong), failing, failing)
    assert kinds(found) == ["a", pysqlite3.OperationalError, None, pysqlite3.IntegrityError]


def test_number_beyond_64_bits_is_our_own_mistake(store: Any) -> None:
    found = at_once(store, lambda db: db.run(SET, noun="a", value=2**63), adding("b"))
    assert kinds(found) == [OverflowError, "b"]


def test_caller_who_gives_up_takes_nobody_along(store: Any) -> None:
    async def go() -> list[Any]:
        leaving = asyncio.ensure_future(store.run(adding("gone")))
        staying = asyncio.ensure_future(store.run(adding("a")))
        await asyncio.sleep(0)
        leaving.cancel()
        found = [await staying]
        with contextlib.suppress(asyncio.CancelledError):
            await leaving
        return found

    assert asyncio.run(go()) == ["a"]
    assert "a" in nouns(store)


def test_lock_of_another_process_is_waited_for_without_holding_up_the_loop(store: Any, place: Path) -> None:
    other = pysqlite3.connect(str(place), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def go() -> tuple[str, float]:
        waiting = asyncio.ensure_future(store.run(adding("a")))
        began = time.monotonic()
        await asyncio.sleep(0.05)
        slept = time.monotonic() - began
        other.execute("ROLLBACK")
        return await waiting, slept

    found, slept = asyncio.run(go())
    assert found == "a"
    assert slept < 0.3
    other.close()


def test_lock_that_is_held_too_long_is_refused_in_time(
    store: Any, place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite, "LOCKED_SECONDS", 0.1)
    other = pysqlite3.connect(str(place), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    found = at_once(store, adding("a"), adding("b"))
    assert kinds(found) == [StoreUnavailable, StoreUnavailable]
    assert time.monotonic() - began < 0.5
    other.execute("ROLLBACK")
    other.close()
    assert at_once(store, adding("c")) == ["c"]


def test_promised_wait_for_a_lock() -> None:
    assert sqlite.LOCKED_SECONDS < 1


def test_units_that_wait_when_the_store_is_closed_are_done_first(place: Path) -> None:
    place.parent.mkdir()
    opened = open_store(f"sqlite:///{place}")

    async def go() -> str:
        waiting = asyncio.ensure_future(opened.run(adding("a")))
        await asyncio.sleep(0)
        opened.close()
        return await waiting

    assert asyncio.run(go()) == "a"
    with contextlib.closing(open_store(f"sqlite:///{place}")) as again:
        assert nouns(again) == ["a"]


def test_closed_store_is_unavailable(place: Path) -> None:
    place.parent.mkdir()
    opened = open_store(f"sqlite:///{place}")
    opened.close()
    assert kinds(at_once(opened, adding("a"))) == [StoreUnavailable]


def test_units_that_wait_for_a_lock_when_the_store_is_closed_are_refused(place: Path) -> None:
    place.parent.mkdir()
    opened = open_store(f"sqlite:///{place}")
    other = pysqlite3.connect(str(place), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def go() -> list[Any]:
        waiting = asyncio.ensure_future(opened.run(adding("a")))
        await asyncio.sleep(0.01)
        opened.close()
        return list(await asyncio.gather(waiting, return_exceptions=True))

    assert kinds(asyncio.run(go())) == [StoreUnavailable]
    other.close()


def test_refusal_outside_of_the_loop_is_undone(store: Any) -> None:
    with pytest.raises(ValueError, match="no"):
        store.run_now(refusing)
    assert nouns(store) == []


def test_full_disk_outside_of_the_loop_is_unavailable(store: Any) -> None:
    driver = store._file.driver
    store._file.driver = FailingDriver(driver, "COMMIT")
    with pytest.raises(StoreUnavailable):
        store.run_now(adding("a"))
    store._file.driver = driver
    assert nouns(store) == []


def test_full_disk_at_the_start_is_a_usage_error(tmp_path: Path) -> None:
    folder = tmp_path / "folder.db"
    folder.mkdir()
    with pytest.raises(UsageError, match=r"cannot be used"):
        open_store(f"sqlite:///{folder}")
