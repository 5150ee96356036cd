"""Put small faults into the access checks and see whether the tests notice: `python -m tests.mutation`.

Each mutant runs in a process of its own that is forked from this one, so that nothing is imported twice and
no file is changed. A mutant that is not noticed is a survivor: it needs a test, or a line in
`survivors.txt` that says why nobody can notice it.
"""

from __future__ import annotations

import argparse
import importlib.abc
import importlib.machinery
import importlib.util
import os
import signal
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from types import ModuleType

import jwt
import pytest

from tests.mutation.mutants import Mutant, mutants_of

ROOT = Path(__file__).parent.parent.parent
SURVIVORS = Path(__file__).parent / "survivors.txt"
SECONDS = 60  # a mutant that runs for longer has been noticed: it hangs
TESTS = {
    "mockserver.access.address": ["tests/access/test_address.py"],
    "mockserver.access.api_key": ["tests/access/test_api_key.py"],
    "mockserver.access.freshness": ["tests/access/test_freshness.py"],
    "mockserver.access.hmac_sha256": ["tests/access/test_hmac_sha256.py"],
    "mockserver.access.hmac_signature": [
        "tests/access/test_hmac_signature.py",
        "tests/properties/test_canonical_string.py",
    ],
    "mockserver.access.jwt_token": [
        "tests/access/test_jwt_token.py",
        "tests/access/test_jwt_segments.py",
        "tests/access/test_jwt_claims.py",
    ],
    "mockserver.store.nonces": ["tests/store/test_nonces.py"],
    "mockserver.strict_json": ["tests/test_strict_json.py"],
    "mockserver.multipart": ["tests/test_multipart.py", "tests/vectors/test_multipart.py"],
    "mockserver.protocol.head": ["tests/protocol/test_head.py"],
}
WITHOUT_SERVERS = frozenset(TESTS) - {"mockserver.store.nonces"}


class MutantLoader(importlib.abc.Loader, importlib.abc.MetaPathFinder):
    """Gives out one module with a fault in it."""

    def __init__(self, mutant: Mutant) -> None:
        self._mutant = mutant

    def find_spec(
        self, name: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> importlib.machinery.ModuleSpec | None:
        if name != self._mutant.module:
            return None
        return importlib.util.spec_from_loader(name, self)

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self._mutant.source, self._mutant.module, "exec"), module.__dict__)


def is_noticed(mutant: Mutant, seconds: int = SECONDS) -> bool:
    """Run the module's tests with the fault in a forked process; tell whether one fails."""
    child = os.fork()
    if child == 0:
        signal.alarm(seconds)
        os._exit(_tests_pass(mutant))
    _, status = os.waitpid(child, 0)
    return status != 0


def _tests_pass(mutant: Mutant) -> int:
    sys.meta_path.insert(0, MutantLoader(mutant))
    # Plugins that install themselves are left out. Ours would have pytest read all of mockserver with its own
    # loader, and no fault would ever be seen.
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    # The time limit is `is_noticed`'s; both would set the one alarm that a process has.
    options = ["-x", "-q", "-p", "no:cacheprovider", "-p", "pytest_timeout", "-o", "timeout=0"]
    if mutant.module in WITHOUT_SERVERS:
        options.append("--noconftest")  # it loads the whole server
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return int(pytest.main([*options, "-k", "not postgresql", *TESTS[mutant.module]]))


def explained_survivors(file: Path = SURVIVORS) -> dict[str, str]:
    """Return the mutants that cannot be noticed, each with the reason."""
    explained: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines():
        name, bar, reason = line.partition(" | ")
        if bar:
            explained[name] = reason
    return explained


def main() -> int:
    """Print kill rate and survivors; return 1 when a survivor is not explained or the rate is below 95 %."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutation", description=__doc__.partition("\n")[0])
    parser.add_argument("modules", nargs="*", help="such as mockserver.access.address (default: all)")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    modules = parser.parse_args().modules or list(TESTS)
    os.chdir(ROOT)
    sources = {name: (ROOT / f"{name.replace('.', '/')}.py").read_text(encoding="utf-8") for name in modules}
    for name, source in sources.items():
        if is_noticed(Mutant(name, 0, "nothing", "nothing", source)):
            print(f"the tests of {name} fail without any fault: run them first ({', '.join(TESTS[name])})")
            return 2
        if not is_noticed(Mutant(name, 0, "all", "nothing", "")):
            print(f"the tests of {name} pass without the module: its faults are not put in place")
            return 2
    mutants = [mutant for name, source in sources.items() for mutant in mutants_of(name, source)]
    began = time.monotonic()
    noticed = spread(mutants, parser.parse_args().jobs)
    explained = explained_survivors()
    survivors = [mutant for mutant, killed in zip(mutants, noticed, strict=True) if not killed]
    for mutant in survivors:
        print(f"survived: {mutant.name} | {explained.get(mutant.name, f'line {mutant.line}, NOT EXPLAINED')}")
    rate = 100 * (len(mutants) - len(survivors)) / len(mutants)
    unexplained = sum(mutant.name not in explained for mutant in survivors)
    print(
        f"{len(mutants)} mutants of {len(modules)} modules, {rate:.1f} % noticed, {len(survivors)} survived, "
        f"{unexplained} of them without an explanation ({time.monotonic() - began:.0f} s)"
    )
    return 1 if unexplained or rate < 95 else 0


def spread(mutants: list[Mutant], jobs: int, seconds: int = SECONDS) -> list[bool]:
    """Try the mutants in several processes; the order of results is theirs."""
    readers = []
    for job in range(jobs):
        reader, writer = os.pipe()
        if os.fork() == 0:
            os.close(reader)
            digits = "".join(f"{is_noticed(mutant, seconds):d}" for mutant in mutants[job::jobs])
            os.write(writer, digits.encode())
            os._exit(0)
        os.close(writer)
        readers.append(reader)
    noticed = [False] * len(mutants)
    for job, reader in enumerate(readers):
        with os.fdopen(reader) as results:
            noticed[job::jobs] = [digit == "1" for digit in results.read()]
        os.wait()
    return noticed


if __name__ == "__main__":
    preloaded = (jwt,)  # imported once, for all processes that are forked
    raise SystemExit(main())
