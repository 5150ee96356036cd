"""Attachments: files for an exam, which its documents name by their placeholder (PE-151, PE-152)."""

from __future__ import annotations

from mockserver.store import Row
from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach, uploads
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import NotFound, unknown
from mockserver.vendors.proctorexam.lists import paged
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.documents import attachment_json
from mockserver.vendors.proctorexam.queries import documents as queries
from mockserver.vendors.proctorexam.schemas.answers import Nothing, many, one
from mockserver.vendors.proctorexam.schemas.documents import Attachment, NewAttachment
from mockserver.vendors.proctorexam.schemas.lists import Paged

operations = Operations()
ONE, MANY = one("attachment", Attachment), many("attachments", Attachment)


@declare(
    operations,
    "GET",
    "/exams/{exam_id}/attachments",
    "attachments.index",
    statements="PE-210 PE-211 PE-215 PE-075 PE-076 PE-212 PE-213",
    answer=MANY,
    right=READING,
)
def index(call: Call, exam_id: str, params: Paged) -> Answer:
    """List the attachments of an exam."""
    rows, headers = paged(
        call,
        params,
        listing=queries.LIST_ATTACHMENTS,
        counting=queries.COUNT_ATTACHMENTS,
        exam_id=reach.exam(call, exam_id)["id"],
    )
    in_zone = zone(call)
    return json_answer(200, {"attachments": [attachment_json(row, in_zone) for row in rows]}, headers)


@declare(
    operations,
    "GET",
    "/exams/{exam_id}/attachments/{id}",
    "attachments.show",
    statements="PE-216 PE-217 PE-218 PE-221",
    answer=ONE,
    right=READING,
    refuses=(unknown("Attachment", "PE-219"),),
)
def show(call: Call, exam_id: str, id: str) -> Answer:
    """Show an attachment."""
    row = _found(call, reach.exam(call, exam_id), id)
    return json_answer(200, {"attachment": attachment_json(row, zone(call))})


@declare(
    operations,
    "POST",
    "/exams/{exam_id}/attachments",
    "attachments.create",
    statements="PE-222 PE-211 PE-224 PE-043 PE-044 PE-152",
    answer=ONE,
    right=EXAMS,
    creates=True,
)
def create(call: Call, exam_id: str, params: NewAttachment) -> Answer:
    """Create an attachment from a multipart upload; the file is not signed."""
    exam = reach.managed_exam(call, exam_id)
    attachment_id = next_id(call.db, call.sandbox.id, "proctorexam_attachment")
    file_name = uploads.shown_name(params.document)
    call.db.put(
        queries.ADD_ATTACHMENT,
        sandbox_id=call.sandbox.id,
        id=attachment_id,
        exam_id=exam["id"],
        upload_name=uploads.keep(call, params.document),
        document_file_name=file_name,
        document_content_type=uploads.shown_type(params.document),
        document_file_size=len(params.document.content),
        document_updated_ms=call.now_ms,
        placeholder=f"{call.now_ms // 1000}_{file_name}",  # PE-152: epoch seconds and the name
        created_ms=call.now_ms,
        updated_ms=call.now_ms,
    )
    row = _found(call, exam, str(attachment_id))
    return created(call, {"attachment": attachment_json(row, zone(call))})


@declare(
    operations,
    "DELETE",
    "/exams/{exam_id}/attachments/{id}",
    "attachments.destroy",
    statements="PE-225 PE-217 PE-218 PE-226",
    answer=Nothing,
    right=EXAMS,
    refuses=(unknown("Attachment", "PE-219"),),
)
def destroy(call: Call, exam_id: str, id: str) -> Answer:
    """Delete an attachment with its file."""
    exam = reach.managed_exam(call, exam_id)
    row = _found(call, exam, id)
    uploads.forget(call, row["upload_name"])
    call.db.put(queries.REMOVE_ATTACHMENT, sandbox_id=call.sandbox.id, exam_id=exam["id"], id=row["id"])
    return json_answer(200, {})


def _found(call: Call, exam: Row, attachment_id: str) -> Row:
    row = call.db.one(
        queries.FIND_ATTACHMENT,
        sandbox_id=call.sandbox.id,
        exam_id=exam["id"],
        id=reach.id_of(attachment_id),
    )
    if row is None:
        raise NotFound("Attachment", attachment_id, "PE-219")
    return row
