"""Floors under what is installed and what is asked for: below them stand holes that are known."""

from __future__ import annotations

import importlib.metadata
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.version import Version

from mockserver.store.sqlite_file import library_version, sqlite3

FLOORS = {
    "pyjwt": "2.15.0",
    "starlette": "1.3.1",
    "python-multipart": "0.0.31",
    "uvicorn": "0.49.0",
    "h11": "0.16.0",
    "httptools": "0.8.0",
}
PROJECT = tomllib.loads((Path(__file__).parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
ASKED_FOR = {
    requirement.name: requirement
    for requirement in map(Requirement, PROJECT["project"]["dependencies"])
    if requirement.name in FLOORS
}


@pytest.mark.parametrize(("package", "floor"), FLOORS.items())
def test_installed_version_is_not_below_its_floor(package: str, floor: str) -> None:
    assert Version(importlib.metadata.version(package)) >= Version(floor)


@pytest.mark.parametrize("package", ASKED_FOR)
def test_nothing_below_a_floor_is_asked_for(package: str) -> None:
    lowest = [Version(part.version) for part in ASKED_FOR[package].specifier if part.operator == ">="]
    assert len(lowest) == 1
    assert lowest[0] >= Version(FLOORS[package])


@pytest.mark.skipif(sqlite3.__name__ == "sqlite3", reason="no wheel of pysqlite3 here: one process only")
def test_library_of_sqlite_lets_several_processes_share_a_file() -> None:
    """SQLite before 3.51.3 can corrupt a file in WAL mode that several processes write and reset."""
    assert library_version() >= (3, 51, 3)
