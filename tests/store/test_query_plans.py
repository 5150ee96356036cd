"""A look-up uses the index that knows most of what it asks for: it costs the same however much is held.

SQLite chooses without having seen the rows. To spare itself sorting, it may read a whole sandbox.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from server_statements import STATEMENTS

from mockserver.store import Statement, open_store
from mockserver.store.sqlite_file import sqlite3

# Read as a whole, or to the first hundred thousand rows, whenever they are: by upkeep, metrics and messages.
READ_AS_A_WHOLE = {"building", "sandbox", "pending_event", "former_credential", "nonce", "journal"}
_TABLE = re.compile(r"\b(?:FROM|JOIN|UPDATE) (\w+)(?: AS (\w+))?")
_PINNED = re.compile(r"(?:(\w+)\.)?(\w+) = (?::\w+|\w+\.\w+)")
_SEARCH = re.compile(
    r"SEARCH (\w+) USING (?:COVERING )?(?:INDEX (\w+)|PRIMARY KEY|INTEGER PRIMARY KEY) \((.*)\)"
)
_SCAN = re.compile(r"SCAN (\w+)(?! CONSTANT)")

WITH_WHERE = [text for text in STATEMENTS if " WHERE " in text and " OR " not in text]


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    place: Path = tmp_path_factory.mktemp("plans") / "plans.db"
    open_store(f"sqlite:///{place}").close()
    driver = sqlite3.connect(place)
    yield driver
    driver.close()


def plan(driver: Any, text: str) -> list[str]:
    """Return what SQLite says that it would do, line by line."""
    statement = Statement(text)
    Statement.registered.remove(statement)
    values = [None] * len(statement.parameters)
    return [row[3] for row in driver.execute(f"EXPLAIN QUERY PLAN {statement.sqlite}", values)]


def indexes(driver: Any, table: str) -> dict[str, tuple[bool, list[str]]]:
    """Return the indexes of a table: whether each is unique, and its columns."""
    listed = driver.execute('SELECT name, "unique" FROM pragma_index_list(?)', [table]).fetchall()
    named = "SELECT name FROM pragma_index_info(?) ORDER BY seqno"
    return {
        name: (bool(is_unique), [column for (column,) in driver.execute(named, [name])])
        for name, is_unique in listed
    }


def pinned_in_front(columns: list[str], pinned: set[str]) -> int:
    return next((n for n, column in enumerate(columns) if column not in pinned), len(columns))


@pytest.mark.parametrize("text", WITH_WHERE, ids=lambda text: text[:60])
def test_look_up_uses_the_index_that_pins_most(driver: Any, text: str) -> None:
    conditions = text.partition(" WHERE ")[2] + " " + " ".join(re.findall(r" ON (.*?) WHERE ", text))
    tables = {alias or table: table for table, alias in _TABLE.findall(text)}
    for found in filter(None, map(_SEARCH.match, plan(driver, text))):
        name, used, terms = found.groups()
        pinned = {column for owner, column in _PINNED.findall(conditions) if owner in ("", name)}
        choice = indexes(driver, tables[name])
        is_unique, columns = choice.get(used, (True, [])) if used else (True, [])
        if "rowid=?" in terms or (is_unique and columns and pinned_in_front(columns, pinned) == len(columns)):
            continue  # one row at most
        best = max(pinned_in_front(columns, pinned) for _, columns in choice.values())
        assert terms.count("=?") >= best, (name, terms)


@pytest.mark.parametrize("text", STATEMENTS, ids=lambda text: text[:60])
def test_nothing_that_grows_is_read_as_a_whole(driver: Any, text: str) -> None:
    tables = {alias or table: table for table, alias in _TABLE.findall(text)}
    scanned = {
        tables[found[1]] for line in plan(driver, text) if (found := _SCAN.match(line)) and found[1] in tables
    }
    assert scanned <= READ_AS_A_WHOLE


def test_statement_that_would_read_a_whole_sandbox_is_noticed(driver: Any) -> None:
    text = "SELECT id FROM consero_allocation WHERE sandbox_id = :sandbox_id AND +email_key = :email_key"
    with pytest.raises(AssertionError, match="sandbox_id"):
        test_look_up_uses_the_index_that_pins_most(driver, text)
