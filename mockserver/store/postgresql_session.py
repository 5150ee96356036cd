"""One connection to a PostgreSQL server: what a transaction is made of."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
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
        self._apart = psycopg.ClientCursor(self._driver, row_factory=dict_row)

    @property
    def is_usable(self) -> bool:
        """Whether it is connected and in no transaction."""
        return self._driver.info.transaction_status == TransactionStatus.IDLE

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed, so that the transaction, or a part of it, can only be undone."""
        return self._driver.info.transaction_status == TransactionStatus.INERROR

    def close(self) -> None:
        self._driver.close()

    def begin(self) -> None:
        """Begin a transaction."""
        self._driver.execute(b"BEGIN")

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
            self._driver.execute(b"ROLLBACK")
        if not self.is_usable:
            self.close()

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block did when it raises."""
        self._driver.execute(b"SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._driver.execute(b"ROLLBACK TO part")
            raise
        finally:
            self._driver.execute(b"RELEASE part")

    def execute(self, text: bytes, values: Sequence[Value] = ()) -> Reply:
        """Execute one statement; while it lasts, other threads have their turn."""
        return self._driver.execute(text, values)

    def execute_apart(self, text: str, values: Mapping[str, Value]) -> Row:
        """Execute one statement in a transaction of its own, which returns before it is on the disk.

        The log is written in its order: whoever commits later, and waits for the disk, waits for this too.
        All of it crosses the network at once, so that its locks last no longer than the server takes; that
        is why the values, written as literals, stand in the text (`%(name)s`). Returns the only row.
        """
        try:
            replies = self._apart.execute(_APART.format(text).encode(), values)
            replies.nextset()
            replies.nextset()
            row: Any = replies.fetchone()
        except psycopg.Error:
            self.close()
            raise
        return cast("Row", row)
