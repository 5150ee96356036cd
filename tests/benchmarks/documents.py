"""The figures of docs/performance.md and its plot, written from a kept run: nobody copies numbers by hand."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks.plot import plot
from tests.benchmarks.process import ROOT
from tests.benchmarks.workers import SPREAD

DOCUMENT = ROOT / "docs" / "performance.md"
PLOT = ROOT / "docs" / "performance.svg"
_BLOCK = re.compile(r"(<!-- figures: (?P<part>[a-z-]+) -->\n).*?(<!-- end -->)", re.DOTALL)


def write_documents(kept: Mapping[str, Any], document: Path = DOCUMENT, picture: Path = PLOT) -> None:
    """Replace the blocks of the parts that `kept` holds, and draw the plot."""
    document.write_text(with_figures(document.read_text("utf-8"), kept), encoding="utf-8")
    if "peers" in kept:
        title = f"proctormock against peers, {kept['peers']['method']['date']} (log scale)"
        picture.write_text(plot(kept["peers"]["ratios"], title), encoding="utf-8")


def with_figures(text: str, kept: Mapping[str, Any]) -> str:
    """Return a document with the figures of `kept` in its blocks; blocks of other parts stay."""

    def filled(block: re.Match[str]) -> str:
        part = block["part"]
        result = kept.get(_SOURCES.get(part, part))
        if result is None:
            return block[0]
        return f"{block[1]}{_how(result['method'])}\n\n{_TABLES[part](result)}\n{block[3]}"

    return _BLOCK.sub(filled, text)


def _how(method: Mapping[str, Any]) -> str:
    facts = [
        f"{method['date']}, commit `{method['commit']}`",
        f"{method['cores']} cores ({method['processor']})",
        "server and client on a core each" if method["pinned_apart"] else "nothing pinned to a core",
        f"Python {method['python']}, SQLite {method['sqlite']}",
    ]
    if "rounds" in method:
        facts.append(f"{method['rounds']} rounds of {method['seconds']} s")
    if "connections" in method:
        facts.append(f"{method['connections']} connections")
    facts.append(f"load average before: {method['load_before']}")
    busy = (
        " **Others were at work on the machine: read ratios, not rates.**"
        if method["load_before"] > 1
        else ""
    )
    return f"{'; '.join(facts)}.{busy}"


def _rows(head: tuple[str, ...], rows: list[tuple[Any, ...]]) -> str:
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in lines)


def _peers(result: Mapping[str, Any]) -> str:
    ratios = []
    for name, one in result["ratios"].items():
        sign = "≥" if one["more_is_better"] else "≤"
        target = (
            "" if one["target"] is None else f"{sign} {one['target']:g}{'' if one['holds'] else ', missed'}"
        )
        ratios.append((name, one["min"], f"**{one['median']}**", one["max"], target))
    loads, starts = [], []
    for name, one in result["subjects"].items():
        if "missing" in one:
            starts.append((name, one["what"], f"left out: {one['missing']}", "", ""))
            continue
        start_seconds = statistics.median(one["start_seconds"])
        starts.append((name, one["what"], start_seconds, one["idle_mb"], one["memory_after_mb"]))
        for load, summary in one.get("loads", {}).items():
            rate = summary["per_second"]
            loads.append(
                (
                    name,
                    load,
                    rate["min"],
                    rate["median"],
                    rate["max"],
                    summary["p50_ms"],
                    summary["p99_ms"],
                    summary["cpu_us"],
                )
            )
    return "\n\n".join(
        (
            _rows(("ratio", "min", "median", "max", "target"), ratios),
            _rows(("server", "load", "min/s", "median/s", "max/s", "p50 ms", "p99 ms", "µs CPU"), loads),
            _rows(("server", "does", "start s", "idle MB", "MB after"), starts),
        )
    )


def _growth(result: Mapping[str, Any]) -> str:
    rows = [
        (f"{int(size):,}", one["cpu_us"], one["per_second"]["median"], one["p99_ms"])
        for size, one in result["by_size"].items()
    ]
    purge = result["purge"]
    return (
        f"{_rows(('nonces held', 'µs CPU a request', 'requests/s', 'p99 ms'), rows)}\n\n"
        f"Dearest size against the smallest: {result['cost_at_most']} (target ≤ {result['target']}). "
        f"A purge of {purge['rows']:,} among {purge['nonces']:,} nonces: {purge['slices']:,} slices, "
        f"median {purge['median_ms']} ms, longest {purge['longest_ms']} ms; requests come between slices."
    )


def _memory(result: Mapping[str, Any]) -> str:
    return (
        f"{result['requests']:,} requests over four operations, {result['refused']} refused: "
        f"{result['idle_mb']} MB idle, {result['warm_mb']} MB after a fifth of them, "
        f"{result['end_mb']} MB at the end."
    )


def _workers(result: Mapping[str, Any]) -> str:
    rows = [
        (
            name,
            one["per_second"]["median"],
            one["p99_ms"],
            one["cpu_us"],
            one["database_us"],
            one["client_us"],
            f"{one['lock_waits']:.1%}",
            one.get("ratio", ""),
            one.get("ratio_with_cores", ""),
        )
        for name, one in result.items()
        if name != "method"
    ]
    head = ("setup", "requests/s", "p99 ms", "server µs", "database µs", "client µs", "waiting for locks")
    return _rows((*head, "of one worker", "with a core each"), rows)


def _in_process(result: Mapping[str, Any]) -> str:
    rows = [(name, one["min"], one["median"], one["max"]) for name, one in result.items() if name != "method"]
    return _rows(("way: operation", "min/s", "median/s", "max/s"), rows)


def _watching(result: Mapping[str, Any]) -> str:
    rows = [(name, cost) for name, cost in result.items() if name != "method"]
    return _rows(("an answer is", "µs CPU"), rows)


def _model(result: Mapping[str, Any]) -> str:
    """What servers of one worker each would do, from the costs of a single one."""
    one = result[f"postgresql, 1 worker, {SPREAD}"]
    worker_us, database_us = one["cpu_us"], one["database_us"]
    rows = []
    for servers in (1, 10, 100):
        rate = servers * 1e6 / worker_us
        day = rate * 86_400
        rows.append((servers, f"{rate:,.0f}", round(rate * database_us / 1e6, 1), f"{day:.1e}"))
    most = 8 * worker_us / database_us
    return (
        f"W = {worker_us} µs, D = {database_us} µs. With 8 cores of database it is the limit from "
        f"{most:.0f} workers on, at {8e6 / database_us:,.0f} signed writes a second.\n\n"
        f"{_rows(('servers', 'signed writes/s', 'cores of database', 'nonces a day'), rows)}"
    )


def _contract_runs(result: Mapping[str, Any]) -> str:
    rows = [*result["alone_seconds"].items()]
    rows.append(("one after the other", result["one_after_the_other_seconds"]))
    rows.append(
        ("at the same time (`--vendor all`)", f"{result['together_seconds']}, {result['gain']} times faster")
    )
    return _rows(("profile `full`", "seconds"), rows)


_TABLES: Mapping[str, Callable[[Mapping[str, Any]], str]] = {
    "peers": _peers,
    "growth": _growth,
    "memory": _memory,
    "workers": _workers,
    "in-process": _in_process,
    "contract-runs": _contract_runs,
    "model": _model,
    "watching": _watching,
}
_SOURCES = {"model": "workers"}  # drawn from another part's figures
