"""Whose turn it is: threads that take all units of work that wait, and do them together.

What comes while a turn is under way waits for the next one. A turn that takes long gets another one beside
it. Every caller is told in its own event loop what became of its unit, whatever happens.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from mockserver.store.unit import AwaitedUnit, Unit, Work

MAX_TURNS = 8  # at a time
PATIENCE_SECONDS = 0.1  # a unit that has waited for so long gets a turn beside those under way


@dataclass(eq=False)
class _Worker:
    """A thread that does turns; `began` is when its last one began."""

    began: float


class Turns:
    """Gives each turn to `do`, which returns False if its units have to be done one by one."""

    def __init__(self, do: Callable[[Sequence[Unit]], bool]) -> None:
        self._do = do
        self._threads = ThreadPoolExecutor(MAX_TURNS, thread_name_prefix="postgresql")
        self._lock = threading.Lock()  # of what waits, who works, and whether that is over
        self._is_closed = False
        self._waiting: list[AwaitedUnit] = []
        self._workers: set[_Worker] = set()

    @property
    def waiting(self) -> int:
        """How many units have come and not begun."""
        return len(self._waiting) + self._threads._work_queue.qsize()

    def add(self, work: Work) -> asyncio.Future[Any]:
        """Let a unit wait for its turn; return the future of its outcome."""
        loop = asyncio.get_running_loop()
        unit = AwaitedUnit(work, loop)
        with self._lock:
            is_closed = self._is_closed
            if not is_closed:
                self._waiting.append(unit)
            is_first, is_idle = len(self._waiting) == 1, not self._workers
        if is_closed:
            unit.refuse(ConnectionError("the store is closed"))
            unit.tell()
        elif is_idle:
            loop.call_soon(self._begin)  # after every unit that comes in this turn of the event loop
        elif is_first:
            loop.call_later(PATIENCE_SECONDS, self._relieve, unit)
        return unit.done

    def close(self) -> None:
        """Do what waits, and take nothing any more."""
        with self._lock:
            self._is_closed = True
        self._threads.shutdown(wait=True)
        if units := self._taken():
            self._take_turn(units)

    def _begin(self) -> None:
        """Let a thread do what waits, unless one is at it."""
        with self._lock:
            if self._waiting and not self._workers and not self._is_closed:
                self._add_worker()

    def _relieve(self, unit: AwaitedUnit) -> None:
        """Begin a turn beside the others if this unit is still the first that waits."""
        with self._lock:
            is_late = bool(self._waiting) and self._waiting[0] is unit
            if is_late and len(self._workers) < MAX_TURNS and not self._is_closed:
                self._add_worker()

    def _add_worker(self) -> None:
        worker = _Worker(time.monotonic())
        self._workers.add(worker)
        self._threads.submit(self._work_off, worker)

    def _work_off(self, worker: _Worker) -> None:
        units = self._taken(worker)
        while units:
            self._take_turn(units)
            units = [] if self._is_superfluous(worker) else self._taken(worker)

    def _taken(self, worker: _Worker | None = None) -> list[AwaitedUnit]:
        """Return what waits and whose caller is still there; with nothing to do, a worker goes."""
        with self._lock:
            units = [unit for unit in self._waiting if not unit.done.cancelled()]
            self._waiting = []
            if worker is not None:
                worker.began = time.monotonic()
                if not units:
                    self._workers.discard(worker)
        return units

    def _take_turn(self, units: Sequence[AwaitedUnit]) -> None:
        """Do units together, or each by itself, and tell every caller, whatever happens."""
        try:
            is_done = self._do(units)
        except BaseException as problem:  # of a kind that ends threads, though none may end untold
            for unit in units:
                unit.refuse(problem)
            is_done = True
        if is_done:
            _tell(units)
            return
        with self._lock:
            is_closed = self._is_closed
            if not is_closed:
                for unit in units:
                    self._threads.submit(self._take_turn, [unit])
        if is_closed:  # there are no other threads any more
            for unit in units:
                self._take_turn([unit])

    def _is_superfluous(self, worker: _Worker) -> bool:
        """Let a worker go that came because of a slow turn, when another one is quick again."""
        with self._lock:
            if not 1 < len(self._workers) < MAX_TURNS:
                return False
            quick = time.monotonic() - PATIENCE_SECONDS
            if all(other is worker or other.began < quick for other in self._workers):
                return False
            self._workers.discard(worker)
        return True


def _tell(units: Sequence[AwaitedUnit]) -> None:
    """Give the outcomes to the callers, in the event loop of each."""
    by_loop: dict[asyncio.AbstractEventLoop, list[AwaitedUnit]] = {}
    for unit in units:
        by_loop.setdefault(unit.loop, []).append(unit)
    for loop, theirs in by_loop.items():
        with contextlib.suppress(RuntimeError):  # the loop is closed, and its callers have gone
            loop.call_soon_threadsafe(_tell_all, theirs)


def _tell_all(units: Sequence[AwaitedUnit]) -> None:
    for unit in units:
        unit.tell()
