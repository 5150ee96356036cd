"""What goes with an object that is deleted (PE-495)."""

from __future__ import annotations

from mockserver.doors import close_door
from mockserver.store import Row, Statement
from mockserver.vendor import Call
from mockserver.vendors.proctorexam import uploads
from mockserver.vendors.proctorexam.keys import keys_of
from mockserver.vendors.proctorexam.queries.institutes import REMOVE_INSTITUTE

_UPLOADS_OF_EXAM = Statement(
    """
    DELETE FROM proctorexam_upload WHERE sandbox_id = :sandbox_id AND name IN (
        SELECT upload_name FROM proctorexam_attachment WHERE sandbox_id = :sandbox_id AND exam_id = :id
    )
    """
)
_OF_EXAM = tuple(
    Statement(f"DELETE FROM proctorexam_{noun} WHERE sandbox_id = :sandbox_id AND exam_id = :id")  # noqa: S608
    for noun in ("attachment", "document", "comanager", "student_session", "lti_resource")
)
_EXAM = Statement("DELETE FROM proctorexam_exam WHERE sandbox_id = :sandbox_id AND id = :id")
_EXAMS_OF_INSTITUTE = Statement(
    "SELECT id FROM proctorexam_exam WHERE sandbox_id = :sandbox_id AND institute_id = :id"
)
_USERS_OF_INSTITUTE = Statement(
    "SELECT id FROM proctorexam_user WHERE sandbox_id = :sandbox_id AND institute_id = :id"
)
_OF_USER = (
    Statement("DELETE FROM proctorexam_comanager WHERE sandbox_id = :sandbox_id AND user_id = :id"),
    Statement(
        """
        UPDATE proctorexam_student_session SET proctor_id = NULL
        WHERE sandbox_id = :sandbox_id AND proctor_id = :id
        """
    ),
    Statement("DELETE FROM proctorexam_user WHERE sandbox_id = :sandbox_id AND id = :id"),
)
_RESOURCES_OF_TOOL_PROVIDER = Statement(
    "DELETE FROM proctorexam_lti_resource WHERE sandbox_id = :sandbox_id AND tool_provider_id = :id"
)
_TOOL_PROVIDER = Statement(
    "DELETE FROM proctorexam_tool_provider WHERE sandbox_id = :sandbox_id AND id = :id"
)
_TOOL_PROVIDERS_OF_INSTITUTE = Statement(
    "SELECT id FROM proctorexam_tool_provider WHERE sandbox_id = :sandbox_id AND institute_id = :id"
)
_IDENTITY_PROVIDERS_OF_INSTITUTE = Statement(
    "DELETE FROM proctorexam_identity_provider WHERE sandbox_id = :sandbox_id AND institute_id = :id"
)


def remove_exam(call: Call, exam_id: int) -> None:
    """Delete an exam with its sessions, documents, attachments, comanagers and LTI resources."""
    for statement in (_UPLOADS_OF_EXAM, *_OF_EXAM, _EXAM):
        call.db.put(statement, sandbox_id=call.sandbox.id, id=exam_id)


def remove_user(call: Call, user_id: int) -> None:
    """Delete a user; the token opens nothing any more, and the sessions lose their proctor."""
    close_door(call.db, "proctorexam", keys_of(call.sandbox, user_id)["api_token"])
    for statement in _OF_USER:
        call.db.put(statement, sandbox_id=call.sandbox.id, id=user_id)


def remove_tool_provider(call: Call, tool_provider_id: int) -> None:
    """Delete a tool provider with the LTI resources that came from it."""
    for statement in (_RESOURCES_OF_TOOL_PROVIDER, _TOOL_PROVIDER):
        call.db.put(statement, sandbox_id=call.sandbox.id, id=tool_provider_id)


def remove_institute(call: Call, institute: Row) -> None:
    """Delete an institute with its exams, users, tool providers, identity providers and logo."""
    sandbox_id, institute_id = call.sandbox.id, institute["id"]
    for row in call.db.all(_EXAMS_OF_INSTITUTE, sandbox_id=sandbox_id, id=institute_id):
        remove_exam(call, row["id"])
    for row in call.db.all(_USERS_OF_INSTITUTE, sandbox_id=sandbox_id, id=institute_id):
        remove_user(call, row["id"])
    for row in call.db.all(_TOOL_PROVIDERS_OF_INSTITUTE, sandbox_id=sandbox_id, id=institute_id):
        remove_tool_provider(call, row["id"])
    call.db.put(_IDENTITY_PROVIDERS_OF_INSTITUTE, sandbox_id=sandbox_id, id=institute_id)
    uploads.forget(call, institute["logo_name"])
    call.db.put(REMOVE_INSTITUTE, sandbox_id=sandbox_id, id=institute_id)
