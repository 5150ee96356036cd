"""Student sessions: what adding and updating one take, and the fields of the pages that print a student."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, Field, create_model

from mockserver.vendors.proctorexam.schemas.lists import Filtered, Paged
from mockserver.vendors.proctorexam.values import (
    EpochSeconds,
    Parameters,
    RequiredNumber,
    RequiredString,
    String,
    Switch,
    Text,
    one_of,
    schema,
)
from mockserver.wire import WireModel

STATUSES = (  # PE-085 to PE-091, in the order of a session's life
    "registered",
    "email_sent",
    "after_check_req",
    "in_setup",
    "exam_not_started",
    "exam_started",
    "exam_finished",
)
FILTER_STATUSES = (  # PE-092: no session has the other four
    "registered",
    "before_check_req_mail",
    "email_bounced",
    "email_sent",
    "after_check_req_mail",
    "before_check_req",
    *STATUSES[2:],
)
StudentStatus = Annotated[
    str | None, BeforeValidator(one_of(*FILTER_STATUSES)), schema(type="string", enum=list(FILTER_STATUSES))
]


class StudentParameters(Parameters):
    """What adding and updating a student have in common."""

    individual_info: Text = Field(None, description="Individual information for the student.")  # PE-142
    is_individual_info_html: Switch = Field(
        None, description="Individual information display mode: html or plain text."
    )  # PE-143
    skip_requirements: Switch = Field(
        None, description="The student need not pass the requirements check before getting the exam email."
    )  # PE-144
    open_time: EpochSeconds = Field(
        None, description="The earliest time in epoch seconds at which the student may begin."
    )  # PE-145, PE-147


class AddedStudent(StudentParameters):
    """Parameters of `exams.add_student`."""

    name: RequiredString = Field(description="Name of the student.")  # PE-299
    email: RequiredString = Field(description="Email of the student.")  # PE-300


class NewStudentSession(AddedStudent):
    """Parameters of `student_sessions.create` (PE-376 to PE-382)."""

    external_id: String = Field(None, description="External id of the student.")


class StudentSessionChanges(StudentParameters):
    """Parameters of `student_sessions.update`, all optional (PE-187)."""

    name: String = Field(None, description="Name of the student.")  # PE-139
    email: String = Field(None, description="Email of the student.")  # PE-140
    external_id: String = Field(None, description="External id of the student.")  # PE-141
    preserve: Switch = Field(None, description="Exempts the session from archiving.")  # PE-148


class StudentsOfExam(Paged):
    """Parameters of `exams.index_students`."""

    status: StudentStatus = Field(None, description="Status filter.")  # PE-241


class SessionsOfExam(Filtered):
    """Parameters of `student_sessions.index_by_exam`."""

    status: StudentStatus = Field(None, description="Status filter.")  # PE-367


class SessionWanted(Parameters):
    """Parameters of `exams.show_student` and `exams.delete_student`."""

    student_session_id: RequiredNumber = Field(description="Student session id.")  # PE-288


class Assignment(Parameters):
    """Parameters of `student_sessions.assign_proctor`."""

    proctor_id: RequiredNumber = Field(description="Proctor id.")  # PE-390


class Assigned(WireModel):
    """What an assignment answers, without a key around it (PE-192)."""

    proctor_id: int
    active_proctoring_sessions: int


class StatusOfStudent(WireModel):
    """One item of `exams.send_emails` (PE-209)."""

    id: int
    status: str


class Student(WireModel):
    """The 55 fields of the update page, in its order (PE-188, PE-202)."""

    id: int
    session_id: Any
    student_id: Any
    external_id: str | None
    proctor_id: int | None
    time_slot: int
    created_at: str
    updated_at: str
    email: str
    operating_system: str | None
    browser: str | None
    browser_version: str | None
    status: str
    token: str | None
    screenshare_check: str
    microphone_check: str
    speakers_check: str
    webcam_check: str
    mobile_check: str
    dummy_exam_survey: Any
    skip_requirements: bool
    send_confirmation: bool
    name: str
    start_time: str | None
    exam_id: int
    expires_at: str | None
    end_time: str | None
    entered_room: bool
    reservation_time: str | None
    exam_document_content_type: str | None
    exam_document_file_size: int | None
    exam_document_updated_at: str | None
    reviewed: str
    id_card_file_name: str | None
    id_card_content_type: str | None
    id_card_file_size: int | None
    face_photo_file_name: str | None
    face_photo_content_type: str | None
    face_photo_file_size: int | None
    bandwidth_check: str
    bandwidth_speed: float | None
    open_time: str | None
    individual_info: str | None
    rtc_session_id: int
    in_setup: bool
    in_check_requirements: bool
    attempt: int
    archived: bool
    current_exam_mode: str
    rtc_session_ids: list[Any]
    transcoding_status: str
    is_individual_info_html: bool
    priority: str
    recording_started_at: str | None
    recording_ended_at: str | None


STUDENT_FIELDS = tuple(Student.model_fields)
_TIME_SLOT = STUDENT_FIELDS.index("time_slot")
LIST_FIELDS = (
    *STUDENT_FIELDS[:_TIME_SLOT],
    "pre_assigned_proctor_id",
    *STUDENT_FIELDS[_TIME_SLOT:],
    "is_email_sent",
    "preserve",
)
LTI_FIELDS = (*(name for name in STUDENT_FIELDS if name != "external_id"), "is_email_sent", "preserve")
_TYPES: dict[str, Any] = {
    **{name: field.annotation for name, field in Student.model_fields.items()},
    "pre_assigned_proctor_id": int | None,
    "is_email_sent": bool,
    "preserve": bool,
}


def _student(name: str, sentence: str, fields: tuple[str, ...]) -> type[BaseModel]:
    types: dict[str, Any] = {field: (_TYPES[field], ...) for field in fields}
    return create_model(name, __base__=WireModel, __doc__=sentence, **types)


StudentListItem = _student("StudentListItem", "The 58 fields of the list page (PE-182).", LIST_FIELDS)
LtiStudent = _student("LtiStudent", "The 56 fields of the LTI page (PE-208).", LTI_FIELDS)
