"""`python -m tests.mutation` in its smallest run: every fault in one module is noticed or explained."""

from __future__ import annotations

import subprocess
import sys


def test_faults_in_a_module_are_noticed() -> None:
    command = [sys.executable, "-m", "tests.mutation", "mockserver.access.freshness", "--jobs", "2"]
    run = subprocess.run(command, check=False, capture_output=True, text=True, timeout=240)
    assert run.returncode == 0, run.stdout + run.stderr
    assert "0 of them without an explanation" in run.stdout
