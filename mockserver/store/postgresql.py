"""The store in PostgreSQL: each unit of work in a transaction and thread of its own.

Several servers may share one database. The SQL is what PostgreSQL-compatible distributed engines accept
as well; a transaction that they ask to repeat is repeated. So is one whose connection turned out to be
lost before its commit was sent. When the connection is lost during the commit, nobody can tell whether it
was done: that unit is unavailable, and it is not repeated.
"""

from __future__ import annotations

import asyncio
import contextlib
import queue
from collections.abc import Awaitable, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from mockserver.errors import StoreUnavailable, UsageError
from mockserver.store.connection import Connection, DoAgain, Result
from mockserver.store.schema import SchemaVersion, migrations

try:
    import psycopg

    from mockserver.store.postgresql_connection import PostgresqlConnection
    from mockserver.store.postgresql_session import PostgresqlSession
except ImportError as missing:
    raise UsageError(
        "PostgreSQL needs its driver: python3 -m pip install 'proctormock[postgresql]'"
    ) from missing

MAX_CONNECTIONS = 8  # units of work at a time; each may borrow one more connection to take an id
MAX_ATTEMPTS = 4
UPGRADE_LOCK = 0x70726F63  # one server upgrades at a time; the others wait at this advisory lock
_REPEAT = ("40001", "40P01")  # serialization failure, deadlock: nothing was done, try again
_LOST = (None, "57P01", "57P02", "57P03", "25P03")  # no connection, or the server ended it
_UNAVAILABLE = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)


def open_postgresql(url: str) -> PostgresqlStore:
    """Connect to `postgresql+psycopg://…` and bring the schema up to date.

    Raises:
        UsageError: the server cannot be reached, or the database holds another program's tables.
    """
    address = url.replace("postgresql+psycopg:", "postgresql:", 1)
    try:
        with psycopg.connect(address, connect_timeout=10) as driver:
            _upgrade(driver)
    except psycopg.Error as problem:
        raise UsageError(
            f"PostgreSQL cannot be used ({str(problem).strip()}): check --database and that the server is up"
        ) from problem
    return PostgresqlStore(address)


def _upgrade(driver: psycopg.Connection[Any]) -> None:
    driver.execute("SELECT pg_advisory_xact_lock(%s)", (UPGRADE_LOCK,))
    tables = {
        row[0]
        for row in driver.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
    }
    if tables and "building" not in tables:
        raise UsageError("the database holds another program's tables: create an empty one and name that")
    row = driver.execute("SELECT schema_version FROM building").fetchone() if tables else None
    found = SchemaVersion(row[0] if row else 0)
    for version in migrations("postgresql", found, where="the database"):
        for statement in version.statements:
            driver.execute(statement.encode())


class PostgresqlStore:
    """A few connections, each used by one thread at a time."""

    name = "postgresql"

    def __init__(self, address: str) -> None:
        self._address = address
        self._idle: queue.LifoQueue[PostgresqlSession] = queue.LifoQueue()
        self._threads = ThreadPoolExecutor(MAX_CONNECTIONS, thread_name_prefix="postgresql")

    @property
    def waiting(self) -> int:
        return self._threads._work_queue.qsize()

    def run(self, work: Callable[[Connection], Result]) -> Awaitable[Result]:
        return asyncio.get_running_loop().run_in_executor(self._threads, self.run_now, work)

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        attempt, is_careful = 1, False
        while True:
            try:
                return self._transact(work, is_careful=is_careful)
            except DoAgain:
                is_careful = True
            except _Repeatable as problem:
                if attempt == MAX_ATTEMPTS:
                    raise StoreUnavailable from problem.__cause__
                attempt += 1

    def close(self) -> None:
        self._threads.shutdown(wait=True)
        self._close_idle()

    def _transact(self, work: Callable[[Connection], Result], *, is_careful: bool) -> Result:
        """Do `work` in one transaction.

        Raises:
            StoreUnavailable: it was not done, or nobody can tell.
            _Repeatable: it was not done and may be tried again.
            DoAgain: it was not done, and has to be done carefully.
        """
        under_way = False  # connected, and the commit is not sent yet: what fails now has done nothing
        try:
            with self._borrowed() as session:
                under_way = True
                session.begin()
                try:
                    result = work(PostgresqlConnection(session, self._borrowed, is_careful=is_careful))
                except BaseException:
                    session.rollback()
                    raise
                under_way = False
                session.commit()
        except _UNAVAILABLE as problem:
            lost = problem.sqlstate in _LOST
            if lost:
                self._close_idle()  # the others were opened to the same server
            if problem.sqlstate in _REPEAT or (lost and under_way):
                raise _Repeatable from problem
            raise StoreUnavailable from problem
        return result

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[PostgresqlSession]:
        try:
            session = self._idle.get_nowait()
        except queue.Empty:
            session = PostgresqlSession(self._address)
        try:
            yield session
        finally:
            if session.is_usable:
                self._idle.put(session)
            else:
                session.close()

    def _close_idle(self) -> None:
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()


class _Repeatable(Exception):
    """A transaction that was not done and may be tried again; the cause says why."""
