"""Statements that are executed later in the turn, because nobody asks for what they change."""

from __future__ import annotations

from mockserver.store.postgresql_session import Repeated, Value
from mockserver.store.statement import Statement


class PutOff:
    """What waits for its execution: one statement a table, so that their order does not matter."""

    def __init__(self) -> None:
        self._all: list[Repeated] = []
        self._by_table: dict[str, Repeated] = {}

    def __bool__(self) -> bool:
        return bool(self._all)

    def concerns(self, statement: Statement) -> bool:
        """Whether `statement` names a table that is still to be changed."""
        return not self._by_table.keys().isdisjoint(statement.tables)

    def takes(self, statement: Statement, text: bytes, *, changes_one: bool) -> bool:
        """Whether nothing waits for a table of this statement but the same, of which the same is expected."""
        waiting = [self._by_table[table] for table in statement.tables & self._by_table.keys()]
        return all(one.text == text and one.changes_one == changes_one for one in waiting)

    def add(self, statement: Statement, text: bytes, row: tuple[Value, ...], *, changes_one: bool) -> None:
        """Add one execution of `text`, the form of `statement` that PostgreSQL gets."""
        found = (self._by_table[table] for table in statement.tables if table in self._by_table)
        repeated = next(found, None)
        if repeated is None:
            repeated = Repeated(text, changes_one)
            self._all.append(repeated)
            self._by_table.update(dict.fromkeys(statement.tables, repeated))
        repeated.rows.append(row)

    def taken(self) -> list[Repeated]:
        """Return everything, which then waits no more."""
        taken, self._all = self._all, []
        self._by_table.clear()
        return taken
