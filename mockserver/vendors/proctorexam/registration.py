"""Putting a student into an exam: a session that has only been created (PE-085)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from mockserver.moment import Moment, moment_of
from mockserver.store import Row
from mockserver.store.ids import next_id
from mockserver.vendor import Call
from mockserver.vendors.proctorexam import reach
from mockserver.vendors.proctorexam.queries.student_sessions import ADD_SESSION
from mockserver.vendors.proctorexam.schemas.student_sessions import AddedStudent
from mockserver.vendors.proctorexam.stored_fields import write_fields
from mockserver.vendors.proctorexam.uniqueness import email_key, taken_once

# What a session is created with, apart from its parameters: null until the student has come so far (PE-478).
UNSET_FIELDS: dict[str, Any] = {
    "session_id": None,
    "student_id": None,
    "pre_assigned_proctor_id": None,
    "time_slot": 1,
    "operating_system": None,
    "browser": None,
    "browser_version": None,
    "screenshare_check": "not_started",  # PE-095
    "microphone_check": "not_started",
    "speakers_check": "not_started",
    "webcam_check": "not_started",
    "mobile_check": "not_started",
    "dummy_exam_survey": None,
    "skip_requirements": False,
    "send_confirmation": False,
    "expires_at": None,
    "entered_room": False,
    "exam_document_content_type": None,
    "exam_document_file_size": None,
    "exam_document_updated_at": None,
    "reviewed": "00",
    "id_card_file_name": None,
    "id_card_content_type": None,
    "id_card_file_size": None,
    "face_photo_file_name": None,
    "face_photo_content_type": None,
    "face_photo_file_size": None,
    "bandwidth_check": "not_started",
    "bandwidth_speed": None,
    "individual_info": None,
    "rtc_session_id": 0,
    "in_check_requirements": False,
    "attempt": 0,
    "archived": False,
    "current_exam_mode": "01010000",  # PE-190
    "rtc_session_ids": [],
    "transcoding_status": "not_sent_to_queue",
    "is_individual_info_html": False,
    "priority": "01",  # PE-190
    "recording_started_at": None,
    "recording_ended_at": None,
    "preserve": False,
}


@dataclass(frozen=True)
class LtiLink:
    """By which link of which LMS a student came (PE-292 to PE-294)."""

    student_lms_id: str | None = None
    resource_link_id: str | None = None
    context_id: str | None = None


def register(call: Call, exam: Row, params: AddedStudent, *, external_id: str | None = None) -> Row:
    """Create a session for a student of the exam and return it.

    Raises:
        Taken: the exam has a student with that e-mail address (PE-189).
    """
    session_id = add_session(moment_of(call), exam["id"], params, external_id=external_id)
    return reach.session(call, str(session_id))


def add_session(
    moment: Moment,
    exam_id: int,
    params: AddedStudent,
    *,
    external_id: str | None = None,
    link: LtiLink | None = None,
) -> int:
    """Create a session and return its id; `link` is that of a student who comes out of an LMS.

    Raises:
        Taken: the exam has a student with that e-mail address (PE-189).
    """
    given = params.given()
    fields = {name: given.get(name, unset) for name, unset in UNSET_FIELDS.items()}
    link = link or LtiLink()
    session_id = next_id(moment.db, moment.sandbox.id, "proctorexam_student_session")
    with taken_once(moment.db, "email"):
        moment.db.put(
            ADD_SESSION,
            sandbox_id=moment.sandbox.id,
            id=session_id,
            exam_id=exam_id,
            name=params.name,
            email=params.email,
            email_key=email_key(params.email),
            external_id=external_id,
            status="registered",
            token=moment.random_bytes(16).hex(),  # PE-397: 32 hex digits
            open_ms=None if params.open_time is None else params.open_time * 1000,  # PE-147
            reservation_ms=None,
            start_ms=None,
            end_ms=None,
            student_lms_id=link.student_lms_id,
            resource_link_id=link.resource_link_id,
            context_id=link.context_id,
            created_ms=moment.now_ms,
            updated_ms=moment.now_ms,
            fields=write_fields(fields),
        )
    return session_id
