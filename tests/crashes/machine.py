"""Faults of the machine below a server: system calls fail, files cannot grow, the clock jumps."""

from __future__ import annotations

import contextlib
import resource
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.crashes.servers import CrashingServer

ATTACH_SECONDS = 20
_FAKETIME = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))


def strace_missing() -> bool:
    """Tell whether system calls cannot be made to fail here."""
    return shutil.which("strace") is None


def faketime_missing() -> bool:
    """Tell whether the clock of a process cannot be set here."""
    return not _FAKETIME


@contextlib.contextmanager
def failing(server: CrashingServer, call: str, error: str) -> Iterator[None]:
    """Let every system call `call` of a running server fail with `error` until the block ends."""
    assert server.process is not None
    command = ["strace", "-f", "-o", "/dev/null", "-e", f"trace={call}", "-e", f"inject={call}:error={error}"]
    with subprocess.Popen(
        [*command, "-p", str(server.process.pid)], stderr=subprocess.PIPE, text=True
    ) as strace:
        try:
            _wait_until_traced(server.process.pid)
            yield
        finally:
            strace.terminate()
            strace.communicate(timeout=ATTACH_SECONDS)


@contextlib.contextmanager
def files_cannot_grow(server: CrashingServer) -> Iterator[None]:
    """Let no file of a running server grow beyond one page until the block ends, as on a full disk."""
    assert server.process is not None
    soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (4096, hard))
    try:
        yield
    finally:
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (soft, hard))


class SettableTime:
    """The clock of a process that was started with `environment`: off by some hours, changed at will."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "time"
        self.is_off_by(hours=0)

    @property
    def environment(self) -> Mapping[str, str]:
        """What the process has to be started with. Its monotonic clock stays true, as on a real machine."""
        return {
            "LD_PRELOAD": str(_FAKETIME[0]),
            "FAKETIME_TIMESTAMP_FILE": str(self._file),
            "FAKETIME_NO_CACHE": "1",
            "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        }

    def is_off_by(self, hours: float) -> None:
        """Put the clock ahead of the true time, or behind it where `hours` is negative."""
        following = self._file.with_suffix(".new")
        following.write_text(f"{hours * 3600:+.0f}\n")
        following.replace(self._file)


def _wait_until_traced(pid: int) -> None:
    deadline = time.monotonic() + ATTACH_SECONDS
    while any(_is_untraced(task) for task in Path(f"/proc/{pid}/task").iterdir()):
        if time.monotonic() > deadline:
            raise TimeoutError("strace cannot attach: is ptrace allowed here?")
        time.sleep(0.02)


def _is_untraced(task: Path) -> bool:
    try:
        return "TracerPid:\t0\n" in (task / "status").read_text()
    except OSError:  # the thread has ended
        return False
