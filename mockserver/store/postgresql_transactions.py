"""Units of work in one transaction of PostgreSQL.

They are done one after the other, in good faith: what they write is sent at the end, and nothing is
prepared for undoing a part of it. Where that goes wrong, all of it is undone and done again with more care.
Where units cannot be done together, because somebody holds a lock or one of them fails in the database, each
gets a transaction of its own.

A transaction that a server asks to repeat is repeated. So is one whose connection turned out to be lost
before its commit was sent. When the connection is lost during the commit, nobody can tell whether it was
done: its units are unavailable, and they are not repeated.
"""

from __future__ import annotations

import contextlib
import queue
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import psycopg

from mockserver.errors import StoreUnavailable
from mockserver.store.connection import DoAgain
from mockserver.store.postgresql_connection import PostgresqlConnection, Question, TrustBroken
from mockserver.store.postgresql_ids import Need, TurnIds
from mockserver.store.postgresql_session import PostgresqlSession
from mockserver.store.unit import Unit

MAX_ATTEMPTS = 4
MOST_QUESTIONS = 100  # that are asked again without being told to
TURNS_OF_DISTRUST = 20  # after an expectation that was wrong: where one replay is, there are others
_REPEAT = ("40001", "40P01")  # serialization failure, deadlock: nothing was done, try again
_LOST = (None, "57P01", "57P02", "57P03", "25P03")  # no connection, or the server ended it
_UNAVAILABLE = (psycopg.OperationalError, psycopg.InterfaceError, psycopg.errors.ReadOnlySqlTransaction)


class Transactions:
    """Transactions over a few connections, each used by one thread at a time."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._idle: queue.LifoQueue[PostgresqlSession] = queue.LifoQueue()
        self._need = Need({}, units=1)  # of the last transaction that gave ids
        self._asked: Mapping[tuple[Any, ...], Question] = {}  # in the last one that asked for known rows
        self._distrust = 0  # how many turns to come ask at once what they expect

    def do(self, units: Sequence[Unit]) -> bool:
        """Do units in one transaction and set their outcomes; return False if each needs one of its own."""
        attempt = 1
        careful: set[Unit] = set()
        is_trusting = len(units) > 1 and not self._distrust
        self._distrust = max(0, self._distrust - 1)
        while True:
            try:
                self._transact(units, careful, is_trusting=is_trusting)
            except TrustBroken:
                self._distrust = TURNS_OF_DISTRUST
                if not is_trusting:
                    careful.update(units)
                is_trusting = False
            except DoAgain as again:
                more_careful = careful.union([units[number] for number in again.units] or units)
                if more_careful == careful:
                    raise  # it would go on for ever
                careful = more_careful
            except _Undone as problem:
                if len(units) > 1 and not problem.is_lost:
                    return False
                if attempt == MAX_ATTEMPTS or not problem.may_repeat:
                    _refuse(units, problem)
                    return True
                attempt += 1
            except StoreUnavailable as problem:
                _refuse(units, problem)
                return True
            except Exception as problem:
                if len(units) > 1:
                    return False
                units[0].outcome = (None, problem)
                return True
            else:
                return True

    def close(self) -> None:
        """Close every connection that nobody uses."""
        with contextlib.suppress(queue.Empty):
            while True:
                self._idle.get_nowait().close()

    def _transact(self, units: Sequence[Unit], careful: set[Unit], *, is_trusting: bool) -> None:
        """Do units in one transaction and set their outcomes.

        Raises:
            TrustBroken: it was not done; something did not go as expected.
            DoAgain: it was not done; some units have to undo a part.
            _Undone: it was not done.
            StoreUnavailable: it was not done, or nobody can tell.
        """
        under_way = False  # connected, and the commit is not sent yet: what fails now has done nothing
        ids = TurnIds(self._borrowed, self._need)
        try:
            with self._borrowed() as session:
                under_way = True
                db = PostgresqlConnection(session, ids, units=len(units), is_trusting=is_trusting)
                db.begin(self._asked, is_shared=len(units) > 1)
                try:
                    _do_each(units, careful, db)
                except BaseException:
                    session.rollback()
                    raise
                under_way = False
                session.commit()
        except DoAgain:
            _give_back(ids, all_of_them=True)
            raise
        except _UNAVAILABLE as problem:
            is_lost = problem.sqlstate in _LOST
            if is_lost:
                self.close()  # the others were opened to the same server
            if under_way or problem.sqlstate in _REPEAT:
                raise _Undone(is_lost=is_lost, may_repeat=is_lost or problem.sqlstate in _REPEAT) from problem
            raise StoreUnavailable from problem
        if ids.given:
            self._need = Need(ids.given, len(units))
        if db.asked:
            self._asked = dict(list(db.asked.items())[:MOST_QUESTIONS])
        _give_back(ids, all_of_them=False)

    @contextlib.contextmanager
    def _borrowed(self) -> Iterator[PostgresqlSession]:
        try:
            session = self._idle.get_nowait()
        except queue.Empty:
            session = PostgresqlSession(self.address)
        try:
            yield session
        finally:
            if session.is_usable:
                self._idle.put(session)
            else:
                session.close()


def _do_each(units: Sequence[Unit], careful: set[Unit], db: PostgresqlConnection) -> None:
    is_shared = len(units) > 1
    for db.unit, unit in enumerate(units):
        db.is_careful = unit in careful
        try:
            with db.savepoint() if is_shared else contextlib.nullcontext():
                unit.outcome = (unit.work(db), None)
        except _UNAVAILABLE:
            raise
        except Exception as problem:
            if not is_shared:
                raise
            unit.outcome = (None, problem)
    db.flush()


class _Undone(Exception):
    """A transaction that was not done; the cause says why."""

    def __init__(self, *, is_lost: bool, may_repeat: bool) -> None:
        super().__init__()
        self.is_lost = is_lost
        self.may_repeat = may_repeat


def _give_back(ids: TurnIds, *, all_of_them: bool) -> None:
    """Give ids back; when that fails they are lost, and what is committed stays so."""
    with contextlib.suppress(Exception, DoAgain):
        ids.give_back(all_of_them=all_of_them)


def _refuse(units: Sequence[Unit], problem: BaseException) -> None:
    for unit in units:
        unit.refuse(problem.__cause__ or problem)
