"""The schema files fit the tables, and every statement fits the schema, on both databases."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from pathlib import Path

import psycopg
import pytest
from server_statements import STATEMENTS

from mockserver.errors import UsageError
from mockserver.store import Statement, open_store, schema
from mockserver.store.schema import SchemaVersion, digest, generate, migrations, versions

BUILDING = Statement("SELECT schema_version, master_key, running_ms FROM building")
REMEMBER = Statement("UPDATE building SET master_key = :master_key, running_ms = :running_ms")


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_first_schema_file_is_what_the_tables_declare(database: str) -> None:
    file = Path(schema.__file__).parent / database / "0001_initial.sql"
    assert file.read_text(encoding="utf-8") == generate.schema(database), (
        "run: python -m mockserver.store.schema.generate"
    )


def test_both_databases_have_the_same_versions() -> None:
    numbers = [[version.number for version in versions(database)] for database in ("sqlite", "postgresql")]
    assert numbers[0] == numbers[1] == list(range(1, len(numbers[0]) + 1))


def unregistered(text: str) -> Statement:
    statement = Statement(text)
    Statement.registered.remove(statement)
    return statement


@pytest.mark.parametrize("text", STATEMENTS, ids=lambda text: text[:60])
def test_statement_is_understood_by_sqlite(text: str, tmp_path: Path) -> None:
    statement = unregistered(text)
    open_store(f"sqlite:///{tmp_path}/a.db").close()
    with sqlite3.connect(tmp_path / "a.db") as driver:
        program = driver.execute(f"EXPLAIN {statement.sqlite}", [1] * len(statement.parameters)).fetchall()
    assert program != []


def test_every_statement_is_understood_by_postgresql(postgresql_url: str) -> None:
    open_store(postgresql_url).close()
    refused = []
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as driver:
        for text in STATEMENTS:
            answer = driver.pgconn.prepare(b"", unregistered(text).postgresql)
            if answer.status != psycopg.pq.ExecStatus.COMMAND_OK:
                refused.append((text, answer.get_error_message()))
    assert refused == []


def test_database_of_a_newer_server_is_refused(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/newer.db"
    open_store(url).close()
    with sqlite3.connect(tmp_path / "newer.db") as driver:
        driver.execute("UPDATE building SET schema_version = 999")
    with pytest.raises(UsageError, match=r"newer mockserver \(schema 999"):
        open_store(url)


OTHER_TABLES = [
    pytest.param("UPDATE building SET schema_digest = 'of other files'", id="other files"),
    pytest.param("ALTER TABLE building DROP COLUMN schema_digest", id="before there was a digest"),
]


@pytest.mark.parametrize("change", OTHER_TABLES)
def test_database_of_a_server_with_other_tables_is_refused(database_url: str, change: str) -> None:
    store = open_store(database_url)
    statement = unregistered(change)
    store.run_now(lambda db: db.put(statement))
    store.close()
    with pytest.raises(UsageError, match=r"unreleased mockserver with other tables: remove it"):
        open_store(database_url)


def test_file_of_another_program_is_refused_and_left_alone(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "other.db") as driver:
        driver.execute("CREATE TABLE wine (name TEXT)")
    with pytest.raises(UsageError, match="another program's tables"):
        open_store(f"sqlite:///{tmp_path}/other.db")
    with sqlite3.connect(tmp_path / "other.db") as driver:
        assert driver.execute("SELECT name FROM sqlite_master").fetchall() == [("wine",)]


@pytest.mark.parametrize("rows", [0, 1])
def test_database_with_another_programs_buildings_is_refused(
    tmp_path: Path, postgresql_url: str, rows: int
) -> None:
    commands = ["CREATE TABLE building (street TEXT)", "INSERT INTO building VALUES ('Main Street')"]
    with (
        sqlite3.connect(tmp_path / "houses.db") as sqlite_driver,
        psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as postgresql_driver,
    ):
        for command in commands[: 1 + rows]:
            sqlite_driver.execute(command)
            postgresql_driver.execute(command.encode())
    for url in (f"sqlite:///{tmp_path}/houses.db", postgresql_url):
        with pytest.raises(UsageError, match="another program's tables"):
            open_store(url)


def test_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("remember the milk" * 100)
    with pytest.raises(UsageError, match="cannot be used"):
        open_store(f"sqlite:///{tmp_path}/notes.txt")


def test_postgresql_database_of_another_program_is_refused(postgresql_url: str) -> None:
    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as driver:
        driver.execute("CREATE TABLE wine (name TEXT)")
    with pytest.raises(UsageError, match="another program's tables"):
        open_store(postgresql_url)


@pytest.mark.parametrize(
    ("url", "message"),
    [
        ("mysql://localhost/x", "not a store"),
        ("sqlite:///", "names no file"),
        ("sqlite:////nowhere/at/all.db", "does not exist"),
        ("postgresql://127.0.0.1:1/x", "PostgreSQL cannot be used"),
    ],
)
def test_unusable_url_says_what_to_do(url: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        open_store(url)


def test_opening_twice_changes_nothing(database_url: str) -> None:
    store = open_store(database_url)
    store.run_now(lambda db: db.run(REMEMBER, master_key="a key", running_ms=7))
    store.close()
    store = open_store(database_url)
    row = store.run_now(lambda db: db.one(BUILDING))
    store.close()
    assert row is not None
    assert (row["master_key"], row["running_ms"]) == ("a key", 7)
    assert row["schema_version"] == versions("sqlite")[-1].number


def test_older_schema_is_upgraded_when_opened(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(database_url).close()
    original: Callable[[str], list[SchemaVersion]] = versions
    monkeypatch.setattr(
        schema,
        "versions",
        lambda database: [*original(database), SchemaVersion(2, ("CREATE TABLE later (note TEXT)",))],
    )
    open_store(database_url).close()
    store = open_store(database_url)  # once more: it knows what it was upgraded with
    find = Statement("SELECT schema_version, note FROM building LEFT JOIN later ON 1 = 1")
    Statement.registered.remove(find)
    row = store.run_now(lambda db: db.one(find))
    store.close()
    assert row is not None
    assert row["schema_version"] == 2


def test_versions_already_applied_are_not_applied_again() -> None:
    building = {"schema_version": 1, "schema_digest": digest(versions("sqlite")[:1])}
    assert list(migrations("sqlite", building, where="x")) == []
