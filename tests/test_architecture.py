"""The house keeps its shape: imports run downwards, and the server starts lean."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).parent.parent


def test_imports_follow_the_contracts_in_pyproject(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert lint_imports(no_cache=True) == 0


HEAVY = ("fastapi", "starlette", "anyio", "sqlmodel", "sqlalchemy", "psycopg", "schemathesis", "jwt", "yaml")


@pytest.mark.parametrize("heavy", HEAVY)
def test_serving_on_sqlite_does_not_import(heavy: str) -> None:
    """Each would cost start-up time and memory that no request needs."""
    program = (
        "import sys, mockserver.serving, mockserver.store.sqlite, mockserver.vendors as rooms;"
        f"rooms.all_vendors(); sys.exit({heavy!r} in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
