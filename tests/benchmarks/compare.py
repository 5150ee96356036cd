"""Everybody side by side: in each round whoever is compared has a turn right beside the other.

A machine that others use as well is faster in one minute than in the next. Two turns without a pause between
them meet the same one.
"""

from __future__ import annotations

import compileall
import contextlib
import statistics
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.benchmarks.load import Figures, Load, UsedUp, put_under
from tests.benchmarks.process import ROOT, Server, free_port, running
from tests.benchmarks.ratios import OURS, PAIRS
from tests.benchmarks.subjects import Subject

FIRST_PER_SECOND = 4_000  # a third of what is signed for the first turn of a load
STARTS = 3
WARM_SECONDS = 2
_rates: dict[tuple[str, str], float] = {}  # of the fastest turn, by server and load

Side = tuple[str, str]  # the name of a subject and of one of its loads
Bout = tuple[Side, ...]  # turns without a pause: two that are compared, or one


@dataclass
class Runs:
    """The runs of one load of one subject."""

    figures: list[Figures] = field(default_factory=list)
    cpu_us: list[float] = field(default_factory=list)

    def add(self, figures: Figures, cpu_us: float) -> None:
        """Keep one run."""
        self.figures.append(figures)
        self.cpu_us.append(cpu_us)

    def summary(self) -> dict[str, Any]:
        """Return what is printed and kept."""
        rates = [figures.rate for figures in self.figures]
        return {
            "rates": [round(rate, 1) for rate in rates],
            "per_second": {
                "min": round(min(rates)),
                "median": round(statistics.median(rates)),
                "max": round(max(rates)),
            },
            "cpus_us": [round(cpu_us, 1) for cpu_us in self.cpu_us],
            "p99s_ms": [figures.p99_ms for figures in self.figures],
            "p50_ms": round(statistics.median(figures.p50_ms for figures in self.figures), 2),
            "p99_ms": round(statistics.median(figures.p99_ms for figures in self.figures), 2),
            "cpu_us": round(statistics.median(self.cpu_us), 1),
            "refused": sum(figures.refused for figures in self.figures),
            "broken": sum(figures.broken for figures in self.figures),
        }


def compare(
    subjects: Sequence[Subject], *, rounds: int, seconds: int, connections: int
) -> dict[str, dict[str, Any]]:
    """Return, by subject, its start, its memory, and the summary of each load."""
    compileall.compile_dir(ROOT / "mockserver", quiet=1)  # as an installation does; the peers are installed
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        servers: dict[str, Server] = {}
        results: dict[str, dict[str, Any]] = {}
        for number, subject in enumerate(subjects):
            reason = subject.missing()
            if reason is not None:
                results[subject.name] = {"what": subject.what, "missing": reason}
                continue
            place = Path(folder) / str(number)
            place.mkdir()
            server = stack.enter_context(started(subject, place))
            servers[subject.name] = server
            results[subject.name] = {
                "what": subject.what,
                "start_seconds": [round(server.start_seconds, 3)],
                "idle_mb": round(server.memory_mb(), 1),
            }
        for number in range(1, STARTS):
            for subject in [one for one in subjects if one.name in servers]:
                place = Path(folder) / f"start-{number}-{subject.name}"
                place.mkdir()
                with started(subject, place) as server:
                    results[subject.name]["start_seconds"].append(round(server.start_seconds, 3))
        by_bout: dict[Bout, dict[Side, Runs]] = {}
        present = {subject.name: subject for subject in subjects if subject.name in servers}
        for number in range(-1, rounds):
            for bout in bouts(present):
                # the round before the first one warms up: compilers, caches, connections
                turns = _turns(
                    bout if number % 2 else bout[::-1],
                    present,
                    servers,
                    seconds=seconds if number >= 0 else WARM_SECONDS,
                    connections=connections,
                )
                for side, (figures, cpu_us) in turns.items():
                    if number >= 0:
                        by_bout.setdefault(bout, {}).setdefault(side, Runs()).add(figures, cpu_us)
            print("." if number >= 0 else "warm", end=" ", file=sys.stderr, flush=True)
        print(file=sys.stderr)
        _tell(by_bout, results)
        for name, server in servers.items():
            results[name]["memory_after_mb"] = round(server.memory_mb(), 1)
    return results


