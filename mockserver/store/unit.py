"""A unit of work on its way through a store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from mockserver.errors import StoreUnavailable
from mockserver.store.connection import Connection

Work = Callable[[Connection], Any]


class Unit:
    """Some work; `outcome` is what it returned or raised, not told before the commit."""

    __slots__ = ("outcome", "work")

    def __init__(self, work: Work) -> None:
        self.work = work
        self.outcome: tuple[Any, BaseException | None] = (None, None)

    def refuse(self, cause: BaseException) -> None:
        """Let the outcome be that nothing was stored."""
        self.outcome = (None, unavailable(cause))


class AwaitedUnit(Unit):
    """A unit that somebody awaits: `done` is a future of the event loop `loop`."""

    __slots__ = ("came_at", "done", "loop")

    def __init__(self, work: Work, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(work)
        self.loop = loop
        self.came_at = loop.time()
        self.done: asyncio.Future[Any] = loop.create_future()

    def tell(self) -> None:
        """Give the outcome to the caller; called in its event loop."""
        result, problem = self.outcome
        if self.done.done():
            return  # its caller has gone
        if problem is None:
            self.done.set_result(result)
        elif isinstance(problem, StopIteration):  # which a future does not take
            failure = RuntimeError("a unit of work raised StopIteration")
            failure.__cause__ = problem
            self.done.set_exception(failure)
        else:
            self.done.set_exception(problem)


def unavailable(cause: BaseException) -> StoreUnavailable:
    """Return `StoreUnavailable` with its cause."""
    failure = StoreUnavailable()
    failure.__cause__ = cause
    return failure
