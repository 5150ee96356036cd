"""One worker against two, on SQLite and on PostgreSQL.

Servers, database and client share what cores there are; with two of them the second worker has no core of
its own. So the processor time of each side is measured as well, and how often a transaction waits for
another's lock: that says what limits a machine with more cores (docs/performance.md, "Larger").
"""

from __future__ import annotations

import contextlib
import functools
import resource
import statistics
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from mockserver.client.controls import ControlApi
from tests.benchmarks.compare import Runs
from tests.benchmarks.load import Load, UsedUp, put_under
from tests.benchmarks.process import TICKS_PER_SECOND, Server, cpu_ticks, free_port, running, with_parent
from tests.benchmarks.signed import Access, signed_load
from tests.benchmarks.subjects import OURS, serve_command
from tests.support.postgresql_server import running_postgresql

WRITE, SPREAD = "institutes.create", "institutes.create in 16 sandboxes"
LOADS = (WRITE, SPREAD, "exams.upsert")
SANDBOXES = 16
FIRST_PER_SECOND = 10_000  # so many are prepared, twice as many when they were too few
SAMPLE_SECONDS = 0.02


@dataclass
class Costs:
    """Besides the server's own figures: processor time of database and client, share of waiting backends."""

    runs: Runs = field(default_factory=Runs)
    database_us: list[float] = field(default_factory=list)
    client_us: list[float] = field(default_factory=list)
    lock_waits: list[float] = field(default_factory=list)


def measure(*, rounds: int, seconds: int, connections: int) -> dict[str, Any]:
    """Return rates and costs by database, number of workers and load."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        postgresql = stack.enter_context(_postgresql())
        places = {"sqlite": {n: f"sqlite:///{folder}/{n}.db" for n in (1, 2)}, "postgresql": postgresql.urls}
        servers: dict[tuple[str, int], Server] = {}
        for name, urls in places.items():
            for number, url in urls.items():
                port = free_port()
                command = serve_command(url, port, "--workers", str(number))
                servers[name, number] = stack.enter_context(
                    running(command, port=port, folder=Path(folder), core=None)
                )
        costs = {(*key, load): Costs() for key in servers for load in LOADS}
        for turn in range(-1, rounds):
            for (name, number, load), kept in costs.items():
                spare = Costs() if turn < 0 else kept
                _turn(
                    servers[name, number], load, spare, postgresql, seconds=seconds, connections=connections
                )
    return _results(costs)


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = []
    for name, one in result.items():
        rate = one["per_second"]
        lines.append(
            f"{name:44} {rate['median']:>6}/s ({rate['min']} to {rate['max']})  p99 {one['p99_ms']} ms  "
            f"µs CPU: server {one['cpu_us']}, database {one['database_us']}, client {one['client_us']}  "
            f"waiting for a lock {one['lock_waits']:.1%}  refused {one['refused']}"
        )
        if "ratio" in one:
            lines.append(
                f"{'':44} {one['ratio']} of one worker; with a core for each: {one['ratio_with_cores']}"
            )
    return "\n".join(lines)


@dataclass(frozen=True)
class Postgresql:
    """A running PostgreSQL: an empty database for each number of workers."""

    urls: dict[int, str]
    address: str
    postmaster: int

    def cpu_seconds(self) -> float:
        """Return the processor time of all its processes that live."""
        return sum(cpu_ticks(pid) for pid in with_parent(self.postmaster)) / TICKS_PER_SECOND


@contextlib.contextmanager
def _postgresql() -> Iterator[Postgresql]:
    import psycopg

    with running_postgresql() as server:
        with psycopg.connect(server.address, autocommit=True) as driver:
            for number in (1, 2):
                driver.execute(f"CREATE DATABASE workers_{number}".encode())
        urls = {number: server.url.replace("/postgres?", f"/workers_{number}?") for number in (1, 2)}
        yield Postgresql(urls, server.address, server.postmaster)


def _turn(
    server: Server, load: str, kept: Costs, postgresql: Postgresql, *, seconds: int, connections: int
) -> None:
    count = FIRST_PER_SECOND * seconds
    while True:
        prepared = _prepared(load, server.url, count)
        before = server.cpu_seconds(), postgresql.cpu_seconds(), _client_seconds()
        try:
            with _watched(postgresql) as waits:
                figures = put_under(prepared, server.url, connections=connections, seconds=seconds, core=None)
        except UsedUp:
            count *= 2
            continue
        after = server.cpu_seconds(), postgresql.cpu_seconds(), _client_seconds()
        break
    server_us, database_us, client_us = (
        (late - early) / max(figures.requests, 1) * 1e6 for early, late in zip(before, after, strict=True)
    )
    kept.runs.figures.append(figures)
    kept.runs.cpu_us.append(server_us)
    kept.database_us.append(database_us)
    kept.client_us.append(client_us)
    kept.lock_waits.append(statistics.fmean(waits) if waits else 0.0)


def _prepared(load: str, url: str, count: int) -> Load:
    """Return the load; over sandboxes its requests share few rows, as those of parallel tests do."""
    if load != SPREAD:
        return OURS.loads[load](url, count)
    shares = [signed_load(WRITE, access, count // SANDBOXES).requests for access in _sandboxes(url)]
    return Load([one for requests in zip(*shares, strict=True) for one in requests], again=False)


@functools.cache
def _sandboxes(url: str) -> list[Access]:
    """Make the sandboxes of a server; return base URL and credentials of each."""
    api = ControlApi(url)
    return [api.call("sandboxes.create", {})["credentials"] for _ in range(SANDBOXES)]


@contextlib.contextmanager
def _watched(postgresql: Postgresql) -> Iterator[list[float]]:
    """Sample which share of the active backends waits for a lock of another transaction."""
    import psycopg

    shares: list[float] = []
    done = threading.Event()

    def watch() -> None:
        with psycopg.connect(postgresql.address, autocommit=True) as driver:
            while not done.wait(SAMPLE_SECONDS):
                row = driver.execute(
                    "SELECT count(*) FILTER (WHERE wait_event_type = 'Lock'), count(*) FROM pg_stat_activity"
                    " WHERE state IN ('active', 'idle in transaction') AND pid <> pg_backend_pid()"
                ).fetchone()
                if row and row[1]:
                    shares.append(row[0] / row[1])

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield shares
    finally:
        done.set()
        thread.join()


def _client_seconds() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def _results(costs: dict[tuple[str, int, str], Costs]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for (name, number, load), kept in costs.items():
        one = found[f"{name}, {number} worker{'s' * (number > 1)}, {load}"] = {
            **kept.runs.summary(),
            "database_us": round(statistics.median(kept.database_us), 1),
            "client_us": round(statistics.median(kept.client_us), 1),
            "lock_waits": round(statistics.median(kept.lock_waits), 4),
        }
        if number > 1:
            alone = found[f"{name}, 1 worker, {load}"]
            one["ratio"] = round(one["per_second"]["median"] / alone["per_second"]["median"], 2)
            one["ratio_with_cores"] = round(number * alone["cpu_us"] / one["cpu_us"], 2)
    return found
