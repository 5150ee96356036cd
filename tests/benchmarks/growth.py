"""What a signed write costs with 10^3 to 10^7 nonces in the store, and how long a slice of a purge takes."""

from __future__ import annotations

import contextlib
import functools
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from mockserver.store import nonces, open_store
from mockserver.store.sqlite_file import sqlite3
from tests.benchmarks.compare import Runs, turn
from tests.benchmarks.process import Server, free_port, running
from tests.benchmarks.subjects import OURS, serve_command

SIZES = (10**3, 10**4, 10**5, 10**6, 10**7)
LOAD = "institutes.create"
EXPIRED = 10**5
SUBJECT = "proctorexam/*"
_KEY, _STEP = 10**18, 9 * 10**18  # nonces of 19 digits, spread evenly: a new one falls anywhere among them

# Keys in their order, expiry across it: a purge then finds its rows all over the table, as in real life.
_FILL = """
    WITH RECURSIVE number(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM number WHERE i + 1 < :size)
    INSERT INTO nonce (sandbox_id, subject, nonce, first_seen_ms, remembered_until_ms, kept_until_ms)
    SELECT 'default', :subject, CAST(:least + i * :step AS TEXT), :now_ms, :until_ms,
           :kept_ms + i * 7919 % :size
    FROM number
"""
_EXPIRE = "UPDATE nonce SET remembered_until_ms = 0, kept_until_ms = 0 WHERE kept_until_ms < :below"


def measure(*, rounds: int, seconds: int, connections: int, most: int = SIZES[-1]) -> dict[str, Any]:
    """Return the cost per request by size, and the durations of the slices of a purge at the largest one."""
    sizes = [size for size in SIZES if size <= most]
    with tempfile.TemporaryDirectory() as folder:
        files = {size: Path(folder) / f"{size}.db" for size in sizes}
        for size, file in files.items():
            _fill(file, size)
            print(f"{size:,} nonces: {file.stat().st_size / 2**20:,.0f} MB")
        by_size = _costs(files, rounds=rounds, seconds=seconds, connections=connections)
        purge = _purge(files[sizes[-1]])
    first = by_size[str(sizes[0])]["cpu_us"]
    return {
        "by_size": by_size,
        "cost_at_most": round(max(one["cpu_us"] for one in by_size.values()) / first, 3),
        "target": 1.5,
        "purge": {**purge, "nonces": sizes[-1]},
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    lines = ["nonces       µs CPU/request  requests/s (min, median, max)   p99 ms"]
    for size, one in result["by_size"].items():
        rate = one["per_second"]
        lines.append(
            f"{int(size):>10,}  {one['cpu_us']:>10}       {rate['min']:>6} {rate['median']:>6}"
            f" {rate['max']:>6}          {one['p99_ms']:>8}"
        )
    purge = result["purge"]
    lines.append(f"dearest against cheapest start: {result['cost_at_most']} (target {result['target']})")
    lines.append(
        f"purge of {purge['rows']:,} among {purge['nonces']:,}: {purge['slices']} slices, "
        f"median {purge['median_ms']} ms, longest {purge['longest_ms']} ms"
    )
    return "\n".join(lines)


def _fill(file: Path, size: int) -> None:
    """Make a store with a sandbox `default` and `size` nonces in it."""
    port = free_port()
    with running(serve_command(f"sqlite:///{file}", port), port=port, folder=file.parent):
        pass
    now_ms = time.time_ns() // 10**6
    driver = sqlite3.connect(file, isolation_level=None)
    (index,) = driver.execute("SELECT sql FROM sqlite_master WHERE name = 'nonce_kept_until'").fetchone()
    driver.execute("PRAGMA synchronous = OFF")
    driver.execute("BEGIN")
    driver.execute("DROP INDEX nonce_kept_until")
    far = now_ms + nonces.KEEP_MS
    driver.execute(
        _FILL,
        {
            "size": size,
            "subject": SUBJECT,
            "least": _KEY,
            "step": _STEP // size,
            "now_ms": now_ms,
            "until_ms": far,
            "kept_ms": nonces.KEEP_MS,
        },
    )
    driver.execute(index)
    driver.execute("COMMIT")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.close()


def _costs(files: dict[int, Path], *, rounds: int, seconds: int, connections: int) -> dict[str, Any]:
    runs = {size: Runs() for size in files}
    with contextlib.ExitStack() as stack:
        servers: dict[int, Server] = {}
        for size, file in files.items():
            port = free_port()
            command = serve_command(f"sqlite:///{file}", port)
            servers[size] = stack.enter_context(running(command, port=port, folder=file.parent))
        for number in range(-1, rounds):
            for size, server in servers.items():
                # the round before the first one fills the journal to its cap
                figures, cpu_us = turn(OURS, LOAD, server, seconds=seconds, connections=connections)
                if number >= 0:
                    runs[size].figures.append(figures)
                    runs[size].cpu_us.append(cpu_us)
    return {str(size): kept.summary() for size, kept in runs.items()}


def _purge(file: Path) -> dict[str, Any]:
    """Purge as the upkeep of a server does, slice after slice, and time each: so long a request may wait."""
    driver = sqlite3.connect(file, isolation_level=None)
    driver.execute(_EXPIRE, {"below": nonces.KEEP_MS + EXPIRED})
    driver.close()
    store = open_store(f"sqlite:///{file}")
    work = functools.partial(nonces.purge, sandbox_id="default", now_ms=1, running_ms=1)
    durations, rows = [], 0
    while True:
        began = time.perf_counter()
        purged = store.run_now(work)
        durations.append((time.perf_counter() - began) * 1000)
        rows += purged
        if purged < nonces.PURGE_SLICE:
            break
    store.close()
    return {
        "rows": rows,
        "slices": len(durations),
        "median_ms": round(statistics.median(durations), 2),
        "longest_ms": round(max(durations), 2),
    }
