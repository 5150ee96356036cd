"""Students of an exam: the mails to them, the student of an LTI link, and the deprecated calls."""

from __future__ import annotations

from mockserver.moment import moment_of
from mockserver.store import Row
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.callbacks import tell
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import (
    LtiStudentNotFound,
    NotFound,
    Taken,
    documented,
    parameter_missing,
    unknown,
)
from mockserver.vendors.proctorexam.happenings import starts_by_itself
from mockserver.vendors.proctorexam.lists import paged
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.student_sessions import student_json
from mockserver.vendors.proctorexam.queries import student_sessions as queries
from mockserver.vendors.proctorexam.registration import register
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.exams import LtiStudentWanted
from mockserver.vendors.proctorexam.schemas.student_sessions import (
    AddedStudent,
    LtiStudent,
    SessionWanted,
    StatusOfStudent,
    Student,
    StudentsOfExam,
)

operations = Operations()
ONE = one("student", Student)
SESSION_UNKNOWN = unknown("Student Session", "PE-289", ":student_session_id")


@declare(
    operations,
    "POST",
    "/exams/{id}/send_emails",
    "exams.send_emails",
    statements="PE-308 PE-309 PE-276 PE-163 PE-086 PE-209 PE-500",
    answer=many("students", StatusOfStudent),
    right=EXAMS,
    refuses=(unknown("Exam", "PE-247"),),
)
def send_emails(call: Call, id: str) -> Answer:
    """Send the exam mails: sessions that were only created move to `email_sent`."""
    exam = reach.managed_exam(call, id)
    wanted = {"sandbox_id": call.sandbox.id, "exam_id": exam["id"], "now_ms": call.now_ms}
    moved = sorted(row["id"] for row in call.db.all(queries.SEND_EMAILS, **wanted))
    rows = call.db.all(queries.LIST_STATUSES_OF_EXAM, **wanted)
    for session_id in moved:
        session = reach.session(call, str(session_id))
        tell(moment_of(call), session, "email_sent")
        starts_by_itself(moment_of(call), session)
    return json_answer(200, {"students": [{"id": row["id"], "status": row["status"]} for row in rows]})


@declare(
    operations,
    "GET",
    "/exams/{id}/show_lti_student",
    "exams.show_lti_student",
    statements="PE-291 PE-276 PE-296 PE-073 PE-160 PE-208",
    answer=one("student", LtiStudent),
    right=READING,
    refuses=(documented(LtiStudentNotFound(":student_lms_id", ":resource_link_id")),),
)
def show_lti_student(call: Call, id: str, params: LtiStudentWanted) -> Answer:
    """Show the student who came into the exam by an LTI link."""
    exam = reach.exam(call, id)
    row = call.db.one(
        queries.FIND_LTI_SESSION,
        sandbox_id=call.sandbox.id,
        exam_id=exam["id"],
        student_lms_id=params.student_lms_id,
        resource_link_id=params.resource_link_id,
        context_id=params.context_id or "",
        now_ms=call.now_ms,
    )
    if row is None:
        raise LtiStudentNotFound(params.student_lms_id, params.resource_link_id)
    return json_answer(200, {"student": student_json(row, zone(call), LtiStudent)})


@declare(
    operations,
    "GET",
    "/exams/{id}/index_students",
    "exams.index_students",
    statements="PE-283 PE-284 PE-276 PE-285 PE-157 PE-092 PE-075 PE-076",
    answer=many("students", Student),
    right=READING,
    deprecated=True,
)
def index_students(call: Call, id: str, params: StudentsOfExam) -> Answer:
    """List the students of an exam; student_sessions.index_by_exam replaces it (PE-183)."""
    rows, headers = paged(
        call,
        params,
        listing=queries.LIST_SESSIONS_OF_EXAM,
        counting=queries.COUNT_SESSIONS_OF_EXAM,
        exam_id=reach.exam(call, id)["id"],
        status=params.status or "",
        now_ms=call.now_ms,
    )
    in_zone = zone(call)
    return json_answer(200, {"students": [student_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/exams/{id}/show_student",
    "exams.show_student",
    statements="PE-286 PE-287 PE-276 PE-290 PE-158 PE-159",
    answer=ONE,
    right=READING,
    deprecated=True,
    refuses=(SESSION_UNKNOWN,),
)
def show_student(call: Call, id: str, params: SessionWanted) -> Answer:
    """Show a student of an exam; student_sessions.show replaces it."""
    row = _of_exam(call, reach.exam(call, id), params.student_session_id)
    return json_answer(200, {"student": student_json(row, zone(call))})


@declare(
    operations,
    "POST",
    "/exams/{id}/add_student",
    "exams.add_student",
    statements="PE-297 PE-298 PE-276 PE-290 PE-161",
    answer=ONE,
    right=EXAMS,
    creates=True,
    deprecated=True,
    refuses=(parameter_missing("PE-235"), documented(Taken("email"))),
)
def add_student(call: Call, id: str, params: AddedStudent) -> Answer:
    """Create a student in an exam; student_sessions.create replaces it (PE-185)."""
    row = register(call, reach.managed_exam(call, id), params)
    return created(call, {"student": student_json(row, zone(call))})


@declare(
    operations,
    "DELETE",
    "/exams/{id}/delete_student",
    "exams.delete_student",
    statements="PE-306 PE-307 PE-276 PE-162 PE-226",
    answer=Nothing,
    right=EXAMS,
    deprecated=True,
    refuses=(SESSION_UNKNOWN,),
)
def delete_student(call: Call, id: str, params: SessionWanted) -> Answer:
    """Remove a student from an exam; student_sessions.destroy replaces it."""
    row = _of_exam(call, reach.managed_exam(call, id), params.student_session_id)
    call.db.put(queries.REMOVE_SESSION, sandbox_id=call.sandbox.id, id=row["id"])
    return json_answer(200, {})


def _of_exam(call: Call, exam: Row, session_id: int) -> Row:
    row = call.db.one(queries.FIND_SESSION, sandbox_id=call.sandbox.id, id=session_id, now_ms=call.now_ms)
    if row is None or row["exam_id"] != exam["id"]:
        raise NotFound("Student Session", str(session_id), "PE-289")
    return row
