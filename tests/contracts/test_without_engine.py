"""After `pip install .` alone there is no engine: what needs it says what to install, the rest works."""

from __future__ import annotations

import subprocess
import sys

import pytest

# As if the extra `contracts` were not installed: neither found nor imported.
WITHOUT = """
import sys
from importlib.machinery import PathFinder
gone = ("schemathesis", "hypothesis", "jsonschema_rs", "harfile")
class Without(PathFinder):
    @classmethod
    def find_spec(cls, name, path=None, target=None):
        return None if name.partition(".")[0] in gone else super().find_spec(name, path, target)
sys.meta_path[:] = [Without if finder is PathFinder else finder for finder in sys.meta_path]
from contracts.cli import main
sys.exit(main(sys.argv[1:]))
"""


def contracts(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", WITHOUT, *words], capture_output=True, text=True, timeout=60, check=False
    )


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (["--help"], "selftest"),
        (["list", "--vendor", "consero"], "CO-014"),
        (["list", "--contracts", "--vendor", "constructor"], "CP-"),
        (["show", "PE-058"], "24 hours"),
    ],
)
def test_listing_needs_no_engine(words: list[str], shown: str) -> None:
    result = contracts(*words)
    assert (result.returncode, result.stderr) == (0, "")
    assert shown in result.stdout


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("run", ["run", "--vendor", "consero", "--base-url", "http://127.0.0.1:1"]),
        ("selftest", ["selftest", "--quick"]),
    ],
)
def test_judging_without_engine_says_what_to_install(command: str, words: list[str]) -> None:
    result = contracts(*words)
    assert result.returncode == 2
    assert result.stderr == f"contracts {command} needs its engine: pip install 'proctormock[contracts]'\n"
