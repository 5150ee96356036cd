"""`python -m tests.simulation`: 10,000 seeds; `--seed N` replays one and shows what happened."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.simulation.model import Violation
from tests.simulation.run import simulate


def main() -> int:
    """Run the seeds that the command line names; return 1 when one failed."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--seeds", type=int, default=10_000, help="how many (default: %(default)s)")
    parser.add_argument("--first", type=int, default=0, help="the first of them (default: %(default)s)")
    parser.add_argument("--seed", type=int, help="one seed, shown step by step")
    options = parser.parse_args()
    logging.disable()  # a server that fails on purpose says so
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "store"
        if options.seed is not None:
            print("\n".join(simulate(options.seed, folder).lines))
            return 0
        return _all(range(options.first, options.first + options.seeds), folder)


def _all(seeds: range, folder: Path) -> int:
    began, answers, crashes, failures, failed = time.monotonic(), Counter[int](), 0, 0, 0
    for seed in seeds:
        try:
            trace = simulate(seed, folder)
        except Violation as violation:
            failed += 1
            print(f"WRONG seed {seed}: {violation}", flush=True)
            continue
        answers.update(trace.answers)
        crashes += trace.crashes
        failures += trace.failures
    counted = ", ".join(f"{many} x {status}" for status, many in sorted(answers.items()))
    print(
        f"{len(seeds)} seeds in {time.monotonic() - began:.0f} s: {failed} failed; "
        f"{counted}; {crashes} crashes, {failures} failed statements"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
