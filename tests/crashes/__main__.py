"""The long forms, on demand: `python -m tests.crashes COMMAND`.

Each prints what it counted, and ends with 0 when all of it is as it must be, with 1 when not.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tests.crashes.callers import ask_once
from tests.crashes.hostile import hostile_set
from tests.crashes.kills import READY_SECONDS, kill_again_and_again
from tests.crashes.races import bursts, once, race
from tests.crashes.servers import CrashingServer, crashing
from tests.crashes.waiting import LARGE, half_sent, not_reading
from tests.support.postgresql_server import running_postgresql

MOST_GROWTH_MB = 50


def main() -> int:
    """Do what the command line asks for and return the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.crashes", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    _add(commands, "races", _races, "the same signed request from many callers", requests=100_000, callers=4)
    _add(commands, "bursts", _bursts, "the same request released at one instant", rounds=1_000, callers=64)
    _add(commands, "kills", _kills, "kill -9 of all processes under load", rounds=500, callers=8, busy=0)
    _add(commands, "hostile", _hostile, "slow, half-sent and oversized requests", rounds=100, callers=500)
    _add(commands, "waiting", _waiting, "half-sent heads and bodies, answers not taken", callers=500)
    options = parser.parse_args()
    is_right = True
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))  # a crowd takes a file each
    for store in options.stores.split(","):
        for workers in options.workers.split(","):
            began = time.monotonic()
            with _server(store, workers) as server:
                result, said = options.run(server, options)
            is_right &= result
            verdict = "ok" if result else "WRONG"
            print(
                f"{verdict:6}{options.command} on {store}, {workers} workers, "
                f"{time.monotonic() - began:.0f} s: {said}",
                flush=True,
            )
    return 0 if is_right else 1


def _add(commands: Any, name: str, run: Callable[..., tuple[bool, str]], text: str, **numbers: int) -> None:
    parser = commands.add_parser(name, help=text, description=text)
    parser.add_argument("--stores", default="sqlite,postgresql", help="default: %(default)s")
    parser.add_argument("--workers", default="1,2,4", help="default: %(default)s")
    for option, default in numbers.items():
        parser.add_argument(f"--{option}", type=int, default=default, help="default: %(default)s")
    parser.set_defaults(run=run)


def _races(server: CrashingServer, options: argparse.Namespace) -> tuple[bool, str]:
    found = asyncio.run(race([server], options.requests, options.callers))
    return found == {once(options.callers): options.requests}, _shown(found)


def _bursts(server: CrashingServer, options: argparse.Namespace) -> tuple[bool, str]:
    found = asyncio.run(bursts(server, options.rounds, options.callers))
    return found == {once(options.callers): options.rounds}, _shown(found)


def _kills(server: CrashingServer, options: argparse.Namespace) -> tuple[bool, str]:
    with _others_at_work(options.busy):
        toll = asyncio.run(kill_again_and_again(server, options.rounds, callers=options.callers))
    said = (
        f"{toll.rounds} rounds, {toll.acknowledged} acknowledged, {len(toll.lost)} lost, "
        f"{len(toll.let_in_twice)} let in twice, ready again within {toll.slowest_start_seconds:.2f} s"
    )
    return toll.is_clean and toll.slowest_start_seconds < READY_SECONDS, said


def _hostile(server: CrashingServer, options: argparse.Namespace) -> tuple[bool, str]:
    asyncio.run(hostile_set(server, callers=options.callers))  # what grows once, as caches do, is no leak
    time.sleep(2)  # until refused connections have lingered
    memory, files = server.resident_mb(), server.open_files()
    slowest = max(asyncio.run(hostile_set(server, callers=options.callers)) for _ in range(options.rounds))
    time.sleep(2)
    growth, left = server.resident_mb() - memory, server.open_files() - files
    said = (
        f"{options.rounds} rounds, slowest good answer {slowest:.2f} s, {growth:+.1f} MB, {left:+} open files"
    )
    return slowest < 1 and growth < MOST_GROWTH_MB and left <= 0, said


def _waiting(server: CrashingServer, options: argparse.Namespace) -> tuple[bool, str]:
    sent = asyncio.run(half_sent(server, callers=options.callers))
    asyncio.run(ask_once(server.port, LARGE))  # written once, when somebody asks for it first
    time.sleep(2)  # until the connections that were let go are closed
    unread = not_reading(server, callers=options.callers // 10, most_seconds=70)
    said = (
        f"{options.callers} heads and {options.callers} bodies let go within {sent.longest_seconds:.0f} s, "
        f"unread answers within {unread.longest_seconds:.0f} s; slowest good answer "
        f"{max(sent.slowest_good_seconds, unread.slowest_good_seconds):.2f} s meanwhile"
    )
    in_time = sent.longest_seconds < 65 and unread.longest_seconds < 65
    return in_time and max(sent.slowest_good_seconds, unread.slowest_good_seconds) < 1, said


@contextlib.contextmanager
def _others_at_work(count: int) -> Iterator[None]:
    """Keep as many cores busy with something else."""
    others = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield
    finally:
        for other in others:
            other.kill()
            other.wait()


@contextlib.contextmanager
def _server(store: str, workers: str) -> Iterator[CrashingServer]:
    with tempfile.TemporaryDirectory() as name, contextlib.ExitStack() as stack:
        folder = Path(name)
        database = f"sqlite:///{folder}/proctormock.db"
        if store == "postgresql":
            database = stack.enter_context(running_postgresql()).url
        yield stack.enter_context(crashing(folder, database, "--workers", workers))


def _shown(found: Counter[tuple[int, ...]]) -> str:
    parts = []
    for statuses, times in found.most_common():
        counted = Counter(statuses)
        parts.append(f"{times} times " + " and ".join(f"{many}x{status}" for status, many in counted.items()))
    return "; ".join(parts)


if __name__ == "__main__":
    sys.exit(main())
