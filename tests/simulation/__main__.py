"""`python -m tests.simulation`: 10,000 seeds; `--seed N` replays one and shows what happened."""

from __future__ import annotations

import argparse
import logging
import sys
import tempfile
import time
from pathlib import Path

from tests.simulation.model import Violation
from tests.simulation.run import Trace, simulate

SHOWN_EVERY = 500


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
    began, total, failed = time.monotonic(), Trace(), 0
    for done, seed in enumerate(seeds, start=1):
        try:
            total.add(simulate(seed, folder))
        except Violation as violation:
            failed += 1
            print(f"WRONG seed {seed}: {violation}", flush=True)
        if done % SHOWN_EVERY == 0 or done == len(seeds):
            answers = ", ".join(f"{many} x {status}" for status, many in sorted(total.answers.items()))
            print(
                f"{done} seeds in {time.monotonic() - began:.0f} s: {failed} failed; {answers}; "
                f"{total.crashes} crashes, {total.failures} failed statements",
                flush=True,
            )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
