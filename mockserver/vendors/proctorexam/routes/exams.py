"""Exams: list, show, create, update, delete."""

from __future__ import annotations

from typing import Any

from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach, removal
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import NotFound, parameter_missing, unknown
from mockserver.vendors.proctorexam.filtering import Column
from mockserver.vendors.proctorexam.lists import filtered
from mockserver.vendors.proctorexam.moments import read_moment
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.exams import exam_json
from mockserver.vendors.proctorexam.queries import exams as queries
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.exams import (
    Exam,
    ExamChanges,
    ExamParameters,
    ExamsWanted,
    NewExam,
)
from mockserver.vendors.proctorexam.stored_fields import read_fields, write_fields

operations = Operations()
ONE, MANY = one("exam", Exam), many("exams", Exam)

# What an exam is created with, apart from its parameters (PE-479).
UNSET_FIELDS: dict[str, Any] = {
    "terms": None,
    "duration_minutes": None,
    "clipboard": None,
    "mode": "01110000",
    "upload_answers": False,
    "restrictions": None,
    "published": False,
    "for_reviewing": False,
    "uploaded_exam_documents_file_name": None,
    "uploaded_exam_documents_content_type": None,
    "uploaded_exam_documents_file_size": None,
    "uploaded_exam_documents_updated_at": None,
    "timezone": 0,
    "use_duration": False,
    "global_proctoring": False,
    "global_reviewing": False,
    "web_cam": True,
    "mobile_cam": False,
    "screen_share": True,
}
COLUMNS = {
    "id": Column("id", "number"),
    "institute_id": Column("institute_id", "number"),
    "user_id": Column("user_id", "number"),
    "name": Column("name", "text"),
    "status": Column("status", "text"),
    "start_time": Column("start_ms", "time"),
    "end_time": Column("end_ms", "time"),
    "created_at": Column("created_ms", "time"),
    "updated_at": Column("updated_ms", "time"),
}
_IN_COLUMNS = ("name", "institute_id", "start_time", "end_time")


@declare(
    operations,
    "GET",
    "/exams",
    "exams.index",
    statements="PE-240 PE-244 PE-241 PE-153 PE-094 PE-075 PE-076 PE-079 PE-242 PE-243",
    answer=MANY,
    right=READING,
)
def index(call: Call, params: ExamsWanted) -> Answer:
    """List the exams of the caller's institute; those of every institute for superusers."""
    rows, headers = filtered(
        call,
        params,
        COLUMNS,
        listing=queries.LIST_EXAMS,
        counting=queries.COUNT_EXAMS,
        **reach.institutes(call),
        status=params.status or "",
        now_ms=call.now_ms,
    )
    in_zone = zone(call)
    return json_answer(200, {"exams": [exam_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/exams/{id}",
    "exams.show",
    statements="PE-245 PE-246 PE-248 PE-034 PE-204",
    answer=ONE,
    right=READING,
    refuses=(unknown("Exam", "PE-247"),),
)
def show(call: Call, id: str) -> Answer:
    """Show an exam."""
    return json_answer(200, {"exam": exam_json(reach.exam(call, id), zone(call))})


@declare(
    operations,
    "POST",
    "/exams",
    "exams.create",
    statements="PE-249 PE-248 PE-154 PE-155 PE-204 PE-093",
    answer=ONE,
    right=EXAMS,
    creates=True,
    refuses=(parameter_missing("PE-235"),),
)
def create(call: Call, params: NewExam) -> Answer:
    """Create an exam, as a draft."""
    institute_id = call.caller.institute_id if params.institute_id is None else params.institute_id
    institute = read_fields(reach.named_institute(call, institute_id)["fields"])
    fields = {
        **UNSET_FIELDS,
        "token": call.random_bytes(16).hex(),
        "exam_language": institute["default_language"],  # PE-153
    }
    _apply(params, fields)
    exam_id = next_id(call.db, call.sandbox.id, "proctorexam_exam")
    in_zone = zone(call)
    call.db.put(
        queries.ADD_EXAM,
        sandbox_id=call.sandbox.id,
        id=exam_id,
        institute_id=institute_id,
        user_id=call.caller.user_id,
        name=params.name,
        status="draft",  # PE-093
        start_ms=None if params.start_time is None else read_moment(params.start_time, in_zone),
        end_ms=None if params.end_time is None else read_moment(params.end_time, in_zone),
        created_ms=call.now_ms,
        updated_ms=call.now_ms,
        fields=write_fields(fields),
    )
    row = reach.exam(call, str(exam_id))
    return created(call, {"exam": exam_json(row, in_zone)})


@declare(
    operations,
    "PATCH PUT",
    "/exams/{id}",
    "exams.update",
    statements="PE-275 PE-276 PE-248 PE-156",
    answer=ONE,
    right=EXAMS,
    refuses=(parameter_missing("PE-235"),),
)
def update(call: Call, id: str, params: ExamChanges) -> Answer:
    """Update an exam."""
    exam_id = reach.id_of(id)
    row = call.db.one(queries.TAKE_EXAM, sandbox_id=call.sandbox.id, id=exam_id, now_ms=call.now_ms)
    if row is None:
        raise NotFound("Exam", id, "PE-470")
    reach.check_institute(call, row["institute_id"])
    reach.check_management(call, exam_id, row["user_id"])
    if params.institute_id is not None:
        reach.named_institute(call, params.institute_id)
    fields = read_fields(row["fields"])
    _apply(params, fields)
    in_zone = zone(call)
    call.db.put(
        queries.CHANGE_EXAM,
        sandbox_id=call.sandbox.id,
        id=exam_id,
        institute_id=row["institute_id"] if params.institute_id is None else params.institute_id,
        name=params.name or row["name"],
        start_ms=row["start_ms"] if params.start_time is None else read_moment(params.start_time, in_zone),
        end_ms=row["end_ms"] if params.end_time is None else read_moment(params.end_time, in_zone),
        fields=write_fields(fields),
    )
    return json_answer(200, {"exam": exam_json(reach.exam(call, id), in_zone)})


@declare(
    operations,
    "DELETE",
    "/exams/{id}",
    "exams.destroy",
    statements="PE-280 PE-281 PE-226",
    answer=Nothing,
    right=EXAMS,
    refuses=(unknown("Exam", "PE-282"),),
)
def destroy(call: Call, id: str) -> Answer:
    """Delete an exam with all that belongs to it (PE-495)."""
    removal.remove_exam(call, reach.managed_exam(call, id)["id"])
    return json_answer(200, {})


def _apply(params: ExamParameters, fields: dict[str, Any]) -> None:
    """Write the parameters that were sent into `fields`, all but those that are columns."""
    given = params.given()
    fields.update({name: value for name, value in given.items() if name not in _IN_COLUMNS})
    fields["live_proctoring"] = fields["type"] == "live_proctoring"  # PE-100
