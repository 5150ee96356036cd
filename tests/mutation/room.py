"""Put small faults into a room's modules and see whether the contracts or its tests notice.

`python -m tests.mutation.room` takes Consero's routes. Each fault is served by a process of its own and
judged by `contracts` in profile full; it is noticed where a statement is violated, or one no longer held
that the sound room holds. What passes there is tried by the tests of the room. What remains is printed;
`survivors_of_rooms.txt` says why nobody can notice it.
"""

from __future__ import annotations

import argparse
import ast
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
# The quick ones first: a mutant is done with the first test that fails.
ROOM_TESTS = ["tests/contracts/test_routes_agree.py", f"tests/vendors/{VENDOR}"]
SECONDS = 300  # the tests of a room take longer than those of one module


def mutants_of_room(modules: list[str]) -> list[Mutant]:
    """Return the mutants of modules of the room, without those in texts for people."""
    found: list[Mutant] = []
    for module in modules:
        name = f"{ROOM}.{module}"
        mutants = mutants_of(name, source_of(name))
        found += [one for one in mutants if not TEXT_FOR_PEOPLE.fullmatch(one.before)]
    return found


def source_of(name: str) -> str:
    """The source of a module of the room."""
    return (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8")


def sound_module(module: str) -> Mutant:
    """A module of the room with no fault in it, written as the mutants are."""
    name = f"{ROOM}.{module}"
    source = source_of(name)
    return Mutant(name, 0, "nothing", "nothing", ast.unparse(ast.parse(source)))


def judged(folder: Path, mutant: Mutant) -> Trial:
    """Serve the room with the fault and let the contracts judge it."""
    with tempfile.NamedTemporaryFile("w", suffix=".py", dir=folder, encoding="utf-8") as file:
        file.write(mutant.source)
        file.flush()
        command = [sys.executable, "-m", "tests.mutation.serve", mutant.module, file.name]
        return try_one(command, VENDOR, None)


def judged_by_contracts(mutants: list[Mutant], jobs: int) -> list[Trial]:
    """Let the contracts judge each, and say on the way what they found."""
    # Fresh processes: each imports the engine once and keeps it.
    context = multiprocessing.get_context("spawn")
    trials = []
    with (
        tempfile.TemporaryDirectory() as folder,
        ProcessPoolExecutor(jobs, mp_context=context) as pool,
    ):
        arriving = pool.map(partial(judged, Path(folder)), mutants)
        for number, (mutant, trial) in enumerate(zip(mutants, arriving, strict=True), 1):
            trials.append(trial)
            found = next(iter([*trial.violated, *trial.crashes]), trial.trouble or "no violation")
            print(f"{number}/{len(mutants)}  {mutant.name}  {found}", file=sys.stderr, flush=True)
    return trials


def sound_trial(module: str) -> Trial | None:
    """The trial of the room as it is; None where contracts or tests complain, so that nothing can be told."""
    sound = sound_module(module)
    trial = judged_by_contracts([sound], 1)[0]
    return trial if trial.clean and not is_noticed(sound, SECONDS) else None


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
    TESTS.update({f"{ROOM}.{module}": ROOM_TESTS for module in options.modules})
    sound = sound_trial(options.modules[0])
    if sound is None:
        print(f"contracts or tests complain of {ROOM} without any fault: see to that first")
        return 2
    mutants = mutants_of_room(options.modules)
    if options.sample is not None and options.sample < len(mutants):
        mutants = random.Random(0).sample(mutants, options.sample)
    began = time.monotonic()
    trials = judged_by_contracts(mutants, options.jobs)
    left = [
        mutant
        for mutant, trial in zip(mutants, trials, strict=True)
        if trial.clean and sound.held <= trial.held
    ]
    not_served = sum(bool(trial.trouble) for trial in trials)
    by_tests = spread(left, options.jobs, SECONDS)
    survivors = [mutant for mutant, noticed in zip(left, by_tests, strict=True) if not noticed]
    explained = explained_survivors(SURVIVORS)
    for mutant in survivors:
        print(f"survived: {mutant.name} | {explained.get(mutant.name, f'line {mutant.line}, NOT EXPLAINED')}")
    rate = 100 * (len(mutants) - len(survivors)) / len(mutants)
    unexplained = sum(mutant.name not in explained for mutant in survivors)
    print(
        f"{len(mutants)} mutants: contracts noticed {len(mutants) - len(left)} "
        f"({not_served} because the server could not be used), "
        f"tests {len(left) - len(survivors)} of the others, {rate:.1f} % together; "
        f"{len(survivors)} survived, {unexplained} of them without an explanation "
        f"({time.monotonic() - began:.0f} s)"
    )
    return 1 if unexplained or rate < ENOUGH_NOTICED else 0


if __name__ == "__main__":
    raise SystemExit(main())
