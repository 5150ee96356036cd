"""What a unit of work is given, and what a store must offer; both drivers fit in here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Collection
from contextlib import AbstractContextManager
from typing import Any, Protocol, TypeVar

from mockserver.store.statement import Statement

Result = TypeVar("Result")


class DoAgain(BaseException):
    """A unit of work has to undo a part of what it wrote: its store does it again, prepared for that.

    Raised and caught by stores; no `except Exception` on the way may take it for a failure. `units` are those
    at fault, by their place in the turn; empty where it may have been any of them.
    """

    def __init__(self, units: Collection[int] = ()) -> None:
        super().__init__()
        self.units = units


class Row(Protocol):
    """One row: columns by name, as `row["email"]`."""

    def __getitem__(self, name: str, /) -> Any: ...
    def keys(self) -> Collection[str]: ...


class Connection(Protocol):
    """The one connection of a unit of work. Values are text, integers, floats or None."""

    def all(self, statement: Statement, /, **values: Any) -> list[Row]:
        """Return every row."""

    def one(self, statement: Statement, /, **values: Any) -> Row | None:
        """Return the first row, or None."""

    def known(self, statement: Statement, /, **values: Any) -> Row | None:
        """Return the first row as `one` does; a store may know it without reading, if nobody has changed it.

        For what every request asks again, by a unique key: a row that is added is another one.
        """

    def run(self, statement: Statement, /, **values: Any) -> int:
        """Return how many rows were changed."""

    def put(self, statement: Statement, /, **values: Any) -> None:
        """Run a statement whose result nobody asks for; a store may do it later in the unit of work.

        Where the database refuses it only then, the whole unit is done again.
        """

    def expect_one(self, statement: Statement, /, **values: Any) -> bool:
        """Change one row, and return whether it did.

        A store may answer as expected, do it later in the unit, and do the whole unit again when it turns out
        otherwise.
        """

    def insert(self, statement: Statement, /, **values: Any) -> int:
        """Insert one row and return the number that the database gave it, in the column `number`."""

    def next_value(self, sandbox_id: str, noun: str, /) -> int:
        """Return the next value of a counter, 1 at first (`ids.py`); one given never comes back.

        What is undone gives its value back, or leaves a gap, as the store likes: it may count outside of the
        unit of work, so that nobody waits for another unit to get a value.
        """

    def savepoint(self) -> AbstractContextManager[None]:
        """Undo what the block did when it raises; the rest of the unit stands.

        A store may do the whole unit twice for that: work keeps nothing but what it returns.
        """

    def breaks_unique_key(self, error: Exception) -> bool:
        """Tell whether `error` is the database refusing a second row under a unique key."""


class Store(Protocol):
    """A database that takes units of work."""

    name: str

    @property
    def waiting(self) -> int:
        """How many units of work have come and not begun."""

    def run(self, work: Callable[[Connection], Result]) -> Awaitable[Result]:
        """Do `work` and return its result once that is committed.

        When `work` raises, everything it did is undone and the error goes on to the caller.

        Raises:
            StoreUnavailable: nothing was stored.
        """

    def run_now(self, work: Callable[[Connection], Result]) -> Result:
        """Do `work` in a transaction of its own, before the server serves or outside of it."""

    def close(self) -> None:
        """Finish what is under way and close every connection."""
