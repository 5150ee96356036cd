"""Speed: `python -m tests.benchmarks` puts the server beside peers and floors, other parts look closer.

Needs wrk, taskset and two cores, and nobody else at work on the machine. Absolute figures move from machine
to machine; the ratios hold.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tests.benchmarks import contract_runs, growth, history, in_process, memory, watching, workers
from tests.benchmarks.compare import compare, table
from tests.benchmarks.documents import write_documents
from tests.benchmarks.load import missing
from tests.benchmarks.method import method
from tests.benchmarks.peers.subjects import PEERS
from tests.benchmarks.ratios import ratios, ratios_table
from tests.benchmarks.subjects import FLOORS, OURS

Part = tuple[Callable[[argparse.Namespace], dict[str, Any]], Callable[[dict[str, Any]], str]]


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument(
        "parts", nargs="*", metavar="PART", help=f"all, or some of {', '.join(PARTS)} (peers)"
    )
    parser.add_argument("--rounds", type=int, default=5, help="turns of every pair that is compared (5)")
    parser.add_argument("--seconds", type=int, default=2, help="length of a turn (2)")
    parser.add_argument("--connections", type=int, default=64, help="open connections (64)")
    parser.add_argument("--only", metavar="WORD", action="append", help="subjects whose name holds WORD")
    parser.add_argument("--no-peers", action="store_true", help="ours and the floors, nothing from npm")
    parser.add_argument("--most-nonces", type=int, default=10**7, help="where growth ends (10^7)")
    parser.add_argument(
        "--requests", type=int, default=300_000, help="how many memory is watched for (300000)"
    )
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure; other parts in it stay")
    parser.add_argument(
        "--from", type=Path, metavar="FILE", dest="kept", help="measure nothing, take a kept run"
    )
    parser.add_argument(
        "--compare", action="store_true", help="against the last recorded run; ends with 1 when worse"
    )
    parser.add_argument("--record", action="store_true", help="append the ratios to the history")
    parser.add_argument("--note", help="why a ratio became worse: without a word it is not recorded")
    parser.add_argument(
        "--write-docs", action="store_true", help="write the figures into docs/performance.md"
    )
    wish = parser.parse_args()
    wish.parts = list(PARTS) if wish.parts == ["all"] else wish.parts or ["peers"]
    unknown = [part for part in wish.parts if part not in PARTS]
    if unknown:
        parser.error(f"there is no part {', '.join(unknown)}: use all, or some of {', '.join(PARTS)}")
    return wish


def _peers(wish: argparse.Namespace) -> dict[str, Any]:
    subjects = [OURS, *FLOORS, *(() if wish.no_peers else PEERS)]
    if wish.only:
        subjects = [one for one in subjects if any(word.lower() in one.name.lower() for word in wish.only)]
    subjects_ = compare(subjects, rounds=wish.rounds, seconds=wish.seconds, connections=wish.connections)
    return {"subjects": subjects_, "ratios": ratios(subjects_)}


def _peers_table(result: dict[str, Any]) -> str:
    return f"{table(result['subjects'])}\n\n{ratios_table(result['ratios'])}"


def _turns(wish: argparse.Namespace) -> dict[str, int]:
    return {"rounds": wish.rounds, "seconds": wish.seconds, "connections": wish.connections}


PARTS: Mapping[str, Part] = {
    "peers": (_peers, _peers_table),
    "growth": (lambda wish: growth.measure(**_turns(wish), most=wish.most_nonces), growth.table),
    "memory": (
        lambda wish: memory.measure(requests=wish.requests, connections=wish.connections),
        memory.table,
    ),
    "workers": (lambda wish: workers.measure(**_turns(wish)), workers.table),
    "in-process": (
        lambda wish: in_process.measure(rounds=wish.rounds, seconds=wish.seconds),
        in_process.table,
    ),
    "watching": (lambda _: watching.measure(), watching.table),
    "contract-runs": (lambda _: contract_runs.measure(), contract_runs.table),
}


PINNED = {"peers", "growth", "memory"}  # server and client on a core each
OPTIONS_OF = {
    **dict.fromkeys(("peers", "growth", "workers"), ("rounds", "seconds", "connections")),
    "memory": ("connections",),
    "in-process": ("rounds", "seconds"),
}


def main() -> int:
    """Measure, print, keep, and hold against what was measured before."""
    wish = options()
    # ending as with Ctrl-C: whoever is stopped takes the servers along
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    reason = None if wish.kept else missing()
    if reason is not None:
        print(f"tests.benchmarks: {reason}", file=sys.stderr)
        return 2
    source = wish.kept or wish.json
    kept: dict[str, Any] = json.loads(source.read_text("utf-8")) if source and source.exists() else {}
    for part in [] if wish.kept else wish.parts:
        measure, shown = PARTS[part]
        options_used = {name: getattr(wish, name) for name in OPTIONS_OF.get(part, ())}
        how = method(is_pinned=part in PINNED, **options_used)
        result = kept[part] = {"method": how, **measure(wish)}
        print(f"\n== {part}\n{shown({name: value for name, value in result.items() if name != 'method'})}")
        if wish.json:
            wish.json.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")
    if wish.write_docs:
        write_documents(kept)
    return _held_against_history(wish, kept) if wish.compare or wish.record else 0


def _held_against_history(wish: argparse.Namespace, kept: Mapping[str, Any]) -> int:
    """Say what became worse, and append the run where that is wanted and explained."""
    run = kept.get("peers")
    if run is None:
        print("tests.benchmarks: only the part 'peers' has a history", file=sys.stderr)
        return 2
    if wish.record:
        worse = history.record(run["ratios"], run["method"], note=wish.note)
    else:
        before = history.last()
        worse = history.worsened(before["ratios"], run["ratios"]) if before else []
    for one in worse:
        print(one)
    if worse and wish.record:
        print("not recorded: say why with --note", file=sys.stderr)
    return 1 if worse else 0


if __name__ == "__main__":
    sys.exit(main())
