"""A connection to PostgreSQL as the units of one turn see it.

What is expected to go well is collected and sent when somebody asks for what it changes, or at the end: a
message to the server costs more than most statements.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager
from typing import Any, cast

import psycopg

from mockserver.store import counters
from mockserver.store.connection import DoAgain, Row
from mockserver.store.memory import Memory
from mockserver.store.postgresql_ids import TurnIds
from mockserver.store.postgresql_put_off import PutOff
from mockserver.store.postgresql_session import PostgresqlSession, Reply, Value
from mockserver.store.statement import Statement

_NUMBERS = (
    b"SELECT nextval(pg_get_serial_sequence('journal', 'number')) AS number FROM generate_series(1, $1)"
)


Question = tuple[Statement, tuple[Value, ...]]


class TrustBroken(DoAgain):
    """Something that was put off did not go as expected: the whole turn is undone."""


class PostgresqlConnection:
    """The session of one turn.

    Units begin in good faith: nothing is prepared for undoing a part of one. One that has to raises
    `DoAgain`; one that `is_careful` sets savepoints and waits for each answer. A turn that `is_trusting` does
    not even ask whether what is expected came true, before its end.
    """

    def __init__(self, session: PostgresqlSession, ids: TurnIds, *, units: int, is_trusting: bool) -> None:
        self.is_careful = False
        self.unit = 0  # which one of the turn has it
        self._units = units
        self._is_trusting = is_trusting
        self._session = session
        self._ids = ids
        self._counts_itself = False
        self._memory = Memory()
        self.asked: dict[tuple[Any, ...], Question] = {}
        self._numbers: list[int] = []
        self._put_off = PutOff()
        self._expected: set[tuple[Any, ...]] = set()
        self._writes = 0

    def begin(self, asked: Mapping[tuple[Any, ...], Question], *, is_shared: bool) -> None:
        """Begin the transaction, and read again what the turn before has `asked`: it will be asked again."""
        queries = [(statement.postgresql, row) for statement, row in asked.values()]
        found = self._session.begin(queries, is_shared=is_shared)
        for (key, (statement, _)), row in zip(asked.items(), found, strict=True):
            if row is not None:
                self._memory.keep(key, row, statement)

    def all(self, statement: Statement, /, **values: Any) -> list[Row]:
        return cast("list[Row]", self._executed(statement, values).fetchall())

    def one(self, statement: Statement, /, **values: Any) -> Row | None:
        return cast("Row | None", self._executed(statement, values).fetchone())

    def known(self, statement: Statement, /, **values: Any) -> Row | None:
        """Return a row as it was during this turn: another server may change it, and nobody tells."""
        key = (statement, *values.values())
        self.asked[key] = (statement, statement.in_order(values))
        row = self._memory.find(key)
        if row is None:
            row = self.one(statement, **values)
            if row is not None:
                self._memory.keep(key, row, statement)
        return row

    def run(self, statement: Statement, /, **values: Any) -> int:
        return self._executed(statement, values).rowcount

    def put(self, statement: Statement, /, **values: Any) -> None:
        if self.is_careful:
            self.run(statement, **values)
        else:
            self._later(statement, statement.postgresql, statement.in_order(values))

    def expect_one(self, statement: Statement, /, **values: Any) -> bool:
        if self.is_careful or not self._is_trusting or self._was_expected(statement, values):
            return self.run(statement, **values) == 1
        self._later(statement, statement.postgresql, statement.in_order(values), changes_one=True)
        return True

    def insert(self, statement: Statement, /, **values: Any) -> int:
        number = self._next_number()
        text, row = statement.postgresql_numbered, (*statement.in_order(values), number)
        if self.is_careful:
            self._note(statement)
            self._session.execute(text, row)
        else:
            self._later(statement, text, row)
        return number

    def next_value(self, sandbox_id: str, noun: str, /) -> int:
        if not self._counts_itself:
            if not self.is_careful:
                return self._ids.next((sandbox_id, noun), self._units - self.unit)
            self._ids.forget()
            self._counts_itself = True
        row = self.one(counters.TAKE, sandbox_id=sandbox_id, noun=noun, count=1)
        return int(cast("Row", row)["value"])

    def savepoint(self) -> AbstractContextManager[None]:
        return self._part() if self.is_careful else self._good_faith()

    def breaks_unique_key(self, error: Exception) -> bool:
        return isinstance(error, psycopg.errors.UniqueViolation)

    def flush(self) -> None:
        """Send what was put off.

        Raises:
            TrustBroken: something did not go as expected.
        """
        if self._put_off:
            self._flushed(None)

    def _flushed(self, last: tuple[bytes, tuple[Value, ...]] | None) -> Reply:
        """Send what was put off and a last statement, and return the reply to that."""
        waiting = self._put_off.taken()
        try:
            reply = self._session.execute_at_once(waiting, last)
        except psycopg.OperationalError:
            raise
        except Exception:  # of the database, or of the driver, e.g. about a text that it cannot encode
            raise TrustBroken from None
        if not all(one.is_as_expected for one in waiting):
            raise TrustBroken
        return reply

    @contextlib.contextmanager
    def _part(self) -> Iterator[None]:
        self.flush()
        try:
            with self._session.savepoint():
                yield
        except BaseException:
            self._memory.forget()
            raise

    @contextlib.contextmanager
    def _good_faith(self) -> Iterator[None]:
        writes = self._writes
        try:
            yield
        except psycopg.OperationalError:
            raise  # the whole unit is given up, or repeated
        except Exception:
            if self._writes != writes or self._session.has_failed:
                raise DoAgain({self.unit}) from None
            raise

    def _executed(self, statement: Statement, values: dict[str, Any]) -> Reply:
        if statement.changes is not None:
            self._note(statement)
        row = statement.in_order(values)
        if self._put_off.concerns(statement):
            return self._flushed((statement.postgresql, row))
        return self._session.execute(statement.postgresql, row)

    def _later(
        self, statement: Statement, text: bytes, row: tuple[Value, ...], *, changes_one: bool = False
    ) -> None:
        self._note(statement)
        if not self._put_off.takes(statement, text, changes_one=changes_one):
            self.flush()
        self._put_off.add(statement, text, row, changes_one=changes_one)

    def _was_expected(self, statement: Statement, values: dict[str, Any]) -> bool:
        """Whether a unit of this turn has the same expectation: of several callers, one may have it."""
        if statement.conflict_key is None:
            return False
        key = (statement, *statement.conflict_key(values))
        if key in self._expected:
            return True
        self._expected.add(key)
        return False

    def _note(self, statement: Statement) -> None:
        self._writes += 1
        if statement.changes == counters.TABLE:
            self._counts_itself = True  # it has the lock now: a second session would wait for it
            self._ids.forget()
        if statement.changes in self._memory.tables and not statement.only_adds:
            self._memory.forget()

    def _next_number(self) -> int:
        if not self._numbers:
            replies = self._session.execute(_NUMBERS, (self._units - self.unit,))
            self._numbers = [row["number"] for row in reversed(replies.fetchall())]
        return self._numbers.pop()
