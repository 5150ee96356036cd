"""The short form of `python -m tests.crashes waiting` and `… hostile`: with deadlines of four seconds."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crashes.callers import ask_once
from tests.crashes.hostile import hostile_set, slowest_of_good_answers
from tests.crashes.impatient import SECONDS
from tests.crashes.servers import CrashingServer, crashing
from tests.crashes.waiting import LARGE, half_sent, not_reading

MOST_SECONDS = (
    SECONDS + 10
)  # the machine that runs the tests may be busy; a server without deadlines waits for ever


@pytest.fixture(scope="module", params=["httptools", "h11"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[CrashingServer]:
    """An impatient server of each parser."""
    options = ("--http", request.param)
    folder = tmp_path_factory.mktemp("impatient")
    with crashing(folder, "sqlite://", *options, program="tests.crashes.impatient") as running:
        asyncio.run(ask_once(running.port, LARGE))  # written once, when somebody asks for it first
        yield running


def files_are_back(server: CrashingServer, before: int) -> bool:
    deadline = time.monotonic() + MOST_SECONDS
    while server.open_files() > before and time.monotonic() < deadline:
        time.sleep(0.05)
    return server.open_files() <= before


def test_half_sent_requests_are_let_go_and_hold_up_nobody(server: CrashingServer) -> None:
    before = server.open_files()
    wait = asyncio.run(half_sent(server, callers=100))
    assert wait.let_go == {b"HTTP/1.1 408": 200}
    assert wait.longest_seconds < MOST_SECONDS
    assert wait.slowest_good_seconds < SECONDS
    assert files_are_back(server, before)


def test_callers_who_do_not_read_are_let_go(server: CrashingServer) -> None:
    wait = not_reading(server, callers=10, most_seconds=MOST_SECONDS)
    assert wait.longest_seconds < MOST_SECONDS
    assert wait.slowest_good_seconds < SECONDS
    assert server.log.read_text() == ""


def test_hostile_callers_leave_nothing_behind(server: CrashingServer) -> None:
    before = server.open_files()
    asyncio.run(hostile_set(server, callers=80))
    assert files_are_back(server, before)
    assert "Traceback" not in server.log.read_text()


def test_flood_beyond_the_open_files_of_a_process_passes(tmp_path: Path) -> None:
    few_files = ("bash", "-c", 'ulimit -n 200; exec "$@"', "few-files")
    with crashing(tmp_path, "sqlite://", wrapper=few_files) as server:
        asyncio.run(flood(server))
        assert asyncio.run(slowest_of_good_answers(server)) < MOST_SECONDS
        assert len(server.log.read_text()) < 10_000


async def flood(server: CrashingServer) -> None:
    """Hold more connections than the server can open, for a moment."""
    crowd = [asyncio.open_connection("127.0.0.1", server.port) for _ in range(400)]
    opened = await asyncio.gather(*crowd)
    await asyncio.sleep(0.5)
    for _, writer in opened:
        writer.transport.abort()
