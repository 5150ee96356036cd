"""Where everything is kept: one unit of work per request, on SQLite or PostgreSQL.

Work is a plain function of a `Connection`. The units that wait share one transaction and one commit, as
far as they can; the answer leaves after the commit.
"""

from __future__ import annotations

from mockserver.errors import UsageError
from mockserver.store.connection import Connection, Row, Store
from mockserver.store.statement import Statement

__all__ = ["Connection", "Row", "Statement", "Store", "open_store"]


def open_store(url: str, *, durability: str = "process") -> Store:
    """Open the store at `url`, create or upgrade its schema, and return it.

    `sqlite:///FILE`, `sqlite://` (memory, gone with the process), `postgresql+psycopg://…`.
    `durability` is `process` (nothing answered is lost when the process dies) or `power` (nor when the
    machine does); it concerns SQLite, PostgreSQL has its own `synchronous_commit`.

    Raises:
        UsageError: the URL, the file or the server cannot be used; the message says what to do.
    """
    if url.startswith("sqlite:"):
        from mockserver.store.sqlite import open_sqlite  # noqa: PLC0415 - only the chosen driver is loaded

        return open_sqlite(url, durability=durability)
    if url.startswith(("postgresql:", "postgresql+psycopg:")):
        from mockserver.store.postgresql import open_postgresql  # noqa: PLC0415 - as above

        return open_postgresql(url)
    raise UsageError(
        f"{url.partition(':')[0]!r} is not a store this server knows: "
        "use sqlite:///FILE, sqlite:// (memory) or postgresql+psycopg://USER@HOST/DATABASE"
    )
