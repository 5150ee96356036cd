"""Put small faults into a room's modules and see whether the contracts or its tests notice.

`python -m tests.mutation.room` takes Consero's routes. Each fault is served by a process of its own and
judged by `contracts` in profile full; what passes there is tried by the tests of the room. What remains
is printed; `survivors_of_rooms.txt` says why nobody can notice it.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import re
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

from contracts.selftest.trial import Trial, try_one
from tests.mutation.__main__ import ROOT, TESTS, explained_survivors, is_noticed, spread
from tests.mutation.mutants import Mutant, mutants_of

VENDOR = "consero"
ROOM = f"mockserver.vendors.{VENDOR}"
SURVIVORS = Path(__file__).parent / "survivors_of_rooms.txt"
# What people read and no caller meets: ids of statements, descriptions in the documents.
TEXT_FOR_PEOPLE = re.compile(r"'((CO-\d+ ?)+|[A-Z][^']* [^']*\((CO-\d+[^)]*)\)\.?)'")
ENOUGH_NOTICED = 85.0
SECONDS = 300  # the tests of a room take longer than those of one module


def mutants_of_room(modules: list[str]) -> list[Mutant]:
    """Return the mutants of modules of the room, without those in texts for people."""
    found: list[Mutant] = []
    for module in modules:
        name, source = sound_module(module).module, sound_module(module).source
        found += [one for one in mutants_of(name, source) if not TEXT_FOR_PEOPLE.fullmatch(one.before)]
    return found


def sound_module(module: str) -> Mutant:
    """A module of the room with no fault in it."""
    name = f"{ROOM}.{module}"
    source = (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")
    return Mutant(name, 0, "nothing", "nothing", source)


def judged(folder: Path, mutant: Mutant) -> Trial:
    """Serve the room with the fault and let the contracts judge it."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", dir=folder, encoding="utf-8") as file:
        file.write(mutant.source)
        file.flush()
        command = [sys.executable, "-m", "tests.mutation.serve", mutant.module, file.name]
        return try_one(command, VENDOR, None)


def noticed_by_contracts(mutants: list[Mutant], jobs: int) -> list[bool]:
    """Tell for each whether the contracts found anything, or could not even start."""
    # Fresh processes: each imports the engine once and keeps it.
    context = multiprocessing.get_context("spawn")
    noticed = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(jobs, mp_context=context) as pool,
    ):
        trials = pool.map(partial(judged, Path(folder)), mutants)
        for number, (mutant, trial) in enumerate(zip(mutants, trials, strict=True), 1):
            noticed.append(not trial.clean)
            word = "passed" if trial.clean else "noticed"
            print(f"{number}/{len(mutants)}  {word}  {mutant.name}", file=sys.stderr, flush=True)
    return noticed


def fails_without_any_fault(modules: list[str]) -> bool:
    """Whether contracts or tests complain of the room as it is: then nothing else means anything."""
    sound = [sound_module(module) for module in modules]
    return any(noticed_by_contracts(sound[:1], 1)) or is_noticed(sound[0], SECONDS)


def main() -> int:
    """Print the share that was noticed and the survivors; return 1 when it is too small."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.mutation.room", description=__doc__.partition("\n")[0]
    )
    parser.add_argument("modules", nargs="*", default=["routes"], help="such as routes, reading, schemas")
    parser.add_argument("--sample", type=int, metavar="N", help="only N of them, always the same ones")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    os.chdir(ROOT)
    TESTS.update({f"{ROOM}.{module}": [f"tests/vendors/{VENDOR}"] for module in options.modules})
    if fails_without_any_fault(options.modules):
        print(f"contracts or tests complain of {ROOM} without any fault: see to that first")
        return 2
    mutants = mutants_of_room(options.modules)
    if options.sample is not None and options.sample < len(mutants):
        mutants = random.Random(0).sample(mutants, options.sample)
    began = time.monotonic()
    by_contracts = noticed_by_contracts(mutants, options.jobs)
    left = [mutant for mutant, noticed in zip(mutants, by_contracts, strict=True) if not noticed]
    by_tests = spread(left, options.jobs, SECONDS)
    survivors = [mutant for mutant, noticed in zip(left, by_tests, strict=True) if not noticed]
    explained = explained_survivors(SURVIVORS)
    for mutant in survivors:
        print(f"survived: {mutant.name} | {explained.get(mutant.name, f'line {mutant.line}, NOT EXPLAINED')}")
    rate = 100 * (len(mutants) - len(survivors)) / len(mutants)
    unexplained = sum(mutant.name not in explained for mutant in survivors)
    print(
        f"{len(mutants)} mutants: contracts noticed {len(mutants) - len(left)}, "
        f"tests {len(left) - len(survivors)} of the others, {rate:.1f} % together; "
        f"{len(survivors)} survived, {unexplained} of them without an explanation "
        f"({time.monotonic() - began:.0f} s)"
    )
    return 1 if unexplained or rate < ENOUGH_NOTICED else 0


if __name__ == "__main__":
    raise SystemExit(main())
