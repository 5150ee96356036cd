"""Workers are replaced when they die and end with their supervisor, in whatever way they are started."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.conftest import RunningServer

# Each worker says who it is when it is ready; what a test wants of `work` stands in place of WORK.
PROGRAM = """
import os, signal, sys
from multiprocessing import get_context
from pathlib import Path
from mockserver import supervisor

supervisor.STOP_SECONDS = supervisor.RETRY_SECONDS = 0.2


def say(word):
    os.write(1, f"{word}\\n".encode())  # in one piece: all workers share the pipe


def work(announce):
    say(os.getpid())
    WORK


if __name__ == "__main__":
    context = get_context("METHOD")
    sys.exit(supervisor.Supervisor(work, 2, lambda: say("ready"), context=context).run())
"""
SERVE = "announce(); signal.pause()"
SERVE_UNLESS_BROKEN = "if Path('broken').exists(): return 7\n    " + SERVE
IGNORE_SIGTERM = "signal.signal(signal.SIGTERM, signal.SIG_IGN); announce()\n    while True: signal.pause()"


class Program:
    """A supervisor of two workers in a process of its own."""

    def __init__(self, folder: Path, work: str, method: str) -> None:
        self._program = folder / "program.py"
        self._program.write_text(PROGRAM.replace("WORK", work).replace("METHOD", method))
        self.process = subprocess.Popen(
            [sys.executable, self._program.name],
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def new_worker(self) -> int:
        """Return the next worker that says who it is."""
        assert self.process.stdout is not None
        return int(self.process.stdout.readline())

    def workers_when_ready(self) -> list[int]:
        """Return the first two, after "ready" was said; a worker may say its part before or after."""
        assert self.process.stdout is not None
        lines = [self.process.stdout.readline().strip() for _ in range(3)]
        assert lines[2] == "ready"
        return [int(line) for line in lines[:2]]

    def complaint(self) -> str:
        """Return the next line of the log."""
        assert self.process.stderr is not None
        return self.process.stderr.readline().strip()

    def end(self, number: int = signal.SIGTERM) -> tuple[int, str]:
        """End the supervisor; return its exit code, and what is said until the last worker has gone."""
        self.process.send_signal(number)
        assert self.process.stdout is not None
        said = self.process.stdout.read()  # a pipe that every worker holds open
        return self.process.wait(10), said


@pytest.fixture(params=["fork", "spawn"])
def method(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@contextlib.contextmanager
def running(folder: Path, work: str, method: str = "fork") -> Iterator[Program]:
    program = Program(folder, work, method)
    with program.process:
        try:
            yield program
        finally:
            program.process.kill()


def test_dead_worker_is_replaced_and_all_end_together(tmp_path: Path, method: str) -> None:
    with running(tmp_path, SERVE, method) as program:
        first, _ = program.workers_when_ready()
        os.kill(first, signal.SIGKILL)
        successor = program.new_worker()
        assert (
            program.complaint() == f"worker {first} died (exit code -9), worker {successor} takes its place"
        )
        assert program.end() == (0, "")


def test_workers_end_with_a_supervisor_that_is_killed(tmp_path: Path, method: str) -> None:
    with running(tmp_path, SERVE, method) as program:
        program.workers_when_ready()
        assert program.end(signal.SIGKILL) == (-9, "")


def test_fresh_workers_take_over(tmp_path: Path, method: str) -> None:
    with running(tmp_path, SERVE, method) as program:
        before = program.workers_when_ready()
        program.process.send_signal(signal.SIGHUP)
        fresh = {program.new_worker(), program.new_worker()}
        assert not fresh & set(before)
        assert program.end() == (0, "")


def test_fresh_workers_that_do_not_start_leave_the_old_ones_in_place(tmp_path: Path) -> None:
    with running(tmp_path, SERVE_UNLESS_BROKEN) as program:
        before = program.workers_when_ready()
        (tmp_path / "broken").touch()
        program.process.send_signal(signal.SIGHUP)
        failed = {program.new_worker(), program.new_worker()}
        complaints = {program.complaint(), program.complaint()}
        assert complaints == {
            f"worker {pid} did not start (exit code 7), the one before it goes on" for pid in failed
        }
        os.kill(before[0], signal.SIGKILL)  # it is still looked after
        assert program.complaint().startswith(f"worker {before[0]} died (exit code -9)")


def test_successor_that_does_not_start_is_tried_again(tmp_path: Path) -> None:
    with running(tmp_path, SERVE_UNLESS_BROKEN) as program:
        first, _ = program.workers_when_ready()
        (tmp_path / "broken").touch()
        os.kill(first, signal.SIGKILL)
        broken = program.new_worker()
        assert program.complaint() == f"worker {first} died (exit code -9), worker {broken} takes its place"
        assert program.complaint().startswith(f"worker {broken} died (exit code 7), worker ")
        (tmp_path / "broken").unlink()
        assert program.new_worker() != broken
        assert program.end() == (0, "")


def test_workers_that_cannot_start_end_the_server(tmp_path: Path) -> None:
    with running(tmp_path, "return 7") as program:
        assert program.process.wait(10) == 3
        assert "did not start (exit code 7); its messages stand above" in program.complaint()


def test_end_may_come_before_anybody_is_ready(tmp_path: Path) -> None:
    with running(tmp_path, "signal.pause()") as program:
        program.new_worker()
        code, said = program.end()
        assert code == 0
        assert "ready" not in said


def test_worker_that_does_not_end_is_killed(tmp_path: Path) -> None:
    with running(tmp_path, IGNORE_SIGTERM) as program:
        program.workers_when_ready()
        assert program.end() == (0, "")


def test_nothing_is_left_behind_by_a_server_whose_supervisor_is_killed(
    serve: Callable[..., contextlib.AbstractContextManager[RunningServer]], tmp_path: Path
) -> None:
    with serve(
        "--workers", "2", "--database", f"sqlite:///{tmp_path}/rows.db", environment={"TMPDIR": str(tmp_path)}
    ) as running:
        assert len(list(tmp_path.glob("mockserver-*"))) == 1
        running.process.kill()
        assert running.process.stdout is not None
        running.process.stdout.read()  # until the last worker has gone
        assert not list(tmp_path.glob("mockserver-*"))
