"""What happens to a student session around its exam: proctor, end, review."""

from __future__ import annotations

from mockserver.moment import moment_of
from mockserver.store import Row
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.callbacks import tell
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import (
    AssignmentInvalid,
    AssignmentNotFound,
    NotFound,
    documented,
    unknown,
)
from mockserver.vendors.proctorexam.permissions import EXAMS, PROCTORING_ROLES, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.student_sessions import student_json
from mockserver.vendors.proctorexam.queries import student_sessions as queries
from mockserver.vendors.proctorexam.queries.users import FIND_CALLER
from mockserver.vendors.proctorexam.schemas.answers import one
from mockserver.vendors.proctorexam.schemas.student_sessions import Assigned, Assignment, Student

operations = Operations()
ONE = one("student", Student)


@declare(
    operations,
    "POST",
    "/student_sessions/{id}/assign_proctor",
    "student_sessions.assign_proctor",
    statements="PE-387 PE-388 PE-389 PE-191 PE-192 PE-193",
    answer=Assigned,
    right=EXAMS,
    refuses=(
        unknown("Student Session", "PE-391", ":student_session_id", "."),
        documented(AssignmentInvalid()),
        documented(AssignmentNotFound()),
    ),
)
def assign_proctor(call: Call, id: str, params: Assignment) -> Answer:
    """Assign a proctor to a student session."""
    session = reach.managed_session(call, id, end=".")
    proctor = call.db.one(FIND_CALLER, sandbox_id=call.sandbox.id, id=params.proctor_id)
    if proctor is None:
        raise AssignmentNotFound
    is_near = proctor["role"] == "global_proctor" or call.caller.reaches(proctor["institute_id"])
    if proctor["role"] not in PROCTORING_ROLES or not is_near:  # PE-489
        raise AssignmentInvalid
    call.db.put(
        queries.ASSIGN_PROCTOR,
        sandbox_id=call.sandbox.id,
        id=session["id"],
        proctor_id=proctor["id"],
        now_ms=call.now_ms,
    )
    tell(moment_of(call), session, "assign_proctor")  # PE-084
    counted = call.db.one(
        queries.COUNT_SESSIONS_OF_PROCTOR, sandbox_id=call.sandbox.id, proctor_id=proctor["id"]
    )
    assert counted is not None
    return json_answer(200, {"proctor_id": proctor["id"], "active_proctoring_sessions": counted["found"]})


@declare(
    operations,
    "POST",
    "/student_sessions/{id}/end_exam",
    "student_sessions.end_exam",
    statements="PE-394 PE-194 PE-395 PE-477 PE-091",
    answer=ONE,
    right=EXAMS,
    refuses=(unknown("Student Session", "PE-374", ":student_session_id"),),
)
def end_exam(call: Call, id: str) -> Answer:
    """End the exam of a student; one that has ended already stays as it is."""
    session = reach.managed_session(call, id)
    if session["status"] != "exam_finished":
        call.db.put(queries.FINISH_SESSION, sandbox_id=call.sandbox.id, id=session["id"], now_ms=call.now_ms)
        tell(moment_of(call), reach.session(call, id), "exam_finished")
    return _one(call, reach.session(call, id))


@declare(
    operations,
    "GET",
    "/student_sessions/{id}/reviewable",
    "student_sessions.reviewable",
    statements="PE-396 PE-397 PE-195 PE-395 PE-477",
    answer=ONE,
    right=READING,
    refuses=(unknown("Student Session", "PE-374", ":student_session_id"),),
)
def reviewable(call: Call, id: str) -> Answer:
    """Find a student session for review by its token of 32 hexadecimal digits."""
    row = call.db.one(queries.FIND_SESSION_BY_TOKEN, sandbox_id=call.sandbox.id, token=id, now_ms=call.now_ms)
    if row is None:
        raise NotFound("Student Session", id, "PE-470")
    reach.check_institute(call, row["institute_id"])
    return _one(call, row)


def _one(call: Call, row: Row) -> Answer:
    return json_answer(200, {"student": student_json(row, zone(call))})
