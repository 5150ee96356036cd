"""Is this machine fit to run the server?"""

from __future__ import annotations

import contextlib
import importlib.util
import platform
import socket
import sys
import threading
import time
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path
from tempfile import TemporaryFile

from mockserver.clock import Machine, iso
from mockserver.doctor import Finding
from mockserver.errors import UsageError
from mockserver.signing import vendor_names
from mockserver.store import open_store
from mockserver.store.sqlite_file import file_of, library_version

PYTHON = (3, 11)
SQLITE = (3, 51, 3)  # before it, processes that share a WAL file can corrupt it
EARLIEST_MS = 1_767_225_600_000  # 2026-01-01: this version is younger
LOOKUP_SECONDS = 2.0  # a name server that does not answer is waited for much longer
FAST_PARTS = ("uvloop", "httptools")


def examine_machine(database: str) -> Iterator[Finding]:
    """Look at Python, its parts, the store, the clock and the host names."""
    yield python(sys.version_info[:3])
    yield sqlite(library_version())
    yield fast_parts([name for name in FAST_PARTS if importlib.util.find_spec(name) is None])
    yield store(database)
    yield clock(Machine().now_ms())
    yield host_names([f"{vendor}.localhost" for vendor in vendor_names()])


def python(version: tuple[int, ...]) -> Finding:
    """Judge the version of Python."""
    shown = f"{_dotted(version)} ({platform.python_implementation()})"
    if version < PYTHON:
        return Finding("python", "bad", f"{shown}: install {_dotted(PYTHON)} or newer")
    return Finding("python", "ok", shown)


def sqlite(version: tuple[int, ...]) -> Finding:
    """Judge the version of the SQLite library."""
    if version < SQLITE:
        return Finding(
            "sqlite",
            "note",
            f"{_dotted(version)}: several workers may share no file below {_dotted(SQLITE)}, "
            "run 'pip install pysqlite3' or use one worker",
        )
    return Finding("sqlite", "ok", _dotted(version))


def fast_parts(missing: list[str]) -> Finding:
    """Judge whether the parts are there that make the server fast."""
    if missing:
        words = " ".join(missing)
        return Finding("speed", "note", f"works without {words}, but faster with: 'pip install {words}'")
    return Finding("speed", "ok", " and ".join(FAST_PARTS))


def store(database: str) -> Finding:
    """Open the store as the server would; a file that does not exist is not created."""
    try:
        if database.startswith("sqlite:"):
            file = Path(file_of(database))
            if str(file) != ":memory:" and not file.exists():
                return _new_file(file)
        open_store(database, durability="process").close()
    except UsageError as problem:
        return Finding("store", "bad", str(problem))
    return Finding("store", "ok", f"{database.partition(':')[0]} opens")


def clock(now_ms: int) -> Finding:
    """Judge the machine's time: signatures and tokens live by it."""
    if now_ms < EARLIEST_MS:
        return Finding("clock", "bad", f"{iso(now_ms)} is in the past: set the clock of this machine")
    return Finding("clock", "ok", iso(now_ms))


def host_names(names: list[str]) -> Finding:
    """Look whether names below `localhost` lead to this machine."""
    found = _leading_here(names)
    lost = [name for name in names if name not in found]
    if lost:
        line = f"127.0.0.1 {' '.join(lost)}"
        return Finding(
            "host names",
            "note",
            f"do not lead here: add {line!r} to /etc/hosts, or use http://127.0.0.1:8000/VENDOR",
        )
    return Finding("host names", "ok", f"{', '.join(names)} lead here")


def _new_file(file: Path) -> Finding:
    try:
        TemporaryFile(dir=file.resolve().parent).close()
    except OSError as problem:
        return Finding("store", "bad", f"{file} cannot be made ({problem.strerror}): name another one")
    return Finding("store", "ok", f"{file} does not exist yet and can be made")


def _leading_here(names: list[str]) -> set[str]:
    """Return those names that are known, in time, as addresses of this machine."""
    found: set[str] = set()
    lookups = [threading.Thread(target=_look_up, args=(name, found), daemon=True) for name in names]
    for lookup in lookups:
        lookup.start()
    end = time.monotonic() + LOOKUP_SECONDS
    for lookup in lookups:
        lookup.join(max(0.0, end - time.monotonic()))
    return found.copy()


def _look_up(name: str, found: set[str]) -> None:
    with contextlib.suppress(OSError):  # it is not known
        addresses = [str(place[4][0]) for place in socket.getaddrinfo(name, None)]
        if addresses and all(ip_address(address).is_loopback for address in addresses):
            found.add(name)


def _dotted(version: tuple[int, ...]) -> str:
    return ".".join(map(str, version))