def started(subject: Subject, folder: Path) -> contextlib.AbstractContextManager[Server]:
    """Start a subject on a free port, on the server's core."""
    port = free_port()
    return running(
        subject.command(folder, port),
        port=port,
        path=subject.ready_path,
        environment=subject.environment(folder),
    )


def bouts(present: Mapping[str, Subject]) -> list[Bout]:
    """Return what has its turn in a round: the pairs of every ratio, then the loads that are in none."""
    pairs: list[Bout] = [
        ((OURS, ours), (peer, load)) for ours, peer, load in PAIRS if {OURS, peer} <= present.keys()
    ]
    paired = {side for bout in pairs for side in bout}
    sides = [(subject.name, load) for subject in present.values() for load in subject.loads]
    return [*pairs, *((side,) for side in sides if side not in paired)]


def _turns(
    bout: Bout,
    present: Mapping[str, Subject],
    servers: Mapping[str, Server],
    *,
    seconds: int,
    connections: int,
) -> dict[Side, tuple[Figures, float]]:
    """Let each side have its turn, right after the one before: all is signed beforehand."""
    while True:
        prepared = {
            (name, load): _prepared(present[name], load, servers[name], seconds=seconds)
            for name, load in bout
        }
        try:
            return {
                (name, load): _run(prepared[name, load], load, servers[name], seconds, connections)
                for name, load in bout
            }
        except UsedUp:
            continue  # both once more, so that they stay next to each other


def _tell(by_bout: Mapping[Bout, Mapping[Side, Runs]], results: Mapping[str, dict[str, Any]]) -> None:
    """Write the summary of every load, and of every pair by itself, under its subject."""
    runs: dict[Side, Runs] = {}
    for bout, sides in by_bout.items():
        for side, kept in sides.items():
            for figures, cpu_us in zip(kept.figures, kept.cpu_us, strict=True):
                runs.setdefault(side, Runs()).add(figures, cpu_us)
        if len(bout) > 1:
            ours, theirs = bout
            beside = results[theirs[0]].setdefault("beside", {}).setdefault(theirs[1], {})
            beside[ours[1]] = {"ours": sides[ours].summary(), "theirs": sides[theirs].summary()}
    for (name, load), kept in runs.items():
        results[name].setdefault("loads", {})[load] = kept.summary()


def turn(
    subject: Subject, load: str, server: Server, *, seconds: int, connections: int
) -> tuple[Figures, float]:
    """Let one load run for a while; return what the client saw and the server's processor time a request."""
    side = (subject.name, load)
    return _turns(
        (side,), {subject.name: subject}, {subject.name: server}, seconds=seconds, connections=connections
    )[side]


def _prepared(subject: Subject, load: str, server: Server, *, seconds: int) -> Load:
    # signing takes its time: no more than three times of what the fastest turn took
    per_second = 3 * _rates.get((server.url, load), FIRST_PER_SECOND)
    return subject.loads[load](server.url, round(per_second * seconds))


def _run(prepared: Load, load: str, server: Server, seconds: int, connections: int) -> tuple[Figures, float]:
    cpu_before = server.cpu_seconds()
    at_least = len(prepared.requests) / seconds
    try:
        figures = put_under(prepared, server.url, connections=connections, seconds=seconds)
    except UsedUp:
        _rates[server.url, load] = at_least
        raise
    _rates[server.url, load] = max(figures.rate, _rates.get((server.url, load), 0.0))
    cpu_us = (server.cpu_seconds() - cpu_before) / max(figures.requests, 1) * 1e6
    return figures, cpu_us


def table(results: dict[str, dict[str, Any]]) -> str:
    """Return one line a load: rate with its range, p50, p99, processor time; start and memory a subject."""
    lines = []
    for name, result in results.items():
        if "missing" in result:
            lines.append(f"{name}: left out, {result['missing']}")
            continue
        start_seconds = statistics.median(result["start_seconds"])
        lines.append(
            f"{name}: starts in {start_seconds} s, {result['idle_mb']} MB idle, "
            f"{result['memory_after_mb']} MB afterwards"
        )
        for load, summary in result.get("loads", {}).items():
            rate = summary["per_second"]
            lines.append(
                f"  {load:24} {rate['median']:>7}/s ({rate['min']} to {rate['max']})"
                f"  p50 {summary['p50_ms']:>7} ms  p99 {summary['p99_ms']:>7} ms  {summary['cpu_us']:>7} µs"
                f"  refused {summary['refused']}  broken {summary['broken']}"
            )
    return "\n".join(lines)
