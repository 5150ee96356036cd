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

DOCUMENT = "<p>Exam instructions</p>"  # the example of documents.index
ATTACHMENT: dict[str, Any] = {  # the example of attachments.index; there are no bytes behind it
    "upload_name": None,
    "document_file_name": "image.jpg",
    "document_content_type": "image/jpeg",
    "document_file_size": 2065711,
    "placeholder": "1548172086_image2.jpg",
}
TOOL_PROVIDERS: tuple[dict[str, Any], ...] = (
    {
        "tool_name": "some name",
        "tool_url": "https://example.com/lti",
        "oauth_consumer_key": "key",
        "oauth_consumer_secret": "secret",
        "use_as_basic_link": True,
        "lti_custom_data": "{}",
    },
    {
        "tool_name": "some other name",
        "tool_url": "https://example2.com/lti",
        "oauth_consumer_key": "key2",
        "oauth_consumer_secret": "secret2",
        "use_as_basic_link": False,
        "lti_custom_data": "{}",
    },
)
LTI_RESOURCES: tuple[dict[str, Any], ...] = (
    {
        "lti_resource_link_id": None,
        "lti_resource_link_name": "link1",
        "lti_resource_launch_url": "http://localhost:5001/link1",
        "lti_custom_data": "",
        "open_in_new_tab": False,
    },
    {
        "lti_resource_link_id": None,
        "lti_resource_link_name": "link2",
        "lti_resource_launch_url": "http://localhost:5001/link2",
        "lti_custom_data": "",
        "open_in_new_tab": True,
    },
)
IDENTITY_PROVIDER: dict[str, Any] = {
    "name": "Identity Provider",
    "idp_sso_target_url": "https://example.com",
    "issuer": "example_issuer",
}
