"""Checkpoints beside the requests: the log stays short, nothing is lost, nobody is refused."""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path
from typing import Any

import pytest
from store_units import adding, at_once, kinds, nouns

from mockserver.errors import StoreUnavailable
from mockserver.store import open_store, sqlite_checkpoints
from mockserver.store.sqlite_file import sqlite3

EVERY = 50  # units between two checkpoints, in these tests


@pytest.fixture(autouse=True)
def few_units(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_checkpoints, "UNITS", EVERY)


def names(letter: str, count: int = EVERY) -> list[str]:
    return [f"{letter}{number:04}" for number in range(count)]


def add(store: Any, wanted: list[str]) -> None:
    """Add each in a turn of its own, as a single caller would, and let the checkpoint end."""
    assert [at_once(store, adding(noun)) for noun in wanted] == [[noun] for noun in wanted]
    store._checkpoints.close()


def log_of(place: Path) -> Path:
    return place.with_name(f"{place.name}-wal")


def threads() -> list[str]:
    return [thread.name for thread in threading.enumerate()]


def test_log_begins_anew_after_each_checkpoint(store: Any, place: Path) -> None:
    add(store, names("a"))
    once = log_of(place).stat().st_size
    add(store, names("b"))
    add(store, names("c"))
    add(store, names("d"))
    assert log_of(place).stat().st_size == once
    assert nouns(store) == [*names("a"), *names("b"), *names("c"), *names("d")]


def test_log_grows_where_none_is_due(store: Any, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_checkpoints, "UNITS", 10 * EVERY)
    add(store, names("a"))
    once = log_of(place).stat().st_size
    add(store, names("b"))
    assert log_of(place).stat().st_size > once


def test_nobody_is_refused_while_one_is_under_way(store: Any) -> None:
    wanted = names("a", 40 * EVERY)
    results = [at_once(store, *map(adding, wanted[at : at + 8])) for at in range(0, len(wanted), 8)]
    assert [noun for turn in results for noun in turn] == wanted
    assert nouns(store) == wanted


def test_reader_of_an_old_state_only_puts_the_new_beginning_off(store: Any, place: Path) -> None:
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM counter").fetchone() == (0,)
        add(store, names("a"))
        add(store, names("b"))
        long = log_of(place).stat().st_size
        assert reader.execute("SELECT count(*) FROM counter").fetchone() == (0,)
        reader.execute("COMMIT")
    add(store, names("c"))  # comes behind what the log holds; then all of it can be copied
    longest = log_of(place).stat().st_size
    add(store, names("d"))
    assert longest > long
    assert log_of(place).stat().st_size == longest
    assert nouns(store) == [*names("a"), *names("b"), *names("c"), *names("d")]


def test_closing_waits_for_it_and_leaves_no_log(store: Any, place: Path) -> None:
    assert [at_once(store, adding(noun)) for noun in names("a")] == [[noun] for noun in names("a")]
    store.close()
    assert "checkpoint" not in threads()
    assert not log_of(place).exists()
    with contextlib.closing(open_store(f"sqlite:///{place}")) as again:
        assert nouns(again) == names("a")


def test_file_that_is_gone_is_not_made_anew(store: Any, place: Path, tmp_path: Path) -> None:
    add(store, names("a", EVERY - 1))
    place.parent.rename(tmp_path / "elsewhere")
    place.parent.mkdir()
    sqlite_checkpoints._checkpoint(place)
    assert kinds(at_once(store, adding("b"))) == [StoreUnavailable]
    assert list(place.parent.iterdir()) == []


def test_memory_has_no_log() -> None:
    with contextlib.closing(open_store("sqlite://")) as store:
        assert [at_once(store, adding(noun)) for noun in names("a")] == [[noun] for noun in names("a")]
        assert "checkpoint" not in threads()
