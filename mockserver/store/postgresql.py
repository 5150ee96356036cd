"""The store in PostgreSQL: `postgresql_turns.py` says who works when, `postgresql_transactions.py` how.

Several servers may share one database. The SQL is what PostgreSQL-compatible distributed engines accept
as well.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from mockserver.errors import UsageError
from mockserver.store.connection import Connection, Result
from mockserver.store.postgresql_turns import Turns
from mockserver.store.schema import migrations
from mockserver.store.unit import Unit

try:
    import psycopg
    from psycopg.rows import dict_row

    from mockserver.store.postgresql_transactions import Transactions
except ImportError as missing:
    raise UsageError(
        "PostgreSQL needs its driver: python3 -m pip install 'proctormock[postgresql]'"
    ) from missing

UPGRADE_LOCK = 0x70726F63  # one server upgrades at a time; the others wait at this advisory lock


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
    building: dict[str, Any] | None = {} if tables else None
    if "building" in tables:
        rows = driver.cursor(row_factory=dict_row)
        building = rows.execute("SELECT * FROM building").fetchone() or {}
    for version in migrations("postgresql", building, where="the database"):
        for statement in version.statements:
            driver.execute(statement.encode())


class PostgresqlStore:
    """Units of work in turns, each turn in a transaction."""

    name = "postgresql"

    def __init__(self, address: str) -> None:
        self.transactions = Transactions(address)
        self.turns = Turns(self.transactions.do)

    @property
    def waiting(self) -> int:
        return self.turns.waiting

    def run(self, work: Callable[[Connection], Result]) -> Awaitable[Result]:
        return self.turns.add(work)

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        unit = Unit(work)
        self.transactions.do([unit])
        result, problem = unit.outcome
        if problem is not None:
            raise problem
        done: Result = result
        return done

    def close(self) -> None:
        self.turns.close()
        self.transactions.close()
