"""The file of an open store: moved away, put back, or another one under its name."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Any

import pytest
from store_units import adding, at_once, kinds, nouns

from mockserver.errors import StoreUnavailable
from mockserver.store import open_store


def remove(place: Path) -> None:
    """Remove the file and what SQLite keeps beside it."""
    for file in place.parent.iterdir():
        file.unlink()


def test_file_that_was_moved_away_takes_nothing_until_it_is_back(
    store: Any, place: Path, tmp_path: Path
) -> None:
    assert at_once(store, adding("a")) == ["a"]
    place.parent.rename(tmp_path / "elsewhere")
    assert kinds(at_once(store, adding("b"))) == [StoreUnavailable]
    (tmp_path / "elsewhere").rename(place.parent)
    assert at_once(store, adding("c")) == ["c"]
    assert nouns(store) == ["a", "c"]


def test_copy_of_the_file_is_taken_up_again(store: Any, place: Path, tmp_path: Path) -> None:
    assert at_once(store, adding("a")) == ["a"]
    shutil.copytree(place.parent, tmp_path / "copy")
    remove(place)
    assert kinds(at_once(store, adding("b"))) == [StoreUnavailable]
    shutil.copytree(tmp_path / "copy", place.parent, dirs_exist_ok=True)
    assert at_once(store, adding("c")) == ["c"]
    with contextlib.closing(open_store(f"sqlite:///{place}")) as other:
        assert nouns(other) == ["a", "c"]


@pytest.mark.parametrize("content", [b"", b"no database at all" * 100])
def test_other_file_of_that_name_is_left_alone(store: Any, place: Path, content: bytes) -> None:
    remove(place)
    place.write_bytes(content)
    assert kinds(at_once(store, adding("a"))) == [StoreUnavailable]
    assert place.read_bytes() == content


def test_other_database_of_that_name_is_left_alone(store: Any, place: Path) -> None:
    remove(place)
    with contextlib.closing(open_store(f"sqlite:///{place}")) as other:
        assert kinds(at_once(store, adding("a"))) == [StoreUnavailable]
        assert nouns(other) == []
