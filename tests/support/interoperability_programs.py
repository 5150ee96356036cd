"""How tests run programs in other languages, and what these say of their calls."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

INTERPRETERS = {".php": "php", ".rb": "ruby", ".mjs": "node", ".sh": "sh"}

Calls = dict[str, dict[str, Any]]
RunClient = Callable[[str], Calls]


def command(program: Path) -> list[str]:
    """Return how to run a program; the test is skipped where its language is missing."""
    if program.suffix == ".py":
        return [sys.executable, str(program)]
    interpreter = INTERPRETERS[program.suffix]
    if shutil.which(interpreter) is None:
        pytest.skip(f"needs {interpreter}")
    return [interpreter, str(program)]


def environment(world: SandboxHandle) -> dict[str, str]:
    """All that a client is told: base URLs and credentials."""
    return {**os.environ, **world.env()}


def statuses(calls: Calls) -> dict[str, int]:
    """Return the status of each call by its name."""
    return {name: call["status"] for name, call in calls.items()}
