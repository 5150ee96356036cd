"""Ctrl-C ends every command without a traceback, at whatever moment it comes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from processes import running_process

from mockserver import cli

WORKERS = 2


def children(pid: int) -> list[str]:
    """Return the processes that a process has started (Linux)."""
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def test_ctrl_c_while_workers_load_is_no_failure(tmp_path: Path) -> None:
    options = ["--port", "0", "--workers", str(WORKERS), "--database", f"sqlite:///{tmp_path}/a.db"]
    command = [sys.executable, "-m", "mockserver", "serve", *options]
    with running_process(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as process:
        while len(children(process.pid)) < WORKERS:
            assert process.poll() is None
            time.sleep(0.01)
        os.killpg(process.pid, signal.SIGINT)
        _, told = process.communicate(timeout=60)
    assert (process.returncode, told) == (0, "")


def test_ctrl_c_while_a_command_loads_ends_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(name: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(cli.importlib, "import_module", interrupted)
    assert cli.main(["serve"]) == 130
