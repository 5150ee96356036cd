"""The store in one SQLite file.

The units of work that arrive in one turn of the event loop share one transaction (a savepoint each) and
one commit. There is one writer, the event loop itself: a statement takes microseconds, a thread switch
takes more. Several processes may share the file; each takes the write lock for one turn.

The library is the one of the `pysqlite3` wheel where there is one: SQLite before 3.51.3 can corrupt a WAL
file that several processes write and reset.
"""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3 as bundled_sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, cast

from mockserver.errors import StoreUnavailable, UsageError
from mockserver.store.connection import Connection, Result, Row
from mockserver.store.schema import SchemaVersion, migrations
from mockserver.store.statement import Statement

try:
    import pysqlite3 as sqlite3
except ImportError:  # no wheel for this platform: the interpreter's own SQLite must do
    sqlite3 = bundled_sqlite3

BUSY_TIMEOUT_MS = 5_000
SQLITE_ERROR = 1
_SYNCHRONOUS = {"process": "NORMAL", "power": "FULL"}


def library_version() -> tuple[int, ...]:
    """Return the version of the SQLite library in use."""
    return tuple(int(part) for part in sqlite3.sqlite_version.split("."))


def open_sqlite(url: str, *, durability: str) -> SqliteStore:
    """Open the file of `sqlite:///FILE` (or memory for `sqlite://`), with its schema up to date.

    Raises:
        UsageError: the file cannot be opened, is no SQLite file, or holds something else.
    """
    path = file_of(url)
    try:
        driver = sqlite3.connect(
            path,
            timeout=BUSY_TIMEOUT_MS / 1000,
            isolation_level=None,
            cached_statements=512,
            check_same_thread=False,
        )
        driver.row_factory = sqlite3.Row
        driver.execute("PRAGMA journal_mode = WAL")
        driver.execute(f"PRAGMA synchronous = {_SYNCHRONOUS[durability]}")
        driver.execute("PRAGMA cache_size = -16384")
        driver.execute("PRAGMA temp_store = MEMORY")
        _upgrade(driver, path)
    except sqlite3.DatabaseError as problem:
        raise UsageError(
            f"the database file {path!r} cannot be used ({problem}): "
            "name another one with --database sqlite:///FILE, or make this one readable and writable"
        ) from problem
    return SqliteStore(driver)


def file_of(url: str) -> str:
    """Return the file name of an SQLite URL, `:memory:` where it names none."""
    if url in ("sqlite://", "sqlite:///:memory:"):
        return ":memory:"
    path = url.removeprefix("sqlite:///")
    if path == url or not path:
        raise UsageError(f"{url!r} names no file: use sqlite:///FILE, or sqlite:// for memory")
    if path != ":memory:" and not Path(path).resolve().parent.is_dir():
        raise UsageError(f"the folder of {path!r} does not exist: create it, or name another file")
    return path


def _upgrade(driver: Any, path: str) -> None:
    """Bring the schema up to date in one transaction; refuse a file that is not ours."""
    driver.execute("BEGIN IMMEDIATE")  # several workers may start at once: one creates, the others wait
    try:
        tables = {row[0] for row in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        if tables and "building" not in tables:
            raise UsageError(
                f"{path!r} holds another program's tables: name another file with --database sqlite:///FILE"
            )
        found = driver.execute("SELECT schema_version FROM building").fetchone()[0] if tables else 0
        for version in migrations("sqlite", SchemaVersion(found), where=path):
            for statement in version.statements:
                driver.execute(statement)
        driver.execute("COMMIT")
    except BaseException:
        driver.execute("ROLLBACK")
        raise


def _is_our_mistake(problem: Exception) -> bool:
    """Tell a statement that cannot work (SQLITE_ERROR) from a file that cannot be used just now."""
    return getattr(problem, "sqlite_errorcode", None) == SQLITE_ERROR


class _Batch:
    """The units of work of one turn of the loop, waiting for their common commit."""

    def __init__(self, committed: asyncio.Future[None]) -> None:
        self.committed = committed


class SqliteConnection:
    """The connection as units of work see it."""

    def __init__(self, driver: Any) -> None:
        self._execute = driver.execute

    def all(self, statement: Statement, /, **values: Any) -> list[Row]:
        return cast("list[Row]", self._execute(statement.sqlite, values).fetchall())

    def one(self, statement: Statement, /, **values: Any) -> Row | None:
        return cast("Row | None", self._execute(statement.sqlite, values).fetchone())

    def run(self, statement: Statement, /, **values: Any) -> int:
        return cast("int", self._execute(statement.sqlite, values).rowcount)

    @contextlib.contextmanager
    def savepoint(self) -> Iterator[None]:
        self._execute("SAVEPOINT part")
        try:
            yield
        except BaseException:
            self._execute("ROLLBACK TO part")
            self._execute("RELEASE part")
            raise
        self._execute("RELEASE part")

    def breaks_unique_key(self, error: Exception) -> bool:
        return isinstance(error, sqlite3.IntegrityError) and "UNIQUE" in str(error)


class SqliteStore:
    """One connection, written by the event loop."""

    name = "sqlite"

    def __init__(self, driver: Any) -> None:
        self._driver = driver
        self._connection: Connection = SqliteConnection(driver)
        self._batch: _Batch | None = None

    async def run(self, work: Callable[[Connection], Result]) -> Result:
        try:
            batch = self._batch or self._begin()
            with self._connection.savepoint():
                result = work(self._connection)
        except sqlite3.OperationalError as problem:
            if _is_our_mistake(problem):
                raise
            raise StoreUnavailable from problem
        await asyncio.shield(batch.committed)
        return result

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        try:
            self._driver.execute("BEGIN IMMEDIATE")
            result = work(self._connection)
            self._driver.execute("COMMIT")
        except BaseException as problem:
            self._undo()
            if isinstance(problem, sqlite3.OperationalError) and not _is_our_mistake(problem):
                raise StoreUnavailable from problem
            raise
        return result

    def close(self) -> None:
        if self._batch is not None:
            self._commit()
        self._driver.close()

    def _begin(self) -> _Batch:
        self._driver.execute("BEGIN IMMEDIATE")
        loop = asyncio.get_running_loop()
        self._batch = _Batch(loop.create_future())
        # call_soon runs after every unit that is ready in this turn: that is what makes the batch.
        loop.call_soon(self._commit)
        return self._batch

    def _commit(self) -> None:
        batch, self._batch = self._batch, None
        if batch is None:
            return
        try:
            self._driver.execute("COMMIT")
        except sqlite3.Error as problem:
            self._undo()
            failure = StoreUnavailable()
            failure.__cause__ = problem
            batch.committed.set_exception(failure)
            batch.committed.exception()  # everybody may have gone away: then nobody else would look at it
        else:
            batch.committed.set_result(None)

    def _undo(self) -> None:
        if self._driver.in_transaction:
            with contextlib.suppress(sqlite3.Error):
                self._driver.execute("ROLLBACK")
