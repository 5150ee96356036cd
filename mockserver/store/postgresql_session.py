"""One connection to a PostgreSQL server: what a transaction is made of, and little between it and libpq.

It is spoken to with psycopg's wrapper of libpq. psycopg's cursors do in Python what libpq and PostgreSQL do
themselves, and take longer for it than PostgreSQL takes for the statement; all the threads of a server share
one interpreter, which `exec_prepared` leaves to the others while it waits.
"""

from __future__ import annotations

import contextlib
import selectors
from collections.abc import Callable, Iterator, Sequence
from typing import Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, Escaping, ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult

Value = str | bytes | int | float | None
Written = tuple[list[Any], list[int]]
"""Values as they go over the wire, and the format of each: 1 for bytes as they are, 0 for text."""

CONNECT_SECONDS = 5
# Nobody waits for ever: neither for another's lock, nor others for a unit whose process has stopped.
_LIMITS = (
    b"SET lock_timeout = '2s'; SET statement_timeout = '30s'; SET idle_in_transaction_session_timeout = '30s'"
)
_BEGIN, _COMMIT, _ROLLBACK = b"BEGIN", b"COMMIT", b"ROLLBACK"
_LATER_TO_DISK = b"SET LOCAL synchronous_commit = off"
_NO_VALUES: Written = ([], [])

_READ: dict[int, Callable[[bytes], Any]] = {  # by the number of the type in pg_type; all others are text
    16: lambda value: value == b"t",  # bool
    17: lambda value: Escaping().unescape_bytea(value),
    20: int,  # bigint
    21: int,  # smallint
    23: int,  # integer
    701: float,  # double precision
    1700: int,  # numeric: what SUM makes of whole numbers
}


class Prepared:
    """A statement that the server has read once for all the times that it is executed."""

    __slots__ = ("columns", "name")

    def __init__(self, name: bytes) -> None:
        self.name = name
        self.columns: list[tuple[int, str, Callable[[bytes], Any]]] | None = None

    def columns_of(self, result: PGresult) -> list[tuple[int, str, Callable[[bytes], Any]]]:
        """Return number, name and reader of each column; they stay the same."""
        if self.columns is None:
            self.columns = [
                (
                    number,
                    (result.fname(number) or b"").decode(),
                    _READ.get(result.ftype(number), bytes.decode),
                )
                for number in range(result.nfields)
            ]
        return self.columns


class Reply:
    """What a statement brought; `count` is how many rows it returned or changed."""

    __slots__ = ("_prepared", "_result", "count")

    def __init__(self, prepared: Prepared, result: PGresult) -> None:
        self._prepared = prepared
        self._result = result
        self.count = result.command_tuples or 0

    def rows(self) -> list[dict[str, Any]]:
        """Return every row."""
        return [self._row(number) for number in range(self._result.ntuples)]

    def first(self) -> dict[str, Any] | None:
        """Return the first row, None where there is none."""
        return self._row(0) if self._result.ntuples else None

    def _row(self, number: int) -> dict[str, Any]:
        value_at = self._result.get_value
        return {
            name: None if (value := value_at(number, column)) is None else read(value)
            for column, name, read in self._prepared.columns_of(self._result)
        }


