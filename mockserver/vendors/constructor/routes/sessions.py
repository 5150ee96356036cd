"""Status and finish of a session, for the client system (CP-161, CP-171)."""

from __future__ import annotations

from mockserver.moment import moment_of
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.constructor import life, sessions
from mockserver.vendors.constructor.errors import SessionNotFound
from mockserver.vendors.constructor.schemas import Finish, FinishResult, Refusal, SessionStatus
from mockserver.vendors.constructor.sessions import utc
from mockserver.vendors.constructor.settings import settings_of

operations = Operations()


@operations.add(
    "GET",
    "/api/v2/integration/simple/{integration_name}/sessions/{session_id}/status/",
    "sessions.status",
    statements="CP-014 CP-071 CP-171 CP-172 CP-173 CP-174 CP-175 CP-177",
    answers={200: SessionStatus, 401: Refusal, 404: Refusal},
    door="header",
)
def show_status(call: Call, integration_name: str, session_id: str) -> Answer:
    """Get the status of a session."""
    del integration_name
    session = sessions.find(call.db, call.sandbox.id, session_id)
    if session is None:
        raise SessionNotFound
    return json_answer(
        200,
        {
            **session.ids,
            "status": session.status(call.now_ms, settings_of(call.sandbox)),
            "sessionStart": utc(session.started_ms),
            "sessionEnd": utc(session.ended_ms),
        },
    )


@operations.add(
    "POST",
    "/api/v2/integration/simple/{integration_name}/sessions/{session_id}/finish/",
    "sessions.finish",
    statements="CP-040 CP-161 CP-162 CP-163 CP-164 CP-165 CP-166 CP-167 CP-168 CP-169 CP-276",
    answers={200: FinishResult, 400: None, 401: Refusal, 404: Refusal, 415: Refusal},
    door="header",
)
def finish_session(call: Call, integration_name: str, session_id: str, params: Finish) -> Answer:
    """Finish a session, or give up its booking."""
    del integration_name
    session = sessions.find(call.db, call.sandbox.id, session_id)
    if session is None:
        raise SessionNotFound
    message = life.finish(moment_of(call), session, params.sessionFinishUrl or None)
    return json_answer(200, {"message": message})
