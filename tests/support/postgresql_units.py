"""Units of work for a store on PostgreSQL: rows that are put and counted on, and what is sent for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mockserver.store import Connection, Statement

ADD = Statement("INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES ('s', :name, 0, :text)")
ADD_ONCE = Statement(
    "INSERT INTO snapshot (sandbox_id, name, taken_ms, document) VALUES ('s', :name, 0, '') "
    "ON CONFLICT (sandbox_id, name) DO NOTHING"
)
COUNT_ON = Statement("UPDATE snapshot SET taken_ms = taken_ms + 1 WHERE sandbox_id = 's' AND name = :name")
ALL = Statement("SELECT name, taken_ms FROM snapshot WHERE sandbox_id = 's' ORDER BY name")
SLEEP = Statement("SELECT pg_sleep(:seconds)::text AS slept")
Statement.registered.remove(SLEEP)  # SQLite has no such function


def adding(name: str, text: str = "") -> Callable[[Connection], None]:
    return lambda db: db.put(ADD, name=name, text=text)


def counting_on(*names: str) -> Callable[[Connection], list[int]]:
    return lambda db: [db.run(COUNT_ON, name=name) for name in names]


def rows(store: Any) -> dict[str, int]:
    return {row["name"]: row["taken_ms"] for row in store.run_now(lambda db: db.all(ALL))}


class Recorded:
    """The messages that the stores of this process send, in their order."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        from mockserver.store.postgresql_session import PostgresqlSession

        self.messages: list[str] = []
        for name in ("begin", "commit", "rollback", "execute", "execute_at_once", "execute_apart"):
            real = getattr(PostgresqlSession, name)
            monkeypatch.setattr(PostgresqlSession, name, self._noting(name, real))

    def _noting(self, name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def noting(*arguments: Any, **options: Any) -> Any:
            self.messages.append(name)
            return real(*arguments, **options)

        return noting
