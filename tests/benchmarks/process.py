"""A server as a process: started, waited for, measured from outside, stopped."""

from __future__ import annotations

import contextlib
import http.client
import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.cores import SERVER_CORE, pinned

ROOT = Path(__file__).parents[2]
START_SECONDS = 60
TICKS_PER_SECOND = os.sysconf("SC_CLK_TCK")
# An installed server has its modules compiled; a checkout would compile them with every start under this one.
_ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Server:
    """A running server and how long it took to its first answer."""

    process: subprocess.Popen[bytes]
    url: str
    start_seconds: float

    def cpu_seconds(self) -> float:
        """Return the processor time that it and its children have taken so far."""
        return sum(cpu_ticks(pid) for pid in self._pids()) / TICKS_PER_SECOND

    def memory_mb(self) -> float:
        """Return the resident memory of it and its children."""
        return sum(_resident_kb(pid) for pid in self._pids()) / 1024

    def _pids(self) -> list[int]:
        """Return its processes: it leads a process group of its own."""
        group = self.process.pid
        return [pid for pid in _all_pids() if _group_of(pid) == group]


@contextlib.contextmanager
def running(
    command: Sequence[str],
    *,
    port: int,
    path: str = "/",
    environment: Mapping[str, str] | None = None,
    folder: Path = ROOT,
    core: int | None = SERVER_CORE,
) -> Iterator[Server]:
    """Run `command` until the block ends; it counts as started with its first answer to `GET path`."""
    began = time.perf_counter()
    with (folder / f"output-{port}.log" if folder != ROOT else Path(os.devnull)).open("wb") as output:
        process = subprocess.Popen(
            pinned(command, core),
            cwd=folder,
            env={**_ENVIRONMENT, **(environment or {})},
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _await_answer(process, port, path)
        yield Server(process, f"http://127.0.0.1:{port}", time.perf_counter() - began)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _await_answer(process: subprocess.Popen[bytes], port: int, path: str) -> None:
    deadline = time.perf_counter() + START_SECONDS
    while time.perf_counter() < deadline:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        try:
            connection.request("GET", path)
            connection.getresponse().read()
        except (OSError, http.client.HTTPException):
            if process.poll() is not None:
                raise RuntimeError(f"{process.args!r} ended with {process.returncode}") from None
            time.sleep(0.002)
        else:
            return
        finally:
            connection.close()
    raise RuntimeError(f"{process.args!r} gave no answer within {START_SECONDS} s")


def _all_pids() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def _group_of(pid: int) -> int | None:
    with contextlib.suppress(ProcessLookupError):
        return os.getpgid(pid)
    return None


def with_parent(parent: int) -> list[int]:
    """Return a process and its children."""
    return [parent, *(pid for pid in _all_pids() if _parent_of(pid) == parent)]


def _parent_of(pid: int) -> int | None:
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    return None


def cpu_ticks(pid: int) -> int:
    """Return the processor time that a process has taken, 0 once it has gone."""
    with contextlib.suppress(OSError):
        # the name, in parentheses, may hold blanks: the numbers start behind it
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _resident_kb(pid: int) -> int:
    with contextlib.suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1])
    return 0
