"""Trimming the journal of a sandbox that others write to and trim as well."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from mockserver import journal
from mockserver.store import Connection, Row, Statement, Store, open_store

ENTER = Statement(
    """
    INSERT INTO journal (sandbox_id, at_ms, vendor, method, path, status, unread, duration_us, size, entry)
    VALUES ('s', 0, 'consero', 'GET', '/', 200, 0, 0, 100, '{}')
    """
)
NUMBERS = Statement("SELECT number FROM journal WHERE sandbox_id = 's' ORDER BY number")
RENUMBER = Statement("UPDATE journal SET number = :number WHERE number = :last AND sandbox_id = 's'")
CLEAR = Statement("DELETE FROM journal WHERE sandbox_id = 's'")


class Overtaken:
    """A connection that comes too late: another server empties the journal after it was measured."""

    def __init__(self, db: Connection, other: Store) -> None:
        self._db, self._other = db, other
        self.put = db.put

    def one(self, statement: Statement, **values: Any) -> Row | None:
        if "OVER" in statement.text:
            self._other.run_now(lambda db: db.run(CLEAR))
        return self._db.one(statement, **values)


def test_trimming_what_another_server_has_trimmed_is_no_error(postgresql_url: str) -> None:
    pytest.importorskip("psycopg")
    store, other = open_store(postgresql_url), open_store(postgresql_url)
    numbers = [store.run_now(lambda db: db.insert(ENTER)) for _ in range(3)]
    assert numbers == sorted(numbers)

    def trim(db: Connection) -> None:
        call: Any = SimpleNamespace(db=Overtaken(db, other), sandbox=SimpleNamespace(id="s"))
        journal._trim(call, most=10, most_bytes=250, is_thorough=False)

    store.run_now(trim)
    assert store.run_now(lambda db: db.all(NUMBERS)) == []
    store.close()
    other.close()


def test_entry_that_came_late_is_found_by_a_thorough_trim(tmp_path: Path) -> None:
    store = open_store(f"sqlite:///{tmp_path}/late.db")

    def enter(db: Connection, number: int) -> None:
        db.run(RENUMBER, number=number, last=db.insert(ENTER))

    def trim(db: Connection, *, is_thorough: bool) -> list[int]:
        call: Any = SimpleNamespace(db=db, sandbox=SimpleNamespace(id="s"))
        journal._trim(call, most=2, most_bytes=10_000, is_thorough=is_thorough)
        return [row["number"] for row in db.all(NUMBERS)]

    for number in (50_001, 50_002, 50_003):
        store.run_now(lambda db, number=number: enter(db, number))
    assert store.run_now(lambda db: trim(db, is_thorough=False)) == [50_002, 50_003]
    store.run_now(lambda db: enter(db, 50_002 - journal.LATE_NUMBERS))
    assert store.run_now(lambda db: trim(db, is_thorough=False)) == [50_002, 50_003]
    store.run_now(lambda db: enter(db, 30_000))
    assert store.run_now(lambda db: trim(db, is_thorough=False)) == [30_000, 50_002, 50_003]
    assert store.run_now(lambda db: trim(db, is_thorough=True)) == [50_002, 50_003]
    store.close()
