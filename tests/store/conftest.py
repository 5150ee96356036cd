"""A store on a file of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver.store import Statement, open_store

NAME = Statement("UPDATE building SET master_key = 'mine'")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "a b" / "mock#1?.db"


@pytest.fixture
def store(place: Path) -> Iterator[Any]:
    place.parent.mkdir()
    opened = open_store(f"sqlite:///{place}")
    opened.run_now(lambda db: db.run(NAME))
    yield opened
    opened.close()


@pytest.fixture
def second_store(postgresql_url: str, store: Any) -> Iterator[Any]:
    """Another server with the same database."""
    opened = open_store(postgresql_url)
    yield opened
    opened.close()


@pytest.fixture
def other(postgresql_url: str) -> Iterator[Any]:
    """Somebody else's connection to the same database."""
    import psycopg

    with psycopg.connect(postgresql_url.replace("+psycopg", ""), autocommit=True) as driver:
        yield driver
