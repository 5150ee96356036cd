"""The store in one SQLite file.

The units of work that arrive in one turn of the event loop share one transaction and one commit. There is
one writer, the event loop itself: a statement takes microseconds, a thread switch takes more. Several
processes may share the file; each takes the write lock for one turn.

A turn starts in good faith, without savepoints: SQLite copies each page that is written behind one. When
a unit has to undo something, the turn is rolled back and done again with savepoints.

An answer leaves after the commit of its unit, or the unit raises `StoreUnavailable`: when SQLite gives up
a transaction (disk full, I/O error), every unit in it is told so, those that had gone well as well.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable

from mockserver.errors import StoreUnavailable
from mockserver.store.connection import Connection, DoAgain, Result
from mockserver.store.sqlite_checkpoints import Checkpoints
from mockserver.store.sqlite_connection import SqliteConnection, TransactionLost
from mockserver.store.sqlite_file import START_TIMEOUT_MS, SqliteFile, file_of, sqlite3
from mockserver.store.unit import AwaitedUnit, unavailable

LOCKED_SECONDS = 0.8  # how long a unit waits for the lock of another process before it is refused
RETRY_SECONDS = 0.002
SQLITE_BUSY = 5
# The primary codes that speak of the file, the disk or the memory; all others are mistakes of ours.
UNAVAILABLE = {SQLITE_BUSY, 6, 7, 8, 9, 10, 11, 13, 14, 15, 26}


def open_sqlite(url: str, *, durability: str) -> SqliteStore:
    """Open the file of `sqlite:///FILE` (or memory for `sqlite://`), with its schema up to date.

    Raises:
        UsageError: the file cannot be opened, is no SQLite file, or holds something else.
    """
    return SqliteStore(SqliteFile(file_of(url), durability=durability))


class SqliteStore:
    """One connection, written by the event loop."""

    name = "sqlite"

    def __init__(self, file: SqliteFile) -> None:
        self._file = file
        self._connection = SqliteConnection(file.driver)
        self._waiting: list[AwaitedUnit] = []
        self._checkpoints = Checkpoints(file.place)

    @property
    def waiting(self) -> int:
        return len(self._waiting)

    def run(self, work: Callable[[Connection], Result]) -> Awaitable[Result]:
        loop = asyncio.get_running_loop()
        unit = AwaitedUnit(work, loop)
        self._waiting.append(unit)
        if len(self._waiting) == 1:
            # call_soon runs after every unit that is ready in this turn: that is what makes the batch.
            loop.call_soon(self._work_off, loop)
        return unit.done

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        self._file.wait_for_lock(START_TIMEOUT_MS)
        connection = self._current()
        try:
            connection.begin(is_careful=True)
            result = work(connection)
            connection.commit()
        except BaseException as problem:
            self._undo()
            if _is_unavailability(problem):
                raise StoreUnavailable from problem
            raise
        finally:
            self._file.wait_for_lock(0)
        return result

    def close(self) -> None:
        if self._waiting:
            self._transact()
        self._refuse_all(self._taken(), ConnectionError("the store is being closed"))
        self._checkpoints.close()
        self._file.driver.close()

    def _work_off(self, loop: asyncio.AbstractEventLoop) -> None:
        """Do all that waits in one transaction; come again while another process holds the lock."""
        if not self._waiting or self._transact():
            return
        refused_before = loop.time() - LOCKED_SECONDS
        late = [unit for unit in self._waiting if unit.came_at < refused_before]
        self._waiting = [unit for unit in self._waiting if unit.came_at >= refused_before]
        self._refuse_all(late, TimeoutError("another process holds the lock of the database"))
        if self._waiting:
            loop.call_later(RETRY_SECONDS, self._work_off, loop)

    def _transact(self, *, is_careful: bool = False) -> bool:
        """Do all that waits and tell the outcomes; return False where another process holds the lock."""
        try:
            self._file.check_present()
            connection = self._current()
            connection.begin(is_careful=is_careful)
        except (StoreUnavailable, sqlite3.Error) as problem:
            self._undo()
            if _code(problem) == SQLITE_BUSY:
                return False
            self._refuse_all(self._taken(), problem)
            return True
        units = self._taken()
        try:
            for unit in units:
                self._do(unit, connection)
            connection.commit()
        except DoAgain:
            self._undo()
            self._waiting = units
            return self._transact(is_careful=True)
        except BaseException as problem:
            self._undo()
            self._refuse_all(units, problem)
            if not isinstance(problem, (TransactionLost, sqlite3.Error)):
                raise
        else:
            for unit in units:
                unit.tell()
            self._checkpoints.committed(len(units))
        return True

    def _do(self, unit: AwaitedUnit, connection: SqliteConnection) -> None:
        """Do one unit and keep its outcome."""
        try:
            with connection.savepoint():
                unit.outcome = (unit.work(connection), None)
        except TransactionLost:
            raise
        except Exception as problem:
            if not self._file.driver.in_transaction:
                raise TransactionLost from problem
            unit.outcome = (None, unavailable(problem) if _is_unavailability(problem) else problem)

    def _refuse_all(self, units: list[AwaitedUnit], problem: BaseException) -> None:
        for unit in units:
            unit.refuse(problem.__cause__ or problem)
            unit.tell()

    def _taken(self) -> list[AwaitedUnit]:
        units, self._waiting = self._waiting, []
        return [unit for unit in units if not unit.done.cancelled()]

    def _current(self) -> SqliteConnection:
        """Return the connection to the file, which may have been opened anew."""
        if self._connection.driver is not self._file.driver:
            self._connection = SqliteConnection(self._file.driver)
        return self._connection

    def _undo(self) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._connection.undo()


def _code(problem: BaseException) -> int:
    """Return SQLite's primary result code, 0 where the error is none of SQLite's."""
    code: int = getattr(problem, "sqlite_errorcode", 0)
    return code & 0xFF


def _is_unavailability(problem: BaseException) -> bool:
    return _code(problem) in UNAVAILABLE
