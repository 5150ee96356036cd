"""Exams: the parameters of `exams.create` and the 31 fields of the answer."""

from __future__ import annotations

from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mockserver.vendors.proctorexam.moments import read_moment
from mockserver.vendors.proctorexam.schemas.lists import Filtered
from mockserver.vendors.proctorexam.values import (
    FilledString,
    Number,
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

STATUSES = ("draft", "open", "closed", "deleted")  # PE-093, PE-094
_UTC = ZoneInfo("UTC")


def _moment(value: Any) -> str:
    """Take ISO 8601 and epoch seconds (PE-155, PE-258, PE-259); the handler reads it in the right zone."""
    try:
        read_moment(value, _UTC)
    except (ValueError, OverflowError):
        raise PydanticCustomError(
            "moment", "Must be a time in ISO 8601 or in epoch seconds."
        ) from None  # PE-481
    return str(value)


Moment = Annotated[str | None, BeforeValidator(_moment), schema(type="string", format="date-time")]
ExamStatus = Annotated[
    str | None, BeforeValidator(one_of(*STATUSES)), schema(type="string", enum=list(STATUSES))
]


class ExamParameters(Parameters):
    """What both `exams.create` and `exams.update` take; known from the example request (PE-154, PE-253)."""

    institute_id: Number = Field(None, description="Institute of the exam.")  # PE-252
    use_duration: Switch = Field(None, description="Whether duration_minutes applies.")  # PE-254
    duration_minutes: Number = Field(None, description="Duration in minutes.")  # PE-255
    global_proctoring: Switch = Field(None, description="Switch for global proctoring.")  # PE-256
    global_reviewing: Switch = Field(None, description="Switch for global reviewing.")  # PE-257
    start_time: Moment = Field(None, description="First start time.")  # PE-258
    end_time: Moment = Field(None, description="Last start time; the exam is closed then.")  # PE-259, PE-093
    for_reviewing: Switch = Field(None, description="Switch for reviewing.")  # PE-260
    upload_answers: Switch = Field(None, description="Switch for uploading answers.")  # PE-261
    mobile_cam: Switch = Field(None, description="Switch for the mobile camera.")  # PE-262
    restrictions: Text = Field(None, description="Restrictions, as text.")  # PE-263
    allow_websites: Switch = None  # PE-264
    allow_external_applications: Switch = None  # PE-265
    allow_textbooks: Switch = None  # PE-266
    allow_calculator: Switch = None  # PE-267
    allow_pen_paper: Switch = None  # PE-268
    allow_additional: Switch = None  # PE-269
    allowed_websites: Text = None  # PE-270
    allowed_external_applications: Text = None  # PE-271
    allowed_textbooks: Text = None  # PE-272
    allowed_calculator_type: Text = None  # PE-273
    allowed_additional: Text = None  # PE-274


class NewExam(ExamParameters):
    """Parameters of `exams.create`."""

    name: RequiredString = Field(description="Name of the exam.")  # PE-250
    type: RequiredString = Field(
        description="Exam type, e.g. demo, classic, record_review."
    )  # PE-251, PE-098


class ExamChanges(ExamParameters):
    """Parameters of `exams.update`, none required; a name or type that is sent must not be empty (PE-492)."""

    name: FilledString = Field(None, description="Name of the exam.")  # PE-277
    type: FilledString = Field(None, description="Exam type.")  # PE-278
    student_experience: Switch = Field(None, description="From an older version of the page.")  # PE-279


class ExamsWanted(Filtered):
    """Parameters of `exams.index`."""

    status: ExamStatus = Field(None, description="Status filter.")  # PE-241


class Comanagement(Parameters):
    """Parameters of `exams.add_comanager` and `exams.remove_comanager`."""

    comanager_id: RequiredNumber = Field(description="User id of the comanager.")  # PE-312, PE-164


class LtiStudentWanted(Parameters):
    """Parameters of `exams.show_lti_student`."""

    student_lms_id: RequiredString = Field(description="Id of the student in the LMS.")  # PE-292
    resource_link_id: RequiredString = Field(description="LTI resource link id.")  # PE-293
    context_id: String = Field(None, description="LTI context id.")  # PE-294


class Exam(WireModel):
    """The 31 fields of an exam, in the order of the page (PE-204)."""

    id: int
    institute_id: int
    name: str
    terms: str | None
    created_at: str
    updated_at: str
    duration_minutes: int | None
    clipboard: Any
    start_time: str | None
    mode: str
    upload_answers: bool
    token: str
    user_id: int
    end_time: str | None
    restrictions: str | None
    published: bool
    status: str
    for_reviewing: bool
    uploaded_exam_documents_file_name: str | None
    uploaded_exam_documents_content_type: str | None
    uploaded_exam_documents_file_size: int | None
    uploaded_exam_documents_updated_at: str | None
    timezone: int
    use_duration: bool
    global_proctoring: bool
    global_reviewing: bool
    exam_language: str
    web_cam: bool
    mobile_cam: bool
    screen_share: bool
    live_proctoring: bool
