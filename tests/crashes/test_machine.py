"""The machine fails below a server: no success is answered for what was not stored, and it works again."""

from __future__ import annotations

import asyncio
import contextlib
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from tests.crashes.callers import Answer, Caller
from tests.crashes.kills import names
from tests.crashes.machine import (
    SettableTime,
    failing,
    faketime_missing,
    files_cannot_grow,
    strace_missing,
)
from tests.crashes.servers import CrashingServer, crashing
from tests.crashes.signed import Creation, creation, creations

Fault = Callable[[CrashingServer], AbstractContextManager[None]]
needs_strace = pytest.mark.skipif(strace_missing(), reason="needs strace (Debian: apt-get install strace)")


def file_of(server: CrashingServer) -> Path:
    return Path(server.database.removeprefix("sqlite:///"))


@contextlib.contextmanager
def locked(server: CrashingServer) -> Iterator[None]:
    """Let another process hold the write lock."""
    with contextlib.closing(sqlite3.connect(file_of(server), isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield


@contextlib.contextmanager
def moved_away(server: CrashingServer) -> Iterator[None]:
    """Let the database and what SQLite keeps beside it be elsewhere."""
    place = file_of(server).parent
    elsewhere = place.with_name("elsewhere")
    place.rename(elsewhere)
    yield
    elsewhere.rename(place)


def calls_fail(call: str, error: str) -> Fault:
    return lambda server: failing(server, call, error)


FAULTS = [
    pytest.param(files_cannot_grow, id="files cannot grow"),
    pytest.param(locked, id="locked by another process"),
    pytest.param(moved_away, id="moved away"),
    pytest.param(calls_fail("pwrite64", "ENOSPC"), id="disk full", marks=needs_strace),
    pytest.param(calls_fail("pwrite64", "EROFS"), id="read-only", marks=needs_strace),
    pytest.param(calls_fail("pwrite64", "EIO"), id="write error", marks=needs_strace),
    pytest.param(calls_fail("fsync,fdatasync", "EIO"), id="fsync error", marks=needs_strace),
]


@pytest.fixture
def server(tmp_path: Path) -> Iterator[CrashingServer]:
    """A server on a file in a folder of its own; every commit is synced, so that a sync can fail."""
    (tmp_path / "data").mkdir()
    with crashing(tmp_path, f"sqlite:///{tmp_path}/data/a.db", "--durability", "power") as running:
        yield running


def sent(server: CrashingServer, items: list[Creation]) -> list[Answer]:
    """Send all of them at once, each on a connection of its own."""

    async def go() -> list[Answer]:
        async with contextlib.AsyncExitStack() as stack:
            crowd = [await stack.enter_async_context(Caller(server.port)) for _ in items]
            return await asyncio.gather(
                *(caller.ask(item.request) for caller, item in zip(crowd, items, strict=True))
            )

    return asyncio.run(go())


def statuses(answers: list[Answer]) -> set[int]:
    return {answer.status for answer in answers}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_stored_is_not_promised(server: CrashingServer, fault: Fault) -> None:
    before, meanwhile = creations(server.access, 3), creations(server.access, 8)
    assert statuses(sent(server, before)) == {200}
    with fault(server):
        refused = sent(server, meanwhile)
    assert statuses(refused) == {503}
    assert {answer.headers["retry-after"] for answer in refused} == {"1"}
    assert statuses(sent(server, meanwhile)) == {200}  # nothing was stored, no nonce either
    assert statuses(sent(server, [*before, *meanwhile])) == {403}
    assert {item.name for item in [*before, *meanwhile]} <= names(server.database)
    assert "Traceback" not in server.log.read_text()


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda file: file.write_bytes(b"no database" * 1000), "is not a database"),
        (lambda file: file.write_bytes(file.read_bytes()[:6000]), "malformed"),
        (lambda file: file.write_bytes(b"\0" * 16 + file.read_bytes()[16:]), "is not a database"),
        (lambda file: file.write_bytes(file.read_bytes()[:4096] + b"\xff" * 8192), "malformed"),
    ],
    ids=["another file", "cut off", "wrong first bytes", "overwritten"],
)
def test_damaged_file_is_refused_with_a_sentence(
    tmp_path: Path, damage: Callable[[Path], None], said: str
) -> None:
    file = tmp_path / "a.db"
    database = f"sqlite:///{file}"
    with crashing(tmp_path, database) as server:
        assert statuses(sent(server, creations(server.access, 3))) == {200}
        server.stop()
    damage(file)
    again = CrashingServer(tmp_path, database)
    with pytest.raises(RuntimeError, match=said) as refused:
        again.start()
    assert "name another one with --database" in str(refused.value)
    assert "Traceback" not in str(refused.value)


def test_file_that_vanished_for_good_is_not_written_into_the_void(server: CrashingServer) -> None:
    shutil.rmtree(file_of(server).parent)
    assert statuses(sent(server, creations(server.access, 3))) == {503}
    assert "the database file is gone" in server.log.read_text()


@pytest.mark.skipif(faketime_missing(), reason="needs libfaketime (Debian: apt-get install faketime)")
def test_no_captured_request_is_let_in_while_the_clock_jumps(tmp_path: Path) -> None:
    clock = SettableTime(tmp_path)
    database = f"sqlite:///{tmp_path}/a.db"
    with crashing(tmp_path, database, environment=clock.environment) as server:
        captured = creations(server.access, 3)
        assert statuses(sent(server, captured)) == {200}
        for hours in (-1, 25, 0, 24, -25, 0):
            clock.is_off_by(hours)
            assert statuses(sent(server, captured)) == {403}
        assert statuses(sent(server, [creation(server.access)])) == {200}
        clock.is_off_by(25)
        server.kill()
        server.start()
        assert statuses(sent(server, captured)) == {403}
        clock.is_off_by(0)
        assert statuses(sent(server, captured)) == {403}
