"""The life of a session: booked, given up, begun, ended, concluded, recorded, each with its webhook.

Every change is one guarded update: of two callers at once, one changes the session and causes the webhook.
"""

from __future__ import annotations

from mockserver import events
from mockserver.clock import LATEST_MS
from mockserver.moment import Moment
from mockserver.store.ids import next_id
from mockserver.vendors.constructor import queries, sessions, webhooks
from mockserver.vendors.constructor.parameters import cheater_level
from mockserver.vendors.constructor.sessions import Session
from mockserver.vendors.constructor.settings import settings_of

LOOKED_AT_BY_PEOPLE = "offline"  # CP-082: the review comes afterwards


def book(moment: Moment, session: Session, start_ms: int) -> None:
    """Book a slot; a booking made before is replaced (CP-040, CP-215)."""
    if session.booked_ms is not None:
        give_up(moment, session)
    if moment.db.run(queries.BOOK, **_key(moment, session), booked_ms=start_ms):
        webhooks.send_schedule(moment, session, "scheduled", start_ms)


def give_up(moment: Moment, session: Session) -> bool:
    """Give up the booking, so that another can be made; return whether there was one (CP-040, CP-167)."""
    booked_ms = session.booked_ms
    if booked_ms is None:
        return False
    given_up = moment.db.run(queries.GIVE_UP, **_key(moment, session), booked_ms=booked_ms)
    if given_up:
        webhooks.send_schedule(moment, session, "canceled", booked_ms)  # CP-218
    return bool(given_up)


def accept_agreement(moment: Moment, session: Session) -> None:
    """Accept the user agreement, once (CP-229)."""
    if moment.db.run(queries.AGREE, **_key(moment, session), now_ms=moment.now_ms):
        webhooks.send_agreement(moment, session)


def begin(moment: Moment, session: Session) -> Session:
    """Start the session, and let it end by itself where the sandbox is set so."""
    if moment.db.run(queries.BEGIN, **_key(moment, session), now_ms=moment.now_ms):
        settings = settings_of(moment.sandbox)
        if settings.exam_completion == "immediate":
            end(moment, session)
        elif settings.exam_completion == "after_seconds":
            _later(moment, session, "candidate_finishes", settings.exam_completion_seconds)
    return _fresh(moment, session)


def finish(moment: Moment, session: Session, finish_url: str | None = None) -> str:
    """Finish a session for the client system and return the message of the answer.

    A session that has neither started nor a booking is left as it is (CP-276).
    """
    if finish_url:
        moment.db.put(queries.SET_FINISH_URL, **_key(moment, session), finish_url=finish_url)  # CP-164
    if end(moment, session):
        return "finished"  # CP-165
    if give_up(moment, session):
        return settings_of(moment.sandbox).finish_booked_message  # CP-167, CP-168
    return "not_changed"  # CP-166


def stop(moment: Moment, session: Session) -> bool:
    """End a started session and nothing else; return whether it was one."""
    return moment.db.run(queries.END, **_key(moment, session), now_ms=moment.now_ms) == 1


def end(moment: Moment, session: Session) -> bool:
    """End a started session and see to its review; return whether it was one."""
    if not stop(moment, session):
        return False
    settings = settings_of(moment.sandbox)
    wish = settings.review_completion
    if wish == "as_documented":  # CP-196: at once when online, later for a review
        wish = "manual" if session.exam["proctoring"] == LOOKED_AT_BY_PEOPLE else "immediate"
    if wish == "immediate":
        conclude_by_itself(moment, session)
    elif wish == "after_seconds":
        _later(moment, session, "review_completes", settings.review_completion_seconds)
    return True


def conclude_by_itself(moment: Moment, session: Session) -> None:
    """Set the conclusion that the sandbox is set to; software decides by score and cheater_level (CP-115)."""
    settings = settings_of(moment.sandbox)
    conclusion: str = settings.review_conclusion
    if session.exam["proctoring"] == "auto":
        conclusion = "rejected" if settings.review_score > cheater_level(session.exam) else "accepted"
    conclude(moment, session, conclusion=conclusion, comment="", score=settings.review_score)


def conclude(
    moment: Moment, session: Session, *, conclusion: str, comment: str | None, score: float | None
) -> None:
    """Set the conclusion, for the first time or anew, and tell it (CP-196)."""
    moment.db.put(
        queries.CONCLUDE, **_key(moment, session), conclusion=conclusion, comment=comment, score=score
    )
    settings = settings_of(moment.sandbox)
    if not session.recorded and settings.recording_completion == "immediate":
        _keep_recording(moment, session)
    webhooks.send_review(moment, _fresh(moment, session))
    if not session.recorded and settings.recording_completion == "after_seconds":
        _later(moment, session, "recording_arrives", settings.recording_completion_seconds)


def record(moment: Moment, session: Session) -> bool:
    """Let the video be there, and tell the result again with it (CP-196); return whether it is new."""
    if not _keep_recording(moment, session):
        return False
    if session.conclusion is not None:
        webhooks.send_review(moment, _fresh(moment, session))
    return True


def warn(
    moment: Moment, session: Session, kind: str, *, start_ms: int, end_ms: int, by_software: bool
) -> int:
    """Note a warning and return its id; those that software has found are told at once (CP-221, CP-228)."""
    number = next_id(moment.db, moment.sandbox.id, "constructor_warning")
    moment.db.put(
        queries.ADD_WARNING,
        **_key(moment, session),
        id=number,
        type=kind,
        start_ms=start_ms,
        end_ms=min(end_ms, LATEST_MS),
        cyber=int(by_software),
    )
    if by_software:
        webhooks.send_warning(moment, session, number, kind, start_ms, end_ms)
    return number


def _keep_recording(moment: Moment, session: Session) -> bool:
    """Keep the video; that of a trial is not archived (CP-089)."""
    if session.exam.get("trial"):
        return False
    return moment.db.run(queries.RECORD, **_key(moment, session)) == 1


def _later(moment: Moment, session: Session, event: str, after_seconds: float) -> None:
    events.later(moment, "constructor", event, {"session_id": session.key}, after_seconds)


def _fresh(moment: Moment, session: Session) -> Session:
    found = sessions.find(moment.db, moment.sandbox.id, session.key)
    assert found is not None
    return found


def _key(moment: Moment, session: Session) -> dict[str, str]:
    return {"sandbox_id": moment.sandbox.id, "session_id": session.key}
