"""Speed beside peers and floors, in one run: `python -m tests.benchmarks` (needs wrk, taskset and two cores).

Absolute figures move from machine to machine; the ratios hold. Run it on an idle machine.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from tests.benchmarks.compare import compare
from tests.benchmarks.load import missing
from tests.benchmarks.peers.subjects import PEERS
from tests.benchmarks.subjects import FLOORS, OURS


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmarks", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, help="turns of every load of every subject (5)")
    parser.add_argument("--seconds", type=int, default=4, help="length of a turn (4)")
    parser.add_argument("--connections", type=int, default=64, help="open connections (64)")
    parser.add_argument("--only", metavar="WORD", action="append", help="subjects whose name holds WORD")
    parser.add_argument("--no-peers", action="store_true", help="ours and the floors, nothing from npm")
    parser.add_argument("--json", type=Path, metavar="FILE", help="keep every figure")
    return parser.parse_args()


def table(results: dict[str, dict[str, Any]]) -> str:
    """Return one line a load: rate with its range, p99, processor time; and start and memory a subject."""
    lines = []
    for name, result in results.items():
        if "missing" in result:
            lines.append(f"{name}: left out, {result['missing']}")
            continue
        lines.append(f"{name}: starts in {result['start_seconds']} s, {result['idle_mb']} MB idle")
        for load, summary in result.get("loads", {}).items():
            rate = summary["per_second"]
            lines.append(
                f"  {load:24} {rate['median']:>7}/s ({rate['min']} to {rate['max']})"
                f"  p99 {summary['p99_ms']:>7} ms  {summary['cpu_us']:>7} µs"
                f"  refused {summary['refused']}  broken {summary['broken']}"
            )
    return "\n".join(lines)


def main() -> int:
    """Compare, print, keep."""
    wish = options()
    reason = missing()
    if reason is not None:
        print(f"tests.benchmarks: {reason}", file=sys.stderr)
        return 2
    subjects = [OURS, *FLOORS, *(() if wish.no_peers else PEERS)]
    if wish.only:
        subjects = [one for one in subjects if any(word.lower() in one.name.lower() for word in wish.only)]
    results = compare(subjects, rounds=wish.rounds, seconds=wish.seconds, connections=wish.connections)
    print(table(results))
    if wish.json:
        wish.json.write_text(json.dumps(results, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
