"""A student comes out of an LMS: the launch of an LTI link, which no call of the interface makes (PE-501)."""

from __future__ import annotations

from typing import Any

from pydantic import Field

from mockserver.events import EventBody, EventRefused, Events
from mockserver.moment import Moment
from mockserver.strict_json import INT64_MAX
from mockserver.vendors.proctorexam.errors import Taken
from mockserver.vendors.proctorexam.queries.exams import FIND_EXAM
from mockserver.vendors.proctorexam.queries.student_sessions import FIND_LTI_SESSION, FIND_SESSION
from mockserver.vendors.proctorexam.registration import LtiLink, add_session
from mockserver.vendors.proctorexam.schemas.student_sessions import AddedStudent
from mockserver.vendors.proctorexam.values import MAX_STRING

events = Events()


class Launch(EventBody):
    """Who follows which link into which exam."""

    exam_id: int = Field(ge=-INT64_MAX, le=INT64_MAX, description="Id of the exam.")
    student_lms_id: str = Field(
        min_length=1, max_length=MAX_STRING, description="Id of the student in the LMS."
    )
    resource_link_id: str = Field(min_length=1, max_length=MAX_STRING, description="LTI resource link id.")
    context_id: str | None = Field(default=None, max_length=MAX_STRING, description="LTI context id.")
    name: str = Field(min_length=1, max_length=MAX_STRING, description="Name of the student.")
    email: str = Field(min_length=1, max_length=MAX_STRING, description="E-mail address of the student.")


@events.add("candidate_comes_by_lti", statements="PE-291 PE-292 PE-293 PE-294 PE-501")
def candidate_comes_by_lti(moment: Moment, body: Launch) -> dict[str, Any]:
    """The student follows an LTI link into the exam; the second time to the same session."""
    here = {"sandbox_id": moment.sandbox.id, "now_ms": moment.now_ms}
    if moment.db.one(FIND_EXAM, id=body.exam_id, **here) is None:
        raise EventRefused(f"There is no exam {body.exam_id} in this sandbox.")
    known = moment.db.one(
        FIND_LTI_SESSION,
        exam_id=body.exam_id,
        student_lms_id=body.student_lms_id,
        resource_link_id=body.resource_link_id,
        context_id=body.context_id or "",
        **here,
    )
    if known is not None:
        return {"student_session_id": known["id"], "status": known["status"]}
    link = LtiLink(body.student_lms_id, body.resource_link_id, body.context_id)
    student = AddedStudent.model_validate({"name": body.name, "email": body.email})
    try:
        session_id = add_session(moment, body.exam_id, student, link=link)
    except Taken:
        raise EventRefused(f"The exam has a student with the address {body.email}: use another.") from None
    session = moment.db.one(FIND_SESSION, id=session_id, **here)
    assert session is not None
    return {"student_session_id": session["id"], "status": session["status"]}
