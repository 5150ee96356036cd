"""Put small faults into a room's modules and see whether the contracts or its tests notice.

`python -m tests.mutation.room` takes Consero's routes. Each fault is served by a process of its own and
judged by `contracts` in profile full; what passes there is tried by the tests of the room. What remains
is printed.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from contracts.selftest.trial import try_one
from tests.mutation.__main__ import ROOT, TESTS, is_noticed
from tests.mutation.mutants import Mutant, mutants_of

ROOM = "mockserver.vendors.consero"
# What people read and no caller meets: ids of statements, descriptions in the documents.
TEXT_FOR_PEOPLE = re.compile(r"'((CO-\d+ ?)+|[A-Z][^']* [^']*\((CO-\d+[^)]*)\)\.?)'")
ENOUGH_NOTICED = 85.0


def mutants_of_room(modules: list[str]) -> list[Mutant]:
    """Return the mutants of modules of the room, without those in texts for people."""
    found: list[Mutant] = []
    for module in modules:
        name = f"{ROOM}.{module}"
        TESTS[name] = [f"tests/vendors/{ROOM.rpartition('.')[2]}"]
        source = (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
        found += [one for one in mutants_of(name, source) if not TEXT_FOR_PEOPLE.fullmatch(one.before)]
    return found


def is_noticed_by_contracts(mutant: Mutant, folder: Path) -> bool:
    """Serve the room with the fault and judge it."""
    file = folder / f"{mutant.module}-{abs(hash(mutant.source))}.py"
    file.write_text(mutant.source, encoding="utf-8")
    command = [sys.executable, "-m", "tests.mutation.serve", mutant.module, str(file)]
    trial = try_one(command, ROOM.rpartition(".")[2], None)
    return not trial.clean


def main() -> int:
    """Print the share that was noticed and the survivors; return 1 when it is too small."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.room", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("modules", nargs="*", default=["routes"], help="such as routes, reading, schemas")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of them, always the same ones")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--folder", type=Path, default=Path("/tmp/mutants"), help="where their sources go")
    options = parser.parse_args()
    os.chdir(ROOT)
    options.folder.mkdir(parents=True, exist_ok=True)
    mutants = mutants_of_room(options.modules)
    if options.sample is not None and options.sample < len(mutants):
        mutants = random.Random(0).sample(mutants, options.sample)
    began = time.monotonic()
    with ThreadPoolExecutor(options.jobs) as pool:  # each only waits for processes
        by_contracts = list(pool.map(lambda one: is_noticed_by_contracts(one, options.folder), mutants))
    left = [mutant for mutant, noticed in zip(mutants, by_contracts, strict=True) if not noticed]
    survivors = [mutant for mutant in left if not is_noticed(mutant)]
    for mutant in survivors:
        print(f"survived: {mutant.name} (line {mutant.line})")
    rate = 100 * (len(mutants) - len(survivors)) / len(mutants)
    print(
        f"{len(mutants)} mutants: contracts noticed {len(mutants) - len(left)}, "
        f"tests {len(left) - len(survivors)} of the others, {rate:.1f} % together "
        f"({time.monotonic() - began:.0f} s)"
    )
    return 0 if rate >= ENOUGH_NOTICED else 1


if __name__ == "__main__":
    raise SystemExit(main())
