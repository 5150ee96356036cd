"""A server that is made to crash: in a process group of its own, killed whole, started again at its port."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

STOP_SECONDS = 15


class CrashingServer:
    """One `mockserver serve`; what it writes to standard error is kept in `log`."""

    def __init__(
        self,
        folder: Path,
        database: str,
        *options: str,
        wrapper: Sequence[str] = (),
        program: str = "mockserver",
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.database = database
        self.log = folder / "server.log"
        self.port = 0
        self.ready: dict[str, Any] = {}
        self.process: subprocess.Popen[str] | None = None
        self._options = options
        self._command = (*wrapper, sys.executable, "-m", program, "serve", "--json")
        self._environment = {**os.environ, **(environment or {})}

    @property
    def access(self) -> Mapping[str, str]:
        """What requests to ProctorExam are signed with, and where they go."""
        access: Mapping[str, str] = self.ready["vendors"]["proctorexam"]
        return access

    def start(self) -> float:
        """Start it, at its old port if it had one; return the seconds until it was ready.

        Raises:
            RuntimeError: it did not start; the message is what it said.
        """
        place = ("--port", str(self.port), "--database", self.database)
        began = time.monotonic()
        with self.log.open("a") as log:
            self.process = subprocess.Popen(
                [*self._command, *place, *self._options],
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                env=self._environment,
                start_new_session=True,
            )
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        if not line:
            self.process.stdout.close()
            self.process.wait(STOP_SECONDS)
            raise RuntimeError(self.log.read_text())
        self.ready = json.loads(line)
        self.port = urlsplit(self.ready["url"]).port or 0
        return time.monotonic() - began

    def kill_supervisor(self) -> None:
        """End the first process alone; its workers are not told."""
        assert self.process is not None
        assert self.process.stdout is not None
        self.process.kill()
        self.process.stdout.close()
        self.process.wait(STOP_SECONDS)

    def kill(self) -> None:
        """End all of its processes at once, as `kill -9` does."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """End it as Ctrl-C or a supervisor does; return its exit code."""
        return self._end(signal.SIGTERM)

    def reload(self) -> None:
        """Ask for fresh workers, one after the other."""
        assert self.process is not None
        self.process.send_signal(signal.SIGHUP)

    def pids(self) -> list[int]:
        """Return its processes."""
        assert self.process is not None
        return [pid for pid in _all_pids() if _group_of(pid) == self.process.pid]

    def workers(self) -> list[int]:
        """Return the processes that answer, the supervisor left out."""
        assert self.process is not None
        return [pid for pid in self.pids() if pid != self.process.pid and _command(pid)]

    def open_files(self) -> int:
        """Return how many files and sockets its processes hold."""
        return sum(len(list(Path(f"/proc/{pid}/fd").iterdir())) for pid in self.pids())

    def resident_mb(self) -> float:
        """Return the memory of its processes."""
        return sum(_resident_kb(pid) for pid in self.pids()) / 1024

    def _end(self, number: int) -> int:
        assert self.process is not None
        assert self.process.stdout is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, number) if number == signal.SIGKILL else self.process.terminate()
        self.process.stdout.close()
        return self.process.wait(STOP_SECONDS)


@contextlib.contextmanager
def crashing(
    folder: Path,
    database: str,
    *options: str,
    wrapper: Sequence[str] = (),
    program: str = "mockserver",
    environment: Mapping[str, str] | None = None,
) -> Iterator[CrashingServer]:
    """Run a server until the block ends; whatever is left of it then is killed."""
    server = CrashingServer(
        folder, database, *options, wrapper=wrapper, program=program, environment=environment
    )
    server.start()
    try:
        yield server
    finally:
        server.kill()


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _group_of(pid: int) -> int | None:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return None


def _command(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


def _resident_kb(pid: int) -> int:
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next((int(line.split()[1]) for line in lines if line.startswith("VmRSS:")), 0)
