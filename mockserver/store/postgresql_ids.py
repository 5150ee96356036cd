"""Ids for the units of one turn on PostgreSQL, counted outside of their transaction.

A counter's row stays locked until the transaction that counted is over. Counted by the units themselves,
all that create in one sandbox would come one after the other, each with its wait for the disk. So ids are
taken in a transaction of their own that does not wait, and as many at once as the turn is likely to need:
as many for each of its units as the turn before took. They reach the disk no later than the rows that bear
them, because the log is written in order. What was not needed is given back, unless somebody has taken the
next ones; an id of work that is undone is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass

import psycopg

from mockserver.store import counters
from mockserver.store.connection import DoAgain, Row
from mockserver.store.postgresql_session import PostgresqlSession, Value

Counter = tuple[str, str]
"""A sandbox and a noun."""
Borrow = Callable[[], AbstractContextManager[PostgresqlSession]]

_TAKE = counters.TAKE.with_names("%({})s")
_GIVE_BACK = counters.GIVE_BACK.with_names("%({})s")
_BRIEFLY = "SET LOCAL lock_timeout = '100ms'"


@dataclass(frozen=True)
class Need:
    """How many ids a turn of so many units gave out."""

    ids: Mapping[Counter, int]
    units: int

    def of(self, counter: Counter, units: int) -> int:
        """Return how many ids so many units are likely to need, rounded up."""
        return -(-self.ids.get(counter, 0) * units // self.units)


class TurnIds:
    """The ids of one turn; `borrow` lends a session to count with, `need` is that of the turn before."""

    def __init__(self, borrow: Borrow, need: Need) -> None:
        self.given: dict[Counter, int] = {}
        self._borrow = borrow
        self._need = need
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
            # What was not foreseen is taken in pieces that grow.
            count = max(1, self._need.of(counter, units_left), min(units_left, self.given.get(counter, 0)))
            row = self._counted([(_TAKE, {**_named(counter), "count": count})])
            assert row is not None
            last = int(row["value"])
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
        unused = self._taken if all_of_them else self._rest
        statements = [
            (_GIVE_BACK, {**_named(counter), "count": len(ids), "last": ids[-1]})
            for counter, ids in sorted(unused.items())  # in one order: no two turns wait for each other
            if ids
        ]
        if statements:
            self._counted([(_BRIEFLY, {}), *statements])
        self.forget()

    def _counted(self, statements: Sequence[tuple[str, Mapping[str, Value]]]) -> Row | None:
        try:
            with self._borrow() as session:
                return session.execute_apart(statements)
        except psycopg.errors.LockNotAvailable:
            raise DoAgain from None


def _named(counter: Counter) -> dict[str, Value]:
    return dict(zip(("sandbox_id", "noun"), counter, strict=True))