class PostgresqlSession:
    """A connection, used by one thread at a time; every failure is one of psycopg's errors."""

    def __init__(self, address: str) -> None:
        self._driver = psycopg.connect(
            address, autocommit=True, connect_timeout=CONNECT_SECONDS, client_encoding="utf-8"
        )
        self._driver.execute(_LIMITS)
        self._wire = self._driver.pgconn
        self._wire.nonblocking = 0  # what is sent at once is short
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._wire.socket, selectors.EVENT_READ)
        self._known: dict[bytes, Prepared] = {}  # by their text

    @property
    def is_usable(self) -> bool:
        """Whether it is connected and in no transaction."""
        return self._wire.transaction_status == TransactionStatus.IDLE

    @property
    def has_failed(self) -> bool:
        """Whether a statement failed, so that the transaction, or a part of it, can only be undone."""
        return self._wire.transaction_status == TransactionStatus.INERROR

    def close(self) -> None:
        self._selector.close()
        self._driver.close()

    def begin(self) -> None:
        """Begin a transaction."""
        self.execute(_BEGIN)

    def commit(self) -> None:
        """Make what was done since `begin` last.

        Raises:
            psycopg.errors.InFailedSqlTransaction: a statement of it had failed, so there is nothing to keep.
        """
        if self._executed(self._prepared(_COMMIT), _NO_VALUES).command_status != _COMMIT:
            raise psycopg.errors.InFailedSqlTransaction("the transaction was rolled back, not committed")

    def rollback(self) -> None:
        """Undo what was done since `begin`; a connection that cannot is closed, which undoes it as well."""
        with contextlib.suppress(psycopg.Error):
            self.execute(_ROLLBACK)
        if not self.is_usable:
            self.close()

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        """Undo what the block did when it raises."""
        self.execute(b"SAVEPOINT part")
        try:
            yield
        except BaseException:
            self.execute(b"ROLLBACK TO part")
            raise
        finally:
            self.execute(b"RELEASE part")

    def execute(self, text: bytes, values: Sequence[Value] = ()) -> Reply:
        """Execute one statement with `$1`, `$2`…; while it lasts, other threads have their turn."""
        prepared = self._prepared(text)
        return Reply(prepared, self._executed(prepared, _written(values)))

    def execute_apart(self, text: bytes, values: Sequence[Value]) -> Reply:
        """Execute one statement in a transaction of its own, which returns before it is on the disk.

        The log is written in its order: whoever commits later, and waits for the disk, waits for this too.
        All of it crosses the network at once, so that its locks last no longer than the server takes.
        """
        prepared = self._prepared(text)
        commands = [
            (self._prepared(_BEGIN), _NO_VALUES),
            (self._prepared(_LATER_TO_DISK), _NO_VALUES),
            (prepared, _written(values)),
            (self._prepared(_COMMIT), _NO_VALUES),
        ]
        try:
            self._wire.enter_pipeline_mode()
            for command, written in commands:
                self._wire.send_query_prepared(command.name, *written)
            results = self._results()
            self._wire.exit_pipeline_mode()
            return Reply(prepared, results[2])
        except psycopg.Error:
            self.close()
            raise

    def _executed(self, prepared: Prepared, written: Written) -> PGresult:
        return self._checked(self._wire.exec_prepared(prepared.name, *written))

    def _prepared(self, text: bytes) -> Prepared:
        """Return a statement that the server knows, after making it known."""
        found = self._known.get(text)
        if found is None:
            found = Prepared(b"s%d" % len(self._known))
            self._checked(self._wire.prepare(found.name, text))
            self._known[text] = found
        return found

    def _checked(self, result: PGresult) -> PGresult:
        if result.status == ExecStatus.FATAL_ERROR:
            if not result.error_field(DiagnosticField.SQLSTATE):  # no server said that: it is lost
                raise psycopg.OperationalError(result.get_error_message())
            raise error_from_result(result)
        return result

    def _results(self) -> list[PGresult]:
        """Wait for the results of what was sent at once; other threads have their turn meanwhile."""
        self._wire.pipeline_sync()
        results: list[PGresult] = []
        failed: PGresult | None = None
        while True:
            while self._wire.is_busy():
                self._selector.select()
                self._wire.consume_input()
            result = self._wire.get_result()
            if result is None:  # the results of one command end, or the connection does
                if self._wire.status == ConnStatus.BAD:
                    raise psycopg.OperationalError(self._wire.get_error_message())
            elif result.status == ExecStatus.PIPELINE_SYNC:
                break
            elif result.status == ExecStatus.FATAL_ERROR:
                failed = failed or result
            else:
                results.append(result)
        if failed is not None:
            self._checked(failed)
        return results


def _written(values: Sequence[Value]) -> Written:
    written: list[bytes | None] = []
    formats: list[int] = []
    for value in values:
        formats.append(int(isinstance(value, bytes)))
        if isinstance(value, str):
            if "\x00" in value:  # libpq would end the text there
                raise psycopg.DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")
            written.append(value.encode())
        else:
            written.append(value if value is None or isinstance(value, bytes) else b"%a" % value)
    return written, formats
