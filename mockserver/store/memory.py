"""Rows that were read once and are asked for with every request: whose credential it is, who calls.

A row is remembered for as long as nobody can have changed it: when this process changes or removes rows of
its table, it forgets, and what other processes write, SQLite tells at the beginning of each transaction
(`PRAGMA data_version`).
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from mockserver.store.connection import Row
from mockserver.store.statement import Statement

MOST_ROWS = 10_000


class Memory:
    """What one driver connection remembers."""

    def __init__(self) -> None:
        self.tables: set[str] = set()  # from which a remembered row was read
        self._rows: dict[Hashable, Row] = {}
        self._version = -1

    def begin(self, driver: Any) -> None:
        """Forget everything if another process has written; in a transaction, where none can any more."""
        version = driver.execute("PRAGMA data_version").fetchone()[0]
        if version != self._version:
            self.forget()
            self._version = version

    def find(self, key: Hashable) -> Row | None:
        """Return the row of a query and its values, None where it has to be read."""
        return self._rows.get(key)

    def keep(self, key: Hashable, row: Row, statement: Statement) -> None:
        """Remember a row until its tables are written to."""
        if len(self._rows) >= MOST_ROWS:
            self.forget()
        self._rows[key] = row
        self.tables |= statement.reads

    def forget(self) -> None:
        """Forget everything: something was written to one of the tables, or undone."""
        self._rows.clear()
        self.tables.clear()
