"""One connection to a PostgreSQL server: what a transaction is made of."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, cast

import psycopg
from psycopg.pq import TransactionStatus
from psycopg.rows import dict_row

from mockserver.store.connection import Row

Value = str | bytes | int | float | None
Reply = psycopg.Cursor[dict[str, Any]]

CONNECT_SECONDS = 5
# Nobody waits for ever: neither for another's lock, nor others for a unit whose process has stopped.
_LIMITS = (
    b"SET lock_timeout = '2s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'"
)
_APART = "BEGIN; SET LOCAL synchronous_commit = off; {}; COMMIT"


@dataclass
class Repeated:
    """One statement and the values of each time that it is to be executed.

    `changes_one`: it is expected to change one row each time; `changed` are then the rows of all times.
    """

    text: bytes
    changes_one: bool
    rows: list[Sequence[Value]] = field(default_factory=list)
    changed: int = 0

    @property
    def is_as_expected(self) -> bool:
        """Whether each execution changed one row, none of them having changed more."""
        return not self.changes_one or self.changed == len(self.rows)


class PostgresqlSession:
    """A connection, used by one thread at a time; every failure is one of psycopg's errors."""

    def __init__(self, address: str) -> None:
        self._driver = psycopg.connect(
            address,
            autocommit=True,
            connect_timeout=CONNECT_SECONDS,
            row_factory=dict_row,
            cursor_factory=psycopg.RawCursor,  # takes `$1`, as PostgreSQL has it
        )
        self._driver.execute(_LIMITS)
        self._cursor = self._driver.cursor()
        self._is_spoilt = False
        self._apart = psycopg.ClientCursor(self._driver, row_factory=dict_row)

    @property
    def is_usable(self) -> bool:
        """Whether it is connected, in no transaction, and the driver knows which statements it prepared."""
        return not self._is_spoilt and self._driver.info.transaction_status == TransactionStatus.IDLE

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed, so that the transaction, or a part of it, can only be undone."""
        return self._driver.info.transaction_status == TransactionStatus.INERROR

    def close(self) -> None:
        self._driver.close()

    def begin(
        self, queries: Sequence[tuple[bytes, Sequence[Value]]] = (), *, is_shared: bool = False
    ) -> list[Row | None]:
        """Begin a transaction with some queries, in one message; return the first row of each.

        A transaction that several units share gives up soon where somebody holds a lock. Two such may wait
        for each other; alone, a unit hardly ever does.
        """
        with self._one_message():
            self._driver.execute(b"BEGIN")
            if is_shared:
                self._driver.execute(b"SET LOCAL lock_timeout = '100ms'")
            replies = [self._driver.execute(text, values) for text, values in queries]
        return [cast("Row | None", reply.fetchone()) for reply in replies]

    def commit(self) -> None:
        """Make what was done since `begin` last.

        Raises:
            psycopg.errors.InFailedSqlTransaction: a statement of it had failed, so there is nothing to keep.
        """
        if self._driver.execute(b"COMMIT").statusmessage != "COMMIT":
            raise psycopg.errors.InFailedSqlTransaction("the transaction was rolled back, not committed")

    def rollback(self) -> None:
        """Undo what was done since `begin`; a connection that cannot is closed, which undoes it as well."""
        with contextlib.suppress(psycopg.Error):
            self._driver.rollback()  # which also forgets what is prepared
            self._is_spoilt = False
        if not self.is_usable:
            self.close()

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block did when it raises, or when a failed statement has gone unnoticed."""
        self._driver.execute(b"SAVEPOINT part")
        try:
            yield
            if self.has_failed:
                raise psycopg.errors.InFailedSqlTransaction("a statement failed, and that was passed over")
        except BaseException:
            self._driver.execute(b"ROLLBACK TO part")
            raise
        finally:
            self._driver.execute(b"RELEASE part")

    def execute(self, text: bytes, values: Sequence[Value] = ()) -> Reply:
        """Execute one statement; meanwhile other threads have a turn. The reply is good until the next."""
        return self._cursor.execute(text, values)

    def execute_at_once(
        self, repeated: Sequence[Repeated], last: tuple[bytes, Sequence[Value]] | None
    ) -> Reply:
        """Execute what is to be repeated and then the last statement, and return the reply to that.

        All of it crosses the network at once.
        """
        cursors = [self._driver.cursor() for _ in repeated]
        with self._one_message():
            for one, cursor in zip(repeated, cursors, strict=True):
                cursor.executemany(one.text, one.rows)
            if last is not None:
                self._cursor.execute(*last)
        for one, cursor in zip(repeated, cursors, strict=True):
            one.changed = cursor.rowcount
        return self._cursor

    @contextlib.contextmanager
    def _one_message(self) -> Iterator[None]:
        """Send what the block executes at once; its replies are there afterwards.

        After a failure only a rollback helps: the driver takes statements for prepared that it sent behind
        the failed one, and that the server passed over.
        """
        problem: Exception | None = None
        self._is_spoilt = True
        try:
            with self._driver.pipeline():
                try:
                    yield
                except Exception as first:
                    problem = first
        except psycopg.Error as another:  # that the pipeline was aborted says less than why
            raise problem or another from None
        if problem is not None:
            raise problem
        self._is_spoilt = False

    def execute_apart(self, statements: Sequence[tuple[str, Mapping[str, Value]]]) -> Row | None:
        """Execute statements in a transaction of their own, which returns before it is on the disk.

        The log is written in its order: whoever commits later, and waits for the disk, waits for this too.
        All of it crosses the network at once, so that its locks last no longer than the server takes; that
        is why the values, written as literals, stand in the text (`%(name)s`). Returns the only row of the
        first statement, None where it has none.
        """
        try:
            texts = [self._apart.mogrify(text.encode(), values) for text, values in statements]
            replies = self._apart.execute(_APART.format("; ".join(texts)).encode())
            replies.nextset()
            replies.nextset()
            row: Any = replies.fetchone() if replies.description else None
        except psycopg.Error:
            self.close()
            raise
        return cast("Row | None", row)
