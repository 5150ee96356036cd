"""What can happen at ProctorExam: student and proctor act, recordings come (`POST …/events`).

The statuses are those of the vendor's page, in its order (PE-085 to PE-091); what else changes is our guess.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import Field

from mockserver import events as building
from mockserver.events import EventBody, EventRefused, Events
from mockserver.moment import Moment
from mockserver.store import Row
from mockserver.strict_json import INT64_MAX
from mockserver.vendors.proctorexam.callbacks import tell
from mockserver.vendors.proctorexam.moments import printed
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.queries.happenings import END_OVERDUE_SESSION, MOVE_SESSION
from mockserver.vendors.proctorexam.queries.student_sessions import FIND_SESSION, LONGEST_EXAM_MS
from mockserver.vendors.proctorexam.schemas.student_sessions import STATUSES
from mockserver.vendors.proctorexam.settings import settings_of
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields

events = Events()
BEFORE_SETUP = STATUSES[: STATUSES.index("in_setup")]
BEFORE_START = STATUSES[: STATUSES.index("exam_started")]
CHECKS = ("microphone", "speakers", "bandwidth", "webcam", "mobile", "screenshare")
STOPPED_RECORDING_SECONDS = 3 * 60 * 60  # PE-091


class OfSession(EventBody):
    """An event in one student session."""

    student_session_id: int = Field(ge=-INT64_MAX, le=INT64_MAX, description="Id of the student session.")


class Stopped(OfSession):
    """Recordings that were stopped at a time."""

    stopped_at: str = Field(max_length=40, description="What recording_ended_at said then.")


class Reviewed(OfSession):
    """The result of a review."""

    reviewed: str = Field(
        default="10", pattern="^[01]{1,20}$", description="Binary digits, as printed (PE-190)."
    )


@events.add("candidate_passes_check", statements="PE-087 PE-095")
def candidate_passes_check(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The student passes the system check."""
    session = _in(moment, body, *BEFORE_SETUP)
    return _move(
        moment, session, "after_check_req", fields={f"{check}_check": "succeeded" for check in CHECKS}
    )


