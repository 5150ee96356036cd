"""The printed values of the pages' examples, as far as they are only echoed."""

from __future__ import annotations

from typing import Any

from mockserver.vendors.proctorexam.registration import UNSET_FIELDS as NEW_STUDENT
from mockserver.vendors.proctorexam.routes.exams import UNSET_FIELDS as NEW_EXAM
from mockserver.vendors.proctorexam.routes.institutes import UNSET_FIELDS as NEW_INSTITUTE

INSTITUTE: dict[str, Any] = {  # PE-203
    **NEW_INSTITUTE,
    "short_name": "pe",
    "global_proctor": True,
    "global_reviewer": True,
}

# The pages name users 1 and 2, a teacher with id 5, and give 7 to the next one. User 1 is a superuser here,
# because its keys are the credentials of the sandbox.
USERS = (
    ("administrator@proctorexam.com", "ProctorExam Administrator", "superuser"),
    ("teacher@proctorexam.com", "ProctorExam Teacher", "teacher"),
    ("proctor@proctorexam.com", "ProctorExam Proctor", "proctor"),
    ("office@proctorexam.com", "ProctorExam Office", "administrator"),
    ("owner@proctorexam.com", "Teacher name", "teacher"),
    ("reviewer@proctorexam.com", "ProctorExam Reviewer", "reviewer"),
)
USER: dict[str, Any] = {  # PE-205
    "student_number": None,
    "invitation_token": None,
    "invitation_created_at": None,
    "invitation_sent_at": None,
    "invitation_accepted_at": None,
    "invitation_limit": None,
    "invited_by_id": None,
    "invited_by_type": None,
    "receives_reports": False,
    "report_frequency": "week",
    "first_visit_guide": True,
}

EXAM_NAMES = ("New test", "exam with lti resources example")  # PE-204, PE-198
EXAM: dict[str, Any] = {  # PE-204
    **NEW_EXAM,
    "type": "record_review",
    "duration_minutes": 123,
    "token": "b1342678e28f2b895ff6834408a33bd7",
    "restrictions": "[" + 6 * "[false,['']]," + "[true,['']]]",
    "use_duration": True,
    "global_proctoring": True,
    "global_reviewing": True,
    "exam_language": "en-GB",
    "mobile_cam": True,
    "live_proctoring": False,
}

STUDENT: dict[str, Any] = {  # PE-202
    **NEW_STUDENT,
    "operating_system": "OS X 10.14.1",
    "browser": "Chrome",
    "browser_version": "70.0.3538.102",
    "skip_requirements": True,
    "entered_room": True,
    "reviewed": "10",
    "id_card_file_name": "data",
    "id_card_content_type": "image/png",
    "id_card_file_size": 187297,
    "face_photo_file_name": "data",
    "face_photo_content_type": "image/png",
    "face_photo_file_size": 206025,
    "individual_info": "individual_info for user 1",
    "archived": True,
    "is_individual_info_html": True,
}
