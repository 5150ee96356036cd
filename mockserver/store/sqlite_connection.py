"""One connection to an SQLite file, as units of work see it, and how a part of a unit is undone."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Any

from mockserver.store import counters
from mockserver.store.connection import DoAgain, Row
from mockserver.store.memory import Memory
from mockserver.store.sqlite_file import sqlite3
from mockserver.store.statement import Statement


class TransactionLost(Exception):
    """SQLite has undone the whole transaction; the cause says why."""


class SqliteConnection:
    """The connection as units of work see it; `is_careful` says whether it can undo a part of them.

    Everything is executed by one cursor, so that no statement stays open behind the next one.
    """

    def __init__(self, driver: Any) -> None:
        self.driver = driver
        self.is_careful = False
        self.taken = 0  # how many values of counters
        self._counters: dict[tuple[str, str], int] = {}  # as taken, to be written before anybody reads them
        self._memory = Memory()
        self._cursor = driver.cursor()
        self._execute = self._cursor.execute

    def all(self, statement: Statement, /, **values: Any) -> list[Row]:
        rows: list[Row] = self._executed(statement, values).fetchall()
        return rows

    def one(self, statement: Statement, /, **values: Any) -> Row | None:
        row: Row | None = self._executed(statement, values).fetchone()
        return row

    def known(self, statement: Statement, /, **values: Any) -> Row | None:
        key = (statement, *values.values())
        row = self._memory.find(key)
        if row is None:
            row = self.one(statement, **values)
            if row is not None:
                self._memory.keep(key, row, statement)
        return row

    def run(self, statement: Statement, /, **values: Any) -> int:
        changed: int = self._executed(statement, values).rowcount
        return changed

    def put(self, statement: Statement, /, **values: Any) -> None:
        self._executed(statement, values)

    def expect_one(self, statement: Statement, /, **values: Any) -> bool:
        changed: int = self._executed(statement, values).rowcount
        return changed == 1

    def insert(self, statement: Statement, /, **values: Any) -> int:
        number: int = self._executed(statement, values).lastrowid
        return number

    def next_value(self, sandbox_id: str, noun: str, /) -> int:
        """Count on in memory: all that a transaction takes of a counter is written at once."""
        key = (sandbox_id, noun)
        last = self._counters.get(key)
        if last is None:
            row = self._execute(counters.FIND.sqlite, key).fetchone()
            last = row["value"] if row else 0
        self._counters[key] = last + 1
        self.taken += 1
        if self.is_careful:  # a part that is undone takes its values back
            self._write_counters()
        return last + 1

    def savepoint(self) -> AbstractContextManager[None]:
        return _Savepoint(self) if self.is_careful else _GoodFaith(self)

    def breaks_unique_key(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error)

    def begin(self, *, is_careful: bool) -> None:
        """Begin a transaction, in good faith or prepared to undo a part."""
        self.is_careful = is_careful
        self._execute("BEGIN IMMEDIATE")
        self._memory.begin(self._cursor)

    def commit(self) -> None:
        """Make everything since `begin` last."""
        if self._counters:
            self._write_counters()
        self._execute("COMMIT")

    def undo(self, command: str = "ROLLBACK") -> None:
        """Undo everything since `begin`, or since a savepoint, if SQLite has not done so already."""
        self._memory.forget()
        self._counters.clear()
        if self.driver.in_transaction:
            self._execute(command)

    def _write_counters(self) -> None:
        for (sandbox_id, noun), value in self._counters.items():
            self._execute(counters.SET.sqlite, (sandbox_id, noun, value))
        self._counters.clear()

    def _executed(self, statement: Statement, values: dict[str, Any]) -> Any:
        if self._counters and counters.TABLE in statement.tables:
            self._write_counters()
        if statement.changes in self._memory.tables and not statement.only_adds:
            self._memory.forget()
        return self._execute(statement.sqlite, statement.in_order(values))


class _Savepoint:
    """A part that can be undone."""

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._connection.driver.execute("SAVEPOINT part")

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        driver = self._connection.driver
        if not driver.in_transaction:
            return  # SQLite has undone everything already
        try:
            if kind is not None:
                self._connection.undo("ROLLBACK TO part")
            driver.execute("RELEASE part")
        except sqlite3.Error as problem:  # what was refused would be committed with the rest
            raise TransactionLost from problem


class _GoodFaith:
    """A part that is expected to stand: nothing is prepared for undoing it."""

    __slots__ = ("_changes", "_connection", "_taken")

    def __init__(self, connection: SqliteConnection) -> None:
        self._connection = connection

    def __enter__(self) -> None:
        self._changes, self._taken = self._connection.driver.total_changes, self._connection.taken

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        if kind is None:
            return
        connection = self._connection
        if connection.driver.total_changes != self._changes or connection.taken != self._taken:
            raise DoAgain
