"""Ids for the units of one turn on PostgreSQL, counted outside of their transaction.

A counter's row stays locked until the transaction that counted is over. Counted by the units themselves,
all that create in one sandbox would come one after the other, each with its wait for the disk. So ids are
taken in a transaction of their own that does not wait, and as many at once as the turn is likely to need.
They reach the disk no later than the rows that bear them, because the log is written in order. What was not
needed is given back, unless somebody has taken the next ones; an id of work that is undone is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Any, cast

import psycopg

from mockserver.store import counters
from mockserver.store.connection import DoAgain
from mockserver.store.postgresql_session import PostgresqlSession

Counter = tuple[str, str]
"""A sandbox and a noun."""
Borrow = Callable[[], AbstractContextManager[PostgresqlSession]]

_TAKE = counters.TAKE.with_names("%({})s")
_GIVE_BACK = "SET LOCAL lock_timeout = '100ms'; " + counters.GIVE_BACK.with_names("%({})s")


class TurnIds:
    """The ids of one turn; `borrow` lends a session to count with."""

    def __init__(self, borrow: Borrow, expected: Mapping[Counter, int]) -> None:
        self.given: dict[Counter, int] = {}
        self._borrow = borrow
        self._expected = expected
        self._taken: dict[Counter, range] = {}  # the last ids that follow each other
        self._rest: dict[Counter, range] = {}  # those of them that nobody has got

    def next(self, counter: Counter, units_left: int) -> int:
        """Return the next id; what the units that are left in the turn will need is taken with it.

        Raises:
            DoAgain: whoever holds the counter may wait for this very turn, and PostgreSQL cannot see that two
                sessions belong together. Where the turn counts by itself, it sees the deadlock and ends it.
        """
        rest = self._rest.get(counter)
        if not rest:
            count = min(units_left, self._expected.get(counter, 1))
            last = self._counted(_TAKE, counter, count=count)
            assert last is not None
            rest = range(last - count + 1, last + 1)
            before = self._taken.get(counter)
            follows = before is not None and before.stop == rest.start
            self._taken[counter] = range(before.start, rest.stop) if before and follows else rest
        self._rest[counter] = rest[1:]
        self.given[counter] = self.given.get(counter, 0) + 1
        return rest[0]

    def forget(self) -> None:
        """Give out none of those that were taken: the counter was set."""
        self._taken.clear()
        self._rest.clear()

    def give_back(self, *, all_of_them: bool) -> None:
        """Give back what nobody needed, or everything after a rollback."""
        for counter, ids in (self._taken if all_of_them else self._rest).items():
            if ids:
                self._counted(_GIVE_BACK, counter, count=len(ids), last=ids[-1])
        self.forget()

    def _counted(self, text: str, counter: Counter, **values: int) -> int | None:
        sandbox_id, noun = counter
        try:
            with self._borrow() as session:
                row = session.execute_apart(text, {"sandbox_id": sandbox_id, "noun": noun, **values})
        except psycopg.errors.LockNotAvailable:
            raise DoAgain from None
        return None if row is None else int(cast("Any", row)["value"])
