"""Student sessions: list, show, create, update, delete."""

from __future__ import annotations

from typing import Any

from mockserver.store import Row
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import NotFound, Taken, documented, parameter_missing, unknown
from mockserver.vendors.proctorexam.filtering import Column
from mockserver.vendors.proctorexam.lists import filtered
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.student_sessions import student_json
from mockserver.vendors.proctorexam.queries import student_sessions as queries
from mockserver.vendors.proctorexam.registration import register
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.lists import Filtered
from mockserver.vendors.proctorexam.schemas.student_sessions import (
    NewStudentSession,
    SessionsOfExam,
    Student,
    StudentListItem,
    StudentSessionChanges,
)
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields
from mockserver.vendors.proctorexam.uniqueness import email_key, taken_once

operations = Operations()
ONE, MANY, LIST = one("student", Student), many("students", Student), many("students", StudentListItem)

COLUMNS = {
    "id": Column("id", "number"),
    "exam_id": Column("exam_id", "number"),
    "proctor_id": Column("proctor_id", "number"),
    "name": Column("name", "text"),
    "email": Column("email", "text"),
    "external_id": Column("external_id", "text"),
    "status": Column("status", "text"),
    "open_time": Column("open_ms", "time"),
    "reservation_time": Column("reservation_ms", "time"),
    "start_time": Column("start_ms", "time"),
    "end_time": Column("end_ms", "time"),
    "created_at": Column("created_ms", "time"),
    "updated_at": Column("updated_ms", "time"),
}


@declare(
    operations,
    "GET",
    "/student_sessions",
    "student_sessions.index",
    statements="PE-365 PE-309 PE-181 PE-182 PE-075 PE-076 PE-079 PE-242 PE-243",
    answer=LIST,
    right=READING,
)
def index(call: Call, params: Filtered) -> Answer:
    """List the student sessions of the caller's institute; those of every institute for superusers."""
    rows, headers = filtered(
        call,
        params,
        COLUMNS,
        listing=queries.LIST_SESSIONS,
        counting=queries.COUNT_SESSIONS,
        **reach.institutes(call),
        now_ms=call.now_ms,
    )
    in_zone = zone(call)
    return json_answer(
        200, {"students": [student_json(row, in_zone, StudentListItem) for row in rows]}, headers
    )


@declare(
    operations,
    "GET",
    "/exams/{exam_id}/student_sessions",
    "student_sessions.index_by_exam",
    statements="PE-366 PE-183 PE-285 PE-367 PE-368 PE-369 PE-370 PE-371 PE-076 PE-092",
    answer=MANY,
    right=READING,
)
def index_by_exam(call: Call, exam_id: str, params: SessionsOfExam) -> Answer:
    """List the student sessions of one exam."""
    exam = reach.exam(call, exam_id)
    rows, headers = filtered(
        call,
        params,
        COLUMNS,
        listing=queries.LIST_SESSIONS_OF_EXAM,
        counting=queries.COUNT_SESSIONS_OF_EXAM,
        exam_id=exam["id"],
        status=params.status or "",
        now_ms=call.now_ms,
    )
    in_zone = zone(call)
    return json_answer(200, {"students": [student_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/student_sessions/{id}",
    "student_sessions.show",
    statements="PE-372 PE-373 PE-184 PE-290 PE-202",
    answer=ONE,
    right=READING,
    refuses=(unknown("Student Session", "PE-374", ":student_session_id"),),
)
def show(call: Call, id: str) -> Answer:
    """Show a student session."""
    return json_answer(200, _one(call, reach.session(call, id)))


@declare(
    operations,
    "POST",
    "/exams/{exam_id}/student_sessions",
    "student_sessions.create",
    statements="PE-375 PE-185 PE-217 PE-290 PE-085",
    answer=ONE,
    right=EXAMS,
    creates=True,
    refuses=(parameter_missing("PE-238"), documented(Taken("email"))),
)
def create(call: Call, exam_id: str, params: NewStudentSession) -> Answer:
    """Create a student session in an exam."""
    exam = reach.managed_exam(call, exam_id)
    row = register(call, exam, params, external_id=params.external_id)
    return created(call, _one(call, row))


@declare(
    operations,
    "PATCH PUT",
    "/student_sessions/{id}",
    "student_sessions.update",
    statements="PE-384 PE-385 PE-111 PE-138 PE-179 PE-186 PE-187 PE-188 PE-189 PE-190 PE-296 PE-035",
    answer=ONE,
    right=EXAMS,
    refuses=(documented(Taken("email")),),
)
def update(call: Call, id: str, params: StudentSessionChanges) -> Answer:
    """Update a student session."""
    session_id = reach.id_of(id)
    if not call.db.run(queries.LOCK_SESSION, sandbox_id=call.sandbox.id, id=session_id, now_ms=call.now_ms):
        raise NotFound("Student Session", id, "PE-470")
    row = reach.managed_session(call, id)
    given = params.given()
    email = given.pop("email", row["email"])
    open_seconds = given.pop("open_time", None)
    columns = {
        "name": given.pop("name", row["name"]),
        "email": email,
        "email_key": email_key(email),
        "external_id": given.pop("external_id", row["external_id"]),
        "open_ms": row["open_ms"] if open_seconds is None else open_seconds * 1000,  # PE-147
    }
    fields = {**read_fields(row["fields"]), **given}
    with taken_once(call.db, "email"):
        call.db.put(
            queries.CHANGE_SESSION,
            sandbox_id=call.sandbox.id,
            id=session_id,
            **columns,
            fields=write_fields(fields),
        )
    return json_answer(200, _one(call, reach.session(call, id)))


@declare(
    operations,
    "DELETE",
    "/student_sessions/{id}",
    "student_sessions.destroy",
    statements="PE-386 PE-373 PE-226",
    answer=Nothing,
    right=EXAMS,
    refuses=(unknown("Student Session", "PE-374", ":student_session_id"),),
)
def destroy(call: Call, id: str) -> Answer:
    """Delete a student session."""
    row = reach.managed_session(call, id)
    call.db.put(queries.REMOVE_SESSION, sandbox_id=call.sandbox.id, id=row["id"])
    return json_answer(200, {})


def _one(call: Call, row: Row) -> dict[str, Any]:
    return {"student": student_json(row, zone(call))}