@events.add("candidate_enters_setup", statements="PE-088")
def candidate_enters_setup(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The student begins the setup before the exam."""
    session = _in(moment, body, *BEFORE_SETUP, "exam_not_started")
    return _move(moment, session, "in_setup", fields={"entered_room": True})


@events.add("candidate_leaves_setup", statements="PE-089")
def candidate_leaves_setup(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The student leaves the setup without starting: does not turn up, or gives up."""
    return _move(moment, _in(moment, body, "in_setup"), "exam_not_started")


@events.add("candidate_starts", statements="PE-090 PE-145")
def candidate_starts(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The student starts the exam, not before open_time."""
    session = _in(moment, body, *BEFORE_START)
    if session["open_ms"] is not None and moment.now_ms < session["open_ms"]:
        opens = printed(session["open_ms"], zone(moment))
        raise EventRefused(f"The session opens at {opens}: advance the clock.")
    again = {"student_session_id": session["id"]}
    building.later(moment, "proctorexam", "time_runs_out", again, LONGEST_EXAM_MS / 1000)
    result = _move(
        moment,
        session,
        "exam_started",
        start_ms=moment.now_ms,
        fields={
            "attempt": int(read_fields(session["fields"]).get("attempt") or 0) + 1,
            "recording_started_at": printed(moment.now_ms, zone(moment)),
            "recording_ended_at": None,
        },
    )
    settings = settings_of(moment.sandbox)
    if settings.exam_completion == "immediate":
        return _finish(moment, _session(moment, body))
    if settings.exam_completion == "after_seconds":
        seconds = settings.exam_completion_seconds
        building.later(moment, "proctorexam", "candidate_finishes", again, seconds)
    return result


def starts_by_itself(moment: Moment, session: Row) -> None:
    """Let a student who got the mail start, as soon as the session is open, where the sandbox is set so."""
    if settings_of(moment.sandbox).exam_completion == "manual":
        return
    fields = {"student_session_id": session["id"]}
    wait_ms = (session["open_ms"] or 0) - moment.now_ms
    if wait_ms > 0:
        building.later(moment, "proctorexam", "candidate_starts", fields, wait_ms / 1000)
    else:
        candidate_starts(moment, OfSession.model_validate(fields))


@events.add("candidate_finishes", statements="PE-091")
def candidate_finishes(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The student ends the exam."""
    return _finish(moment, _in(moment, body, "exam_started"))


@events.add("identity_check_fails", statements="PE-091")
def identity_check_fails(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The proctor does not recognise the student: the exam is ended, or never starts."""
    session = _in(moment, body, "in_setup", "exam_started")
    if session["status"] == "in_setup":
        return _move(moment, session, "exam_not_started")
    return _finish(moment, session)


@events.add("connection_lost", statements="PE-091")
def connection_lost(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The recordings stop; unless they go on, the exam is finished three hours later."""
    session = _in(moment, body, "exam_started")
    stopped_at = printed(moment.now_ms, zone(moment))
    again = {"student_session_id": session["id"], "stopped_at": stopped_at}
    building.later(moment, "proctorexam", "recording_stays_away", again, STOPPED_RECORDING_SECONDS)
    return _move(moment, session, "exam_started", fields={"recording_ended_at": stopped_at})


@events.add("connection_returns", statements="PE-091")
def connection_returns(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The recordings go on."""
    return _move(
        moment, _in(moment, body, "exam_started"), "exam_started", fields={"recording_ended_at": None}
    )


@events.add("recording_stays_away", statements="PE-091")
def recording_stays_away(moment: Moment, body: Stopped) -> dict[str, Any]:
    """Recordings have been stopped for three hours: the exam is finished."""
    session = _in(moment, body, "exam_started")
    if read_fields(session["fields"]).get("recording_ended_at") != body.stopped_at:
        raise EventRefused("The recordings have gone on in the meantime.")
    return _finish(moment, session)


@events.add("time_runs_out", statements="PE-091")
def time_runs_out(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The exam was started nine hours ago: it is finished. This happens by itself."""
    session = _session(moment, body)
    ended = moment.db.run(
        END_OVERDUE_SESSION, sandbox_id=moment.sandbox.id, id=session["id"], now_ms=moment.now_ms
    )
    if not ended:
        raise EventRefused("The exam has ended already, or has run for less than nine hours.")
    return _told(moment, session, "exam_finished")


@events.add("proctor_starts", statements="PE-084")
def proctor_starts(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The proctor begins to watch."""
    return _told(moment, _session(moment, body), "has_started_proctoring")


@events.add("proctor_stops", statements="PE-084")
def proctor_stops(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The proctor no longer watches."""
    return _told(moment, _session(moment, body), "has_stopped_proctoring")


@events.add("proctor_concludes", statements="PE-190")
def proctor_concludes(moment: Moment, body: Reviewed) -> dict[str, Any]:
    """The review of a finished exam has a result; a later one replaces it."""
    session = _in(moment, body, "exam_finished")
    return _move(moment, session, "exam_finished", callback="reviewed", fields={"reviewed": body.reviewed})


@events.add("recording_arrives", statements="PE-202")
def recording_arrives(moment: Moment, body: OfSession) -> dict[str, Any]:
    """The recordings of a finished exam can be seen."""
    session = _in(moment, body, "exam_finished")
    return _move(
        moment, session, "exam_finished", callback="transcoded", fields={"transcoding_status": "finished"}
    )


def _session(moment: Moment, body: OfSession) -> Row:
    session = moment.db.one(
        FIND_SESSION, sandbox_id=moment.sandbox.id, id=body.student_session_id, now_ms=moment.now_ms
    )
    if session is None:
        raise EventRefused(f"There is no student session {body.student_session_id} in this sandbox.")
    return session


def _in(moment: Moment, body: OfSession, *statuses: str) -> Row:
    session = _session(moment, body)
    if session["status"] not in statuses:
        wanted = ", ".join(statuses)
        raise EventRefused(f"The status is {session['status']}; this happens in: {wanted}.")
    return session


def _finish(moment: Moment, session: Row) -> dict[str, Any]:
    stopped_at = read_fields(session["fields"]).get("recording_ended_at")
    ended_at = stopped_at or printed(moment.now_ms, zone(moment))
    return _move(
        moment, session, "exam_finished", end_ms=moment.now_ms, fields={"recording_ended_at": ended_at}
    )


def _move(
    moment: Moment,
    session: Row,
    status: str,
    *,
    start_ms: int | None = None,
    end_ms: int | None = None,
    callback: str | None = None,
    fields: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """Bring a session into a status, and tell it where it is another or `callback` names what happened."""
    moved = moment.db.run(
        MOVE_SESSION,
        sandbox_id=moment.sandbox.id,
        id=session["id"],
        before=session["status"],
        status=status,
        start_ms=session["start_ms"] if start_ms is None else start_ms,
        end_ms=session["end_ms"] if end_ms is None else end_ms,
        fields=write_fields({**read_fields(session["fields"]), **(fields or {})}),
        now_ms=moment.now_ms,
    )
    if not moved:
        raise EventRefused("Something else happened to the session at the same time.")
    now = moment.db.one(FIND_SESSION, sandbox_id=moment.sandbox.id, id=session["id"], now_ms=moment.now_ms)
    assert now is not None
    event = callback or (status if status != session["status"] else None)
    return _told(moment, now, event) if event else _shown(now)


def _told(moment: Moment, session: Row, event: str) -> dict[str, Any]:
    tell(moment, session, event)
    return _shown(session)


def _shown(session: Row) -> dict[str, Any]:
    return {"student_session_id": session["id"], "status": session["status"]}
