"""What is written is what is read, on both stores: text, numbers, bytes and nothing."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from mockserver.store import Statement, Store, open_store

ADD = Statement(
    """
    INSERT INTO journal (sandbox_id, at_ms, vendor, operation, method, path, status, unread, duration_us,
        size, entry)
    VALUES (:sandbox_id, :at_ms, :vendor, :operation, 'GET', :path, 200, 0, 0, 0, :entry)
    """
)
FIND = Statement(
    """
    SELECT at_ms, vendor, operation, path, entry FROM journal
    WHERE sandbox_id = :sandbox_id AND path = :path
    """
)
TOTAL = Statement("SELECT SUM(status) AS total, COUNT(*) AS many FROM journal WHERE sandbox_id = :sandbox_id")
ROW = {"at_ms": 1, "vendor": "consero", "operation": "a", "path": "/", "entry": b"{}"}


@pytest.fixture
def store(database_url: str) -> Iterator[Store]:
    opened = open_store(database_url)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    "changed",
    [
        {"at_ms": 2**63 - 1},
        {"at_ms": -(2**63)},
        {"at_ms": 0},
        {"operation": None},
        {"operation": ""},
        {"path": "/Zoë €5 % %s %(a)s $1 ?1 :at_ms \\ ' \" \U0001f600"},
        {"entry": b""},
        {"entry": bytes(range(256)) * 300},
        {"entry": b"\\x00"},
    ],
    ids=repr,
)
def test_value_comes_back(store: Store, changed: dict[str, Any]) -> None:
    row = {**ROW, **changed}
    store.run_now(lambda db: db.insert(ADD, sandbox_id="s", **row))
    (found,) = store.run_now(lambda db: db.all(FIND, sandbox_id="s", path=row["path"]))
    assert {name: found[name] for name in found.keys()} == row  # noqa: SIM118 - rows of SQLite iterate values


def test_sum_is_a_whole_number(store: Store) -> None:
    numbers = [store.run_now(lambda db: db.insert(ADD, sandbox_id="s", **ROW)) for _ in range(3)]
    assert numbers == sorted(set(numbers))
    total = store.run_now(lambda db: db.one(TOTAL, sandbox_id="s"))
    assert total is not None
    assert (total["total"], total["many"]) == (600, 3)


def test_no_row_is_none(store: Store) -> None:
    assert store.run_now(lambda db: db.one(FIND, sandbox_id="s", path="/")) is None
    assert store.run_now(lambda db: db.all(FIND, sandbox_id="s", path="/")) == []
