"""The short form of `python -m tests.crashes races` and `… bursts`."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crashes.races import bursts, once, race
from tests.crashes.servers import CrashingServer, crashing


@pytest.fixture(params=["1", "4"])
def workers(request: pytest.FixtureRequest) -> str:
    number: str = request.param
    return number


@pytest.fixture
def server(tmp_path: Path, database_url: str, workers: str) -> Iterator[CrashingServer]:
    """Each store with one worker and with four."""
    with crashing(tmp_path, database_url, "--workers", workers) as running:
        yield running


def test_of_equal_requests_one_is_let_in(server: CrashingServer) -> None:
    assert asyncio.run(race([server], requests=150, callers=4)) == {once(4): 150}
    assert asyncio.run(bursts(server, rounds=5, callers=64)) == {once(64): 5}
    assert server.log.read_text() == ""


def test_two_servers_on_one_database_let_one_in(tmp_path: Path, database_url: str) -> None:
    other_folder = tmp_path / "other"
    other_folder.mkdir()
    with crashing(tmp_path, database_url) as one, crashing(other_folder, database_url) as other:
        assert asyncio.run(race([one, other], requests=150, callers=4)) == {once(4): 150}
