"""Which tables a statement names, as it says itself and as SQLite says: what is put off waits for those."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from server_statements import STATEMENTS

from mockserver.store import Statement, open_store

SCHEMA_TABLES = {"sqlite_master", "sqlite_sequence", "sqlite_stat1"}
TOUCHING = {sqlite3.SQLITE_READ, sqlite3.SQLITE_INSERT, sqlite3.SQLITE_UPDATE, sqlite3.SQLITE_DELETE}


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    place: Path = tmp_path_factory.mktemp("tables") / "tables.db"
    open_store(f"sqlite:///{place}").close()
    with sqlite3.connect(place) as driver:
        yield driver


@pytest.mark.parametrize("text", STATEMENTS, ids=lambda text: text[:60])
def test_statement_knows_its_tables(driver: sqlite3.Connection, text: str) -> None:
    tables = {name for (name,) in driver.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    found: set[str] = set()

    def note(action: int, name: str | None, *_: object) -> int:
        if action in TOUCHING and name in tables - SCHEMA_TABLES:
            found.add(name)
        return sqlite3.SQLITE_OK

    statement = Statement(text)
    Statement.registered.remove(statement)
    driver.set_authorizer(note)
    driver.execute(f"EXPLAIN {statement.sqlite}", [None] * len(statement.parameters))
    driver.set_authorizer(None)
    assert found
    assert statement.tables == found
