"""Documents: the instructions of an exam. The first one opens it (PE-150)."""

from __future__ import annotations

from mockserver.store import Row
from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.creation import created
from mockserver.vendors.proctorexam.declaring import declare
from mockserver.vendors.proctorexam.errors import NotFound, parameter_missing, unknown
from mockserver.vendors.proctorexam.permissions import EXAMS, READING
from mockserver.vendors.proctorexam.printing import zone
from mockserver.vendors.proctorexam.printing.documents import document_json
from mockserver.vendors.proctorexam.queries import documents as queries
from mockserver.vendors.proctorexam.queries.exams import OPEN_EXAM
from mockserver.vendors.proctorexam.schemas.answers import Nothing, one
from mockserver.vendors.proctorexam.schemas.documents import Document, DocumentText
from mockserver.vendors.proctorexam.settings import settings_of

operations = Operations()
ONE = one("document", Document)


@declare(
    operations,
    "GET",
    "/exams/{exam_id}/documents",
    "documents.index",
    statements="PE-227 PE-228 PE-211 PE-149 PE-078",
    answer=ONE,
    right=READING,
)
def index(call: Call, exam_id: str) -> Answer:
    """Show the latest document of an exam, as the page prints it, or the list (a setting)."""
    exam = reach.exam(call, exam_id)
    in_zone = zone(call)
    rows = call.db.all(queries.LIST_DOCUMENTS, sandbox_id=call.sandbox.id, exam_id=exam["id"])
    documents = [document_json(row, in_zone) for row in rows]
    if settings_of(call.sandbox).documents_index == "list":
        return json_answer(200, {"document": documents})
    return json_answer(200, {"document": documents[-1] if documents else None})  # PE-497


@declare(
    operations,
    "GET",
    "/exams/{exam_id}/documents/{id}",
    "documents.show",
    statements="PE-229 PE-217 PE-230 PE-232",
    answer=ONE,
    right=READING,
    refuses=(unknown("Document", "PE-231"),),
)
def show(call: Call, exam_id: str, id: str) -> Answer:
    """Show a document."""
    row = _found(call, reach.exam(call, exam_id), id)
    return json_answer(200, {"document": document_json(row, zone(call))})


@declare(
    operations,
    "POST",
    "/exams/{exam_id}/documents",
    "documents.create",
    statements="PE-233 PE-228 PE-211 PE-150 PE-151",
    answer=ONE,
    right=EXAMS,
    creates=True,
    refuses=(parameter_missing("PE-235"),),
)
def create(call: Call, exam_id: str, params: DocumentText) -> Answer:
    """Create a document; a draft becomes an open exam."""
    exam = reach.managed_exam(call, exam_id)
    document_id = next_id(call.db, call.sandbox.id, "proctorexam_document")
    call.db.put(
        queries.ADD_DOCUMENT,
        sandbox_id=call.sandbox.id,
        id=document_id,
        exam_id=exam["id"],
        exam_content=params.exam_content,
        created_ms=call.now_ms,
        updated_ms=call.now_ms,
    )
    call.db.put(OPEN_EXAM, sandbox_id=call.sandbox.id, id=exam["id"], now_ms=call.now_ms)  # PE-150
    row = _found(call, exam, str(document_id))
    return created(call, {"document": document_json(row, zone(call))})


@declare(
    operations,
    "PATCH PUT",
    "/exams/{exam_id}/documents/{id}",
    "documents.update",
    statements="PE-236 PE-217 PE-230 PE-232",
    answer=ONE,
    right=EXAMS,
    refuses=(parameter_missing("PE-238"),),
)
def update(call: Call, exam_id: str, id: str, params: DocumentText) -> Answer:
    """Update a document."""
    exam = reach.managed_exam(call, exam_id)
    call.db.put(
        queries.CHANGE_DOCUMENT,
        sandbox_id=call.sandbox.id,
        exam_id=exam["id"],
        id=reach.id_of(id),
        exam_content=params.exam_content,
        now_ms=call.now_ms,
    )
    return json_answer(200, {"document": document_json(_found(call, exam, id), zone(call))})


@declare(
    operations,
    "DELETE",
    "/exams/{exam_id}/documents/{id}",
    "documents.destroy",
    statements="PE-239 PE-217 PE-230 PE-226",
    answer=Nothing,
    right=EXAMS,
    refuses=(unknown("Document", "PE-231"),),
)
def destroy(call: Call, exam_id: str, id: str) -> Answer:
    """Delete a document; the exam stays open."""
    exam = reach.managed_exam(call, exam_id)
    removed = call.db.run(
        queries.REMOVE_DOCUMENT, sandbox_id=call.sandbox.id, exam_id=exam["id"], id=reach.id_of(id)
    )
    if not removed:
        raise NotFound("Document", id, "PE-231")
    return json_answer(200, {})


def _found(call: Call, exam: Row, document_id: str) -> Row:
    row = call.db.one(
        queries.FIND_DOCUMENT,
        sandbox_id=call.sandbox.id,
        exam_id=exam["id"],
        id=reach.id_of(document_id),
    )
    if row is None:
        raise NotFound("Document", document_id, "PE-231")
    return row
