"""Several processes for one server: workers are forked from this one, watched, replaced and ended.

This process has imported everything and holds nothing that two processes must not share: no connection, no
thread, no event loop. So a worker is ready once its store is open, and what was imported is in memory once.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import logging
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from multiprocessing.context import ForkContext, SpawnContext

    Context = ForkContext | SpawnContext

# The system libraries of macOS do not survive a fork and Windows has none: there, each imports by itself.
CONTEXT = get_context("fork") if sys.platform == "linux" else get_context("spawn")
NAMES = ("SIGINT", "SIGTERM", "SIGHUP")  # Windows has no SIGHUP
SIGNALS = [getattr(signal, name) for name in NAMES if hasattr(signal, name)]
READY_SECONDS = 30
STOP_SECONDS = 10  # longer than a worker waits for the requests that it still answers
RETRY_SECONDS = 1
NOT_STARTED = 3  # the exit code where the workers could not start
LOOK_UP_SECONDS = 0.5  # for the deadline, and for Windows, where a signal wakes nobody

Announce = Callable[[], None]
Work = Callable[[Announce], int]
"""Serves until a signal comes, says when it is ready, and returns the exit code."""

log = logging.getLogger("mockserver")


@dataclass(eq=False)
class _Worker:
    """One process; `news` comes when it is ready, and then `predecessor`, if there is one, may go."""

    process: BaseProcess
    news: Connection | None
    predecessor: _Worker | None = None
    is_ready: bool = False
    is_retired: bool = False

    def retire(self) -> None:
        self.is_retired = True
        self.process.terminate()


class Supervisor:
    """Keeps `count` processes doing `work`, and calls `announce` once all of them are ready.

    SIGINT and SIGTERM end them, SIGHUP puts fresh ones in their places; either lets them answer first.
    """

    def __init__(self, work: Work, count: int, announce: Announce, *, context: Context) -> None:
        self._work = work
        self._count = count
        self._announce = announce
        self._context = context
        self._workers: list[_Worker] = []
        self._alive, self._lifeline = self._context.Pipe(duplex=False)  # ends for all when this process does
        self._signals, self._signalled = socket.socketpair()
        self._signalled.setblocking(False)
        self._deadline: float | None = None
        self._is_announced = False
        self._is_ending = False
        self._exit_code = 0

    def run(self) -> int:
        """Start the workers and look after them until a signal ends them; return the exit code."""
        for number in SIGNALS:
            signal.signal(number, self._note)
        gc.freeze()  # no worker's collector touches, and so copies, what all of them share
        self._deadline = time.monotonic() + READY_SECONDS
        for _ in range(self._count):
            self._start()
        while self._workers:
            self._look()
        return self._exit_code

    def _look(self) -> None:
        """Wait for what happens next, and see to it."""
        answers: dict[object, Callable[[], None]] = {self._signals: self._obey}
        for worker in self._workers:
            answers[worker.process.sentinel] = functools.partial(self._bury, worker)
            if worker.news is not None:
                answers[worker.news] = functools.partial(self._welcome, worker)
        waiting = list(answers)
        happened = wait(waiting, LOOK_UP_SECONDS)  # type: ignore[arg-type] # sockets and sentinels as well
        happened.sort(key=lambda what: what is not self._signals)  # what a signal asks for explains the rest
        for what in happened:
            answers[what]()
        if self._deadline is not None and time.monotonic() > self._deadline:
            self._lose_patience()

    def _start(self, predecessor: _Worker | None = None, *, pause_seconds: float = 0) -> _Worker:
        news, told = self._context.Pipe(duplex=False)
        ends = (self._alive, self._lifeline, told)
        # a daemon: however this process ends, nobody waits for a worker that was not told to end
        process = self._context.Process(target=_live, args=(self._work, *ends, pause_seconds), daemon=True)
        with _signals_held_back():
            process.start()
        told.close()
        worker = _Worker(process, news, predecessor)
        self._workers.append(worker)
        return worker

    def _welcome(self, worker: _Worker) -> None:
        """Hear that a worker is ready, or that it will never be."""
        if worker.news is None:
            return
        with worker.news as news, contextlib.suppress(EOFError):  # it has died: its sentinel tells
            news.recv_bytes()
            worker.is_ready = True
        worker.news = None
        if not worker.is_ready:
            return
        predecessor, worker.predecessor = worker.predecessor, None
        if predecessor in self._workers:
            predecessor.retire()
        is_due = not self._is_announced and not self._is_ending
        if is_due and all(one.is_ready for one in self._workers):
            self._is_announced, self._deadline = True, None
            self._announce()

    def _bury(self, worker: _Worker) -> None:
        """Put another in the place of a worker that died, unless it was to go."""
        worker.process.join()
        self._workers.remove(worker)
        self._welcome(worker)
        if self._is_ending or worker.is_retired:
            return
        died = (worker.process.pid, worker.process.exitcode)
        if not self._is_announced:
            log.error("worker %d did not start (exit code %s); its messages stand above", *died)
            self._exit_code = NOT_STARTED
            self._end()
        elif worker.predecessor in self._workers:
            log.error("worker %d did not start (exit code %s), the one before it goes on", *died)
        else:
            successor = next((one for one in self._workers if one.predecessor is worker), None)
            # the store may be gone for a while: the next one tries a little later
            successor = successor or self._start(pause_seconds=0 if worker.is_ready else RETRY_SECONDS)
            pid = successor.process.pid
            log.error("worker %d died (exit code %s), worker %d takes its place", *died, pid)

    def _note(self, number: int, frame: FrameType | None) -> None:
        """Wake `_look`: what a signal asks for is not done in the midst of something else."""
        del frame
        with contextlib.suppress(BlockingIOError):  # enough of them are waiting
            self._signalled.send(bytes([number]))

    def _obey(self) -> None:
        for number in self._signals.recv(64):
            if number in (signal.SIGINT, signal.SIGTERM):
                self._end()
            elif not self._is_ending:
                self._renew()

    def _renew(self) -> None:
        """Start a fresh worker for each; an old one goes when the fresh one is ready."""
        followed = [worker.predecessor for worker in self._workers]
        for worker in list(self._workers):
            if worker.is_ready and not worker.is_retired and worker not in followed:
                self._start(worker)

    def _end(self) -> None:
        if self._is_ending:
            return
        self._is_ending, self._deadline = True, time.monotonic() + STOP_SECONDS
        for worker in self._workers:
            worker.retire()

    def _lose_patience(self) -> None:
        if self._is_ending:
            for worker in self._workers:
                worker.process.kill()
            self._deadline = None
        else:
            log.error("the workers are not ready after %d seconds", READY_SECONDS)
            self._exit_code = NOT_STARTED
            self._end()


def _live(
    work: Work, alive: Connection, lifeline: Connection, told: Connection, pause_seconds: float
) -> None:
    """Be a worker."""
    lifeline.close()  # the supervisor's end alone keeps the workers going
    for number in SIGNALS:  # Ctrl-C and a hang-up reach all processes; the supervisor says what they mean
        signal.signal(number, signal.SIG_DFL if number == signal.SIGTERM else signal.SIG_IGN)
    _let_signals_in()
    threading.Thread(target=_end_with, args=(alive,), daemon=True).start()

    def announce() -> None:
        told.send_bytes(b"ready")
        told.close()

    time.sleep(pause_seconds)
    sys.exit(work(announce))


def _end_with(alive: Connection) -> None:
    """End when the supervisor has died: a worker left alone would keep the port from the next server."""
    with contextlib.suppress(EOFError):
        alive.recv_bytes()
    os.kill(os.getpid(), signal.SIGTERM)


@contextlib.contextmanager
def _signals_held_back() -> Iterator[None]:
    """Let none reach a fork that still has the supervisor's handlers."""
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_BLOCK, SIGNALS)
    try:
        yield
    finally:
        _let_signals_in()


def _let_signals_in() -> None:
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, SIGNALS)
