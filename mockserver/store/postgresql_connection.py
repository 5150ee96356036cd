"""A connection to PostgreSQL as units of work see it: where ids are counted, and how a part is undone."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any, cast

import psycopg

from mockserver.store import counters
from mockserver.store.connection import DoAgain, Row
from mockserver.store.postgresql_session import PostgresqlSession, Reply
from mockserver.store.statement import Statement

_NEXT_APART = counters.NEXT.with_names("%({})s")
Borrow = Callable[[], AbstractContextManager[PostgresqlSession]]


class PostgresqlConnection:
    """The session of one unit of work; `borrow` lends a second one to count with.

    A counter's row stays locked until the transaction that counted is over. Counted by the unit itself, all
    that create in one sandbox would come one after the other, each with its wait for the disk. So an id is
    taken in a transaction of its own that does not wait. It reaches the disk no later than the row that
    bears it, because the log is written in order. An id of work that is undone is lost.

    A unit begins in good faith: it prepares nothing for undoing a part of it. One that has to, or whose
    counter is locked for long, raises `DoAgain`; then `is_careful`, it sets savepoints and counts by itself.
    """

    def __init__(self, session: PostgresqlSession, borrow: Borrow, *, is_careful: bool) -> None:
        self._session = session
        self._borrow = borrow
        self._is_careful = is_careful
        self._counts_itself = is_careful
        self._writes = 0

    def all(self, statement: Statement, /, **values: Any) -> list[Row]:
        return cast("list[Row]", self._executed(statement, values).fetchall())

    def one(self, statement: Statement, /, **values: Any) -> Row | None:
        return cast("Row | None", self._executed(statement, values).fetchone())

    known = one  # another server may have changed it since, and nobody tells

    def run(self, statement: Statement, /, **values: Any) -> int:
        return self._executed(statement, values).rowcount

    def insert(self, statement: Statement, /, **values: Any) -> int:
        self._writes += 1
        text = statement.postgresql + b" RETURNING number"
        row = self._session.execute(text, statement.in_order(values)).fetchone()
        return int(cast("Row", row)["number"])

    def next_value(self, sandbox_id: str, noun: str, /) -> int:
        if self._counts_itself:
            row = self.one(counters.NEXT, sandbox_id=sandbox_id, noun=noun)
        else:
            row = self._counted_apart(sandbox_id, noun)
        return int(cast("Row", row)["value"])

    def savepoint(self) -> AbstractContextManager[None]:
        return self._session.savepoint() if self._is_careful else self._good_faith()

    def breaks_unique_key(self, error: Exception) -> bool:
        return isinstance(error, psycopg.errors.UniqueViolation)

    def _counted_apart(self, sandbox_id: str, noun: str) -> Row:
        try:
            with self._borrow() as second:
                return second.execute_apart(_NEXT_APART, {"sandbox_id": sandbox_id, "noun": noun})
        except psycopg.errors.LockNotAvailable:
            # Whoever holds the row may wait for this very unit, and PostgreSQL cannot see that the two
            # sessions belong together. Where the unit counts itself, it sees the deadlock and ends it.
            raise DoAgain from None

    @contextlib.contextmanager
    def _good_faith(self) -> Iterator[None]:
        writes = self._writes
        try:
            yield
        except psycopg.OperationalError:
            raise  # the whole unit is given up, or repeated
        except Exception:
            if self._writes != writes or self._session.has_failed:
                raise DoAgain from None
            raise

    def _executed(self, statement: Statement, values: dict[str, Any]) -> Reply:
        if statement.changes is not None:
            self._writes += 1
            if statement.changes == counters.TABLE:
                self._counts_itself = True  # it has the lock now: a second session would wait for it
        return self._session.execute(statement.postgresql, statement.in_order(values))
