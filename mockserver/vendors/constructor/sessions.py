"""Sessions: attempts at an exam, and what their status is at a time (CP-175)."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from mockserver.clock import as_datetime
from mockserver.credentials import url_safe
from mockserver.moment import Moment
from mockserver.store import Connection, Row
from mockserver.strict_json import write_json
from mockserver.vendors.constructor import exams, queries
from mockserver.vendors.constructor.claims import StartClaims
from mockserver.vendors.constructor.fields import read_time
from mockserver.vendors.constructor.settings import ConstructorSettings

MINUTE_MS = 60_000


@dataclass(frozen=True)
class Session:
    """A session as it is now. `claims` are those of its link, `exam` the exam parameters in force."""

    key: str
    claims: dict[str, Any]
    exam: dict[str, Any]
    page_key: str
    base_url: str
    state: str
    booked_ms: int | None
    agreed_ms: int | None
    started_ms: int | None
    ended_ms: int | None
    own_finish_url: str | None
    conclusion: str | None
    comment: str | None
    score: float | None
    recorded: bool

    @property
    def ids(self) -> dict[str, Any]:
        """The two ids that every answer and webhook carries, each of the type that was sent (CP-071)."""
        return {"accountId": self.claims["accountId"], "sessionId": self.claims["sessionId"]}

    @property
    def scheduled(self) -> bool:
        """Whether a slot has to be booked first (CP-081)."""
        return bool(self.exam["schedule"])

    @property
    def window_ms(self) -> tuple[int, int]:
        """When the test may be started: dates of a scheduled exam, or of the session itself (CP-042)."""
        dates = self.exam if self.scheduled else self.claims
        return read_time(dates["startDate"]), read_time(dates["endDate"])

    @property
    def finish_url(self) -> str | None:
        """Where the test taker goes after the end; that of the finish call comes first (CP-164)."""
        return self.own_finish_url or self.claims.get("sessionFinishUrl") or None

    def status(self, now_ms: int, settings: ConstructorSettings) -> str:
        """Return the status that the interface shows (CP-175, CP-273)."""
        if self.state != "open":
            return self.state
        first_ms, last_ms = self.window_ms
        if self.scheduled:
            if self.booked_ms is None:
                return "not_scheduled"
            first_ms = self.booked_ms
            last_ms = first_ms + round(settings.booking_grace_minutes * MINUTE_MS)
        if now_ms < first_ms:
            return "early_to_start"
        return "late_to_start" if now_ms > last_ms else "ready_to_start"


def open_link(moment: Moment, claims: StartClaims, base_url: str) -> Session:
    """Take a link: organization, exam, user and session are created on its first use (CP-033)."""
    db, sandbox_id, account_id = moment.db, moment.sandbox.id, str(claims.accountId)
    exams.put(db, sandbox_id, claims, moment.now_ms)
    db.put(queries.PUT_ACCOUNT, sandbox_id=sandbox_id, account_id=account_id, name=claims.accountName)
    db.put(
        queries.PUT_USER,
        sandbox_id=sandbox_id,
        account_id=account_id,
        user_id=str(claims.userId),
        name=" ".join(filter(None, (claims.firstName, claims.thirdName, claims.lastName))),
    )
    db.put(
        queries.PUT_SESSION,
        sandbox_id=sandbox_id,
        session_id=str(claims.sessionId),
        account_id=account_id,
        exam_id=str(claims.examId),
        user_id=str(claims.userId),
        claims=write_json(claims.as_sent()).decode(),
        page_key=url_safe(moment.random_bytes(24), 32),
        base_url=base_url,
    )
    session = find(db, sandbox_id, str(claims.sessionId))
    assert session is not None
    return session


def find(db: Connection, sandbox_id: str, session_id: str) -> Session | None:
    """Return a session by the id that was given at its start, None where there is none."""
    return _read(db.one(queries.FIND_SESSION, sandbox_id=sandbox_id, session_id=session_id))


def find_by_page(db: Connection, sandbox_id: str, page_key: str) -> Session | None:
    """Return the session of one of our pages, None where there is none."""
    return _read(db.one(queries.FIND_SESSION_OF_PAGE, sandbox_id=sandbox_id, page_key=page_key))


def utc(ms: int | None) -> str | None:
    """Return a time as the guide prints it: `2018-03-27T00:30:00Z` (CP-173, CP-207, CP-219)."""
    return None if ms is None else f"{as_datetime(ms):%Y-%m-%dT%H:%M:%SZ}"


def _read(row: Row | None) -> Session | None:
    if row is None:
        return None
    return Session(
        key=row["session_id"],
        claims=json.loads(row["claims"]),
        exam=json.loads(row["parameters"]),
        page_key=row["page_key"],
        base_url=row["base_url"],
        state=row["state"],
        booked_ms=row["booked_ms"],
        agreed_ms=row["agreed_ms"],
        started_ms=row["started_ms"],
        ended_ms=row["ended_ms"],
        own_finish_url=row["finish_url"],
        conclusion=row["conclusion"],
        comment=row["comment"],
        score=row["score"],
        recorded=bool(row["recorded"]),
    )
