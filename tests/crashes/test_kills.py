"""The short form of `python -m tests.crashes kills`, and the death of one worker among four."""

from __future__ import annotations

import asyncio
import os
import signal
import time
from pathlib import Path

from tests.benchmarks.process import cpu_ticks
from tests.crashes.callers import Answer, ask_once
from tests.crashes.kills import kill_again_and_again
from tests.crashes.servers import CrashingServer, crashing
from tests.crashes.signed import creation

WORKERS = 4


def test_killed_server_has_lost_nothing(tmp_path: Path, database_url: str) -> None:
    with crashing(tmp_path, database_url, "--workers", "2") as server:
        toll = asyncio.run(kill_again_and_again(server, rounds=2))
    assert toll.acknowledged > 0
    assert toll.is_clean, toll  # how long a start takes is measured by the command, on a quiet machine


def test_killed_worker_is_replaced_while_the_others_go_on(tmp_path: Path) -> None:
    with crashing(tmp_path, f"sqlite:///{tmp_path}/a.db", "--workers", str(WORKERS)) as server:
        before = server.workers()
        os.kill(before[0], signal.SIGKILL)
        answers = asyncio.run(ask_often(server))
        assert {answer.status for answer in answers} == {200}
        assert eventually_has_workers(server, WORKERS)
        assert before[0] not in server.workers()
        assert {answer.status for answer in asyncio.run(ask_often(server))} == {200}
        assert f"worker {before[0]} died" in server.log.read_text()


def test_workers_without_their_supervisor_give_the_port_free(tmp_path: Path) -> None:
    with crashing(tmp_path, f"sqlite:///{tmp_path}/a.db", "--workers", "2") as server:
        server.kill_supervisor()
        assert eventually_has_workers(server, 0)
        server.start()
        assert {answer.status for answer in asyncio.run(ask_often(server))} == {200}


def test_workers_share_what_their_supervisor_has_imported(tmp_path: Path) -> None:
    with crashing(tmp_path, f"sqlite:///{tmp_path}/a.db", "--workers", str(WORKERS)) as server:
        assert server.process is not None
        once = cpu_ticks(server.process.pid)
        assert [pid for pid in server.workers() if cpu_ticks(pid) > once / 2] == []


async def ask_often(server: CrashingServer) -> list[Answer]:
    requests = [creation(server.access).request for _ in range(20)]
    return [await ask_once(server.port, data) for data in requests]


def eventually_has_workers(server: CrashingServer, count: int) -> bool:
    deadline = time.monotonic() + 10
    while len(server.workers()) != count and time.monotonic() < deadline:
        time.sleep(0.05)
    return len(server.workers()) == count
