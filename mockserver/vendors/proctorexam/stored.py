"""What the rows of ProctorExam's tables hold beyond their columns' types.

`fields` has a key for everything that the room writes there, each of the type that the pages print.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal

from pydantic import BaseModel, create_model

from mockserver.stored import JSON, Belongs, StoredFields, StoredRow
from mockserver.vendors.proctorexam import examples
from mockserver.vendors.proctorexam.permissions import ROLES
from mockserver.vendors.proctorexam.routes.users import UNSET_FIELDS as NEW_USER
from mockserver.vendors.proctorexam.schemas import exams, institutes, lti, student_sessions, users


def _row(name: str, written: Mapping[str, Any], page: type[BaseModel], **columns: Any) -> type[StoredRow]:
    """Return the model of a row; what no page prints of its `fields` is a text."""
    types = {key: field.annotation for key, field in page.model_fields.items()}
    keys: dict[str, Any] = {key: (types.get(key, str), ...) for key in written}
    fields: Any = create_model(f"{name}Fields", __base__=StoredFields, **keys)
    return create_model(name, __base__=StoredRow, fields=(Annotated[fields, JSON], ...), **columns)


_OF_INSTITUTES = ("user", "exam", "tool_provider", "identity_provider")
_OF_EXAMS = ("comanager", "student_session", "document", "attachment", "lti_resource")
BELONGINGS = (
    *(Belongs(f"proctorexam_{it}", ("institute_id",), "proctorexam_institute") for it in _OF_INSTITUTES),
    *(Belongs(f"proctorexam_{it}", ("exam_id",), "proctorexam_exam") for it in _OF_EXAMS),
    Belongs("proctorexam_lti_resource", ("tool_provider_id",), "proctorexam_tool_provider"),
)


@cache
def rows() -> Mapping[str, type[StoredRow]]:
    """Return what is asked of the rows of a table; made when a world is imported, which is seldom."""
    return {
        "proctorexam_institute": _row("Institute", examples.INSTITUTE, institutes.Institute),
        "proctorexam_user": _row("User", NEW_USER, users.User, role=(Literal[ROLES], ...)),  # PE-096
        "proctorexam_exam": _row("Exam", examples.EXAM, exams.Exam, status=(Literal["draft", "open"], ...)),
        "proctorexam_student_session": _row(
            "StudentSession",
            examples.STUDENT,
            student_sessions.StudentListItem,
            status=(Literal[student_sessions.STATUSES], ...),  # PE-085 to PE-091
        ),
        "proctorexam_tool_provider": _row("ToolProvider", examples.TOOL_PROVIDERS[0], lti.ToolProvider),
        "proctorexam_lti_resource": _row("LtiResource", examples.LTI_RESOURCES[0], lti.LtiResource),
        "proctorexam_identity_provider": _row(
            "IdentityProvider", examples.IDENTITY_PROVIDER, lti.IdentityProvider
        ),
    }
