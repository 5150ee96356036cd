"""What can happen at Constructor Proctor: candidate, proctor and software act (`POST …/events`)."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import AfterValidator, AwareDatetime, Field

from mockserver.clock import LATEST_MS, as_ms
from mockserver.events import EventBody, EventRefused, Events
from mockserver.moment import Moment
from mockserver.vendors.constructor import life, sessions
from mockserver.vendors.constructor.calendar import is_slot, slots
from mockserver.vendors.constructor.parameters import silencing_rule
from mockserver.vendors.constructor.sessions import Session, utc
from mockserver.vendors.constructor.settings import settings_of
from mockserver.vendors.constructor.webhooks import known_warning

events = Events()


class OfSession(EventBody):
    """An event in one session."""

    session_id: Annotated[str, Field(min_length=1, max_length=230)] | int = Field(
        description="The sessionId given at the start."
    )


class Booking(OfSession):
    """A slot is booked."""

    start: AwareDatetime | None = Field(
        default=None, description="Begin of a slot; the next free one if left out."
    )


class Raised(OfSession):
    """A warning."""

    type: Annotated[str, AfterValidator(known_warning)] = Field(
        description="Type of the warning (CP-213, CP-214)."
    )
    start: AwareDatetime | None = Field(default=None, description="Now, if left out.")
    seconds: float = Field(default=30, ge=0, le=86_400, description="How long it lasts.")
    cyber: bool = Field(default=True, description="Found by software, or by a person (CP-209).")


class Verdict(OfSession):
    """A proctor's conclusion."""

    conclusion: Literal["unknown", "accepted", "rejected"] = "accepted"
    comment: str = Field(default="", max_length=10_000)
    score: float | None = Field(default=None, ge=0, le=100)


@events.add("candidate_books", statements="CP-039 CP-215")
def candidate_books(moment: Moment, body: Booking) -> dict[str, Any]:
    """The candidate books a slot of a scheduled exam."""
    session = _open_session(moment, body)
    if not session.scheduled:
        raise EventRefused("This exam needs no booking: its parameter schedule is false.")
    if body.start is None:
        free = slots(session, moment.now_ms, most=1)
        if not free:
            raise EventRefused("There is no free slot between now and endDate.")
        start_ms = free[0]
    else:
        start_ms = as_ms(body.start)
        if not is_slot(session, start_ms, moment.now_ms):
            free_text = ", ".join(str(utc(one)) for one in slots(session, moment.now_ms, most=3)) or "none"
            raise EventRefused(f"No slot begins at {utc(start_ms)}; the next ones: {free_text}.")
    life.book(moment, session, start_ms)
    return _shown(moment, session)


