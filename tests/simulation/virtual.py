"""Everything that a server takes from its machine, driven by one seed: time, randomness, the disk."""

from __future__ import annotations

import asyncio
import random
import selectors
from typing import Any

import pysqlite3

from mockserver.clock import Machine

START_MS = 1_795_289_832_000
DISK_FULL, IO_ERROR, LOCKED = 13, 10, 5


class VirtualLoop(asyncio.SelectorEventLoop):
    """An event loop that never waits: when nothing is ready, its time jumps to whatever comes next."""

    def __init__(self) -> None:
        self.elapsed = 0.0
        super().__init__(_NoWaiting(self))

    def time(self) -> float:
        return self.elapsed


class _NoWaiting(selectors.SelectSelector):
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> Any:
        self._loop.elapsed += timeout or 0.0
        return super().select(0)


class VirtualMachine(Machine):
    """A machine whose clock can be put anywhere, while its monotonic one goes with the loop."""

    def __init__(self, loop: VirtualLoop, chance: random.Random) -> None:
        self._loop = loop
        self._chance = chance
        self.ahead_ms = 0

    def now_ms(self) -> int:
        return START_MS + self.ahead_ms + round(self._loop.elapsed * 1000)

    def elapsed_seconds(self) -> float:
        return self._loop.elapsed

    def random_bytes(self, count: int) -> bytes:
        return self._chance.randbytes(count)


class Crashed(BaseException):
    """The process has died."""


class FailingDisk:
    """Stands before a connection to SQLite; while `is_failing`, statements fail by chance.

    At its `dies_in`-th statement from now the process dies: before the statement, or right after it.
    """

    def __init__(self, driver: Any, chance: random.Random) -> None:
        self._driver = driver
        self._chance = chance
        self.is_failing = False
        self.dies_in = 0
        self.is_dead = False
        self.failures = 0

    def __getattr__(self, name: str) -> Any:
        return getattr(self._driver, name)

    def cursor(self) -> FailingCursor:
        return FailingCursor(self, self._driver.cursor())

    def execute(self, text: str, *values: Any) -> Any:
        return self.attempt(self._driver, text, values)

    def attempt(self, executing: Any, text: str, values: Any) -> Any:
        """Have a connection or cursor execute a statement, or fail."""
        if self.is_dead:
            raise Crashed
        if self.dies_in:
            self.dies_in -= 1
            if self.dies_in == 0:
                self._die(executing, text, values)
        if self.is_failing and self._chance.random() < 0.05 and text != "ROLLBACK":
            self._fail()
        return executing.execute(text, *values)

    def _die(self, executing: Any, text: str, values: Any) -> None:
        self.is_dead = True
        if self._chance.random() < 0.5:
            executing.execute(text, *values)
        raise Crashed

    def _fail(self) -> None:
        self.failures += 1
        if self._driver.in_transaction and self._chance.random() < 0.3:
            self._driver.execute("ROLLBACK")  # as SQLite does by itself when the disk is full
        failure = pysqlite3.OperationalError("made to fail")
        failure.sqlite_errorcode = self._chance.choice([DISK_FULL, IO_ERROR, LOCKED])
        raise failure


class FailingCursor:
    """A cursor of that connection."""

    def __init__(self, disk: FailingDisk, cursor: Any) -> None:
        self._disk = disk
        self._cursor = cursor

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cursor, name)

    def execute(self, text: str, *values: Any) -> Any:
        return self._disk.attempt(self._cursor, text, values)
