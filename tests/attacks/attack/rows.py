"""Looks into the database from outside of the server: all rows of a sandbox with one query."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from mockserver.vendors import all_vendors

TABLES = sorted({table for vendor in all_vendors() for table in vendor.tables} | {"nonce"})

Rows = frozenset[tuple[str, str]]  # table, and a row of it written out
Query = Callable[[str], Rows]


@contextlib.contextmanager
def rows_of(database: str) -> Iterator[Query]:
    """Give a function that returns the rows of the sandbox whose id it gets."""
    in_sqlite = database.startswith("sqlite:")
    with contextlib.closing(_sqlite(database) if in_sqlite else _postgresql(database)) as driver:
        selects = [
            f"SELECT '{table}', {_columns(driver, table) if in_sqlite else f'{table}::text'} FROM {table}"
            for table in TABLES
        ]
        yield lambda sandbox_id: frozenset(
            driver.execute(
                " UNION ALL ".join(f"{select} WHERE sandbox_id = '{sandbox_id}'" for select in selects)
            ).fetchall()
        )


def _sqlite(database: str) -> Any:
    import pysqlite3

    return pysqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)


def _postgresql(database: str) -> Any:
    import psycopg

    return psycopg.connect(database.replace("+psycopg", ""), autocommit=True)


def _columns(driver: Any, table: str) -> str:
    """Return the SQL that writes out a row of a table of SQLite."""
    names = [column[1] for column in driver.execute(f"PRAGMA table_info({table})")]
    return " || ',' || ".join(f'quote("{name}")' for name in names)