@events.add("candidate_gives_up_booking", statements="CP-040 CP-215")
def candidate_gives_up_booking(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The candidate gives up the booking."""
    session = _session(moment, body)
    if not life.give_up(moment, session):
        raise EventRefused("There is no booking to give up.")
    return _shown(moment, session)


@events.add("candidate_accepts_agreement", statements="CP-229")
def candidate_accepts_agreement(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The candidate accepts the user agreement."""
    session = _session(moment, body)
    life.accept_agreement(moment, session)
    return _shown(moment, session)


@events.add("candidate_starts", statements="CP-041 CP-084")
def candidate_starts(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The candidate begins the test."""
    session = _session(moment, body)
    status = session.status(moment.now_ms, settings_of(moment.sandbox))
    if status != "ready_to_start":
        raise EventRefused(f"The session cannot be started: its status is {status}.")
    life.begin(moment, session)
    return _shown(moment, session)


@events.add("candidate_finishes", statements="CP-165")
def candidate_finishes(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The candidate ends the test."""
    session = _started_session(moment, body)
    life.end(moment, session)
    return _shown(moment, session)


@events.add("connection_lost", statements="CP-214 CP-221")
def connection_lost(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The candidate's connection is lost for a minute: a warning, the session goes on."""
    session = _started_session(moment, body)
    number = life.warn(
        moment,
        session,
        "WARNING_NO_PING",
        start_ms=moment.now_ms,
        end_ms=moment.now_ms + 60_000,
        by_software=True,
    )
    return {**_shown(moment, session), "warning_id": number}


@events.add("identity_check_fails", statements="CP-083 CP-239")
def identity_check_fails(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The proctor does not recognise the candidate: the session ends and is rejected."""
    session = _started_session(moment, body)
    life.stop(moment, session)
    life.conclude(moment, session, conclusion="rejected", comment="identification failed", score=None)
    return _shown(moment, session)


@events.add("warning_raised", statements="CP-096 CP-209 CP-221")
def warning_raised(moment: Moment, body: Raised) -> dict[str, Any]:
    """Software or a proctor raises a warning; rules of the exam keep software from some of them."""
    session = _started_session(moment, body)
    rule = silencing_rule(session.exam, body.type) if body.cyber else None
    if rule is not None:
        raise EventRefused(f"The exam's rule {rule} keeps software from raising {body.type}.")
    start_ms = moment.now_ms if body.start is None else as_ms(body.start)
    end_ms = start_ms + round(body.seconds * 1000)
    if not 0 <= start_ms <= end_ms <= LATEST_MS:
        raise EventRefused("start: the years 1970 to 9999 can be used.")
    number = life.warn(moment, session, body.type, start_ms=start_ms, end_ms=end_ms, by_software=body.cyber)
    return {**_shown(moment, session), "warning_id": number}


@events.add("proctor_concludes", statements="CP-196 CP-201 CP-202")
def proctor_concludes(moment: Moment, body: Verdict) -> dict[str, Any]:
    """The proctor sets the conclusion, or changes it later; a running session ends."""
    session = _session(moment, body)
    if session.state == "open":
        raise EventRefused("The session has not started: there is nothing to conclude.")
    life.stop(moment, session)
    score = session.score if body.score is None else body.score
    life.conclude(moment, session, conclusion=body.conclusion, comment=body.comment, score=score)
    return _shown(moment, session)


@events.add("review_completes", statements="CP-115 CP-196")
def review_completes(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The review comes to the conclusion that the sandbox is set to."""
    session = _finished_session(moment, body)
    life.conclude_by_itself(moment, session)
    return _shown(moment, session)


@events.add("recording_arrives", statements="CP-089 CP-196 CP-199")
def recording_arrives(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The video can be seen from now on; the result is told again with it."""
    session = _finished_session(moment, body)
    if not life.record(moment, session):
        raise EventRefused("The video is there already, or it is that of a trial and not archived.")
    return _shown(moment, session)


def _session(moment: Moment, body: OfSession) -> Session:
    session = sessions.find(moment.db, moment.sandbox.id, str(body.session_id))
    if session is None:
        raise EventRefused(f"There is no session {body.session_id!r} in this sandbox.")
    return session


def _open_session(moment: Moment, body: OfSession) -> Session:
    session = _session(moment, body)
    if session.state != "open":
        raise EventRefused(f"The session has begun already: it is {session.state}.")
    return session


def _started_session(moment: Moment, body: OfSession) -> Session:
    session = _session(moment, body)
    if session.state != "started":
        raise EventRefused(f"The session is not running: it is {session.state}.")
    return session


def _finished_session(moment: Moment, body: OfSession) -> Session:
    session = _session(moment, body)
    if session.state != "finished":
        raise EventRefused(f"The session is not finished: it is {session.state}.")
    return session


def _shown(moment: Moment, session: Session) -> dict[str, Any]:
    """Return what is to be seen of a session after an event."""
    now = sessions.find(moment.db, moment.sandbox.id, session.key)
    assert now is not None
    return {
        "session_id": now.key,
        "status": now.status(moment.now_ms, settings_of(moment.sandbox)),
        "conclusion": now.conclusion,
    }
