"""POST exams/: the vendor's page "2. Creating an exam by LMS", row by row."""

from __future__ import annotations

import json
from typing import Any

import pytest
from constructor_calls import EXAMPLE, Integration, claims, exam, without

MANDATORY = [
    "accountId",
    "accountName",
    "examId",
    "examName",
    "duration",
    "schedule",
    "proctoring",
    "startDate",
    "endDate",
]
REQUIRED = ["This field is required."]


def test_example_creates_an_exam(integration_on_each_store: Integration) -> None:
    """CP-004, CP-013, CP-044, CP-045, CP-046, CP-047, CP-049: 201 and the actual parameters."""
    answer = integration_on_each_store.put_exam(exam())
    assert answer.status_code == 201
    assert answer.json() == exam()
    assert answer.headers["content-type"] == "application/json"


def test_example_of_the_page_exists_after_a_fresh_start(integration_on_each_store: Integration) -> None:
    """CP-048, CP-049: so the very request of the page updates it."""
    answer = integration_on_each_store.put_exam(EXAMPLE)
    assert answer.status_code == 200
    assert answer.json() == EXAMPLE


def test_example_is_created_where_nothing_is_seeded(empty_integration: Integration) -> None:
    """CP-047."""
    assert empty_integration.put_exam(EXAMPLE).status_code == 201
    assert empty_integration.put_exam(EXAMPLE).status_code == 200


def test_update_puts_new_parameters_in_force(integration: Integration) -> None:
    """CP-042, CP-048, CP-049, CP-051."""
    assert integration.put_exam(exam()).status_code == 201
    changed = exam(examName="Second test", duration=90, endDate="2030-01-01T00:00:00Z", schedule=False)
    answer = integration.put_exam(changed)
    assert answer.status_code == 200
    assert answer.json() == changed


def test_what_an_update_leaves_out_is_back_at_its_default(integration: Integration) -> None:
    """CP-094, CP-108, CP-124, CP-270."""
    integration.put_exam(exam())
    less = without(exam(), "rules", "scoreConfig", "visibleWarnings", "courseName", "trial")
    assert integration.put_exam(less).json() == less


def test_exam_belongs_to_its_account(integration: Integration) -> None:
    """CP-051."""
    assert integration.put_exam(exam()).status_code == 201
    assert integration.put_exam(exam(accountId=124)).status_code == 201
    assert integration.put_exam(exam(examId="exam-2")).status_code == 201


def test_number_and_text_are_one_id(integration: Integration) -> None:
    """CP-071, CP-155, CP-269: each is answered as it was sent."""
    assert integration.put_exam(exam(examId=7)).status_code == 201
    answer = integration.put_exam(exam(examId="7", accountId="123"))
    assert answer.status_code == 200
    assert answer.json()["examId"] == "7"
    assert answer.json()["accountId"] == "123"
    assert integration.put_exam(exam(examId=7)).json()["examId"] == 7


def test_exam_exists_since_its_first_session(integration: Integration) -> None:
    """CP-033, CP-045."""
    integration.start(claims())
    assert integration.put_exam(exam()).status_code == 200


@pytest.mark.parametrize("name", MANDATORY)
def test_mandatory_field_is_missed(integration: Integration, name: str) -> None:
    """CP-052, CP-054, CP-263: nothing is created."""
    answer = integration.put_exam(without(exam(), name))
    assert answer.status_code == 400
    assert answer.json() == {name: REQUIRED}
    assert integration.put_exam(exam()).status_code == 201


def test_optional_fields_may_be_left_out(integration: Integration) -> None:
    """CP-050, CP-052: the answer has what was sent, and no more."""
    least = {name: exam()[name] for name in MANDATORY}
    answer = integration.put_exam(least)
    assert answer.status_code == 201
    assert answer.json() == least


def test_all_that_is_missing_is_said_at_once(integration: Integration) -> None:
    assert integration.put_exam({}).json() == dict.fromkeys(MANDATORY, REQUIRED)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("accountId", 255),  # CP-070
        ("accountName", 255),  # CP-072
        ("courseName", 450),  # CP-073
        ("examId", 255),  # CP-075
        ("examName", 500),  # CP-076
    ],
)
def test_text_has_the_printed_length_and_no_more(integration: Integration, name: str, most: int) -> None:
    """CP-257."""
    assert integration.put_exam(exam(**{name: "é" * most})).status_code == 201
    answer = integration.put_exam(exam(**{name: "é" * (most + 1)}))
    assert answer.status_code == 400
    assert answer.json() == {name: [f"Ensure this field has no more than {most} characters."]}


def test_agreement_has_an_address_of_at_most_200_characters(integration: Integration) -> None:
    """CP-078."""
    address = "https://school.org/".ljust(200, "e")
    assert integration.put_exam(exam(userAgreementUrl=address)).status_code == 201
    answer = integration.put_exam(exam(userAgreementUrl=address + "e"))
    assert answer.json() == {"userAgreementUrl": ["Ensure this field has no more than 200 characters."]}


STRING = ["Not a valid string."]
BOOLEAN = ["Must be a valid boolean."]
INTEGER = ["A valid integer is required."]
NUMBER = ["A valid number is required."]
NULL = ["This field may not be null."]
BLANK = ["This field may not be blank."]
URL = ["Enter a valid URL."]
TIME = [
    "Datetime has wrong format. Use one of these formats instead: "
    "YYYY-MM-DDThh:mm[:ss[.uuuuuu]][+HH:MM|-HH:MM|Z]."
]


@pytest.mark.parametrize(
    ("name", "value", "messages"),
    [
        ("accountId", None, NULL),  # CP-264
        ("accountId", "", BLANK),
        ("accountId", True, STRING),
        ("accountId", 1.5, STRING),
        ("accountId", ["123"], STRING),
        ("accountName", 5, STRING),  # CP-072
        ("accountName", "", BLANK),
        ("courseName", 5, STRING),
        ("courseName", None, NULL),
        ("courseCode", 5, STRING),  # CP-074
        ("examDesc", {}, STRING),  # CP-077
        ("examId", "", BLANK),
        ("examName", None, NULL),
        ("duration", "120", INTEGER),  # CP-079
        ("duration", 1.5, INTEGER),
        ("duration", True, INTEGER),
        ("duration", None, NULL),
        ("duration", -1, ["Ensure this value is greater than or equal to 0."]),
        ("schedule", "true", BOOLEAN),  # CP-081
        ("schedule", 1, BOOLEAN),
        ("schedule", None, NULL),
        ("proctoring", "live", ['"live" is not a valid choice.']),  # CP-082
        ("proctoring", "ONLINE", ['"ONLINE" is not a valid choice.']),
        ("proctoring", "{0} %s", ['"{0} %s" is not a valid choice.']),
        ("proctoring", ["online"], ['"list" is not a valid choice.']),
        ("proctoring", None, NULL),
        ("startDate", "2018-03-27", TIME),  # CP-084
        ("startDate", "2018-03-27T00:00:00", TIME),  # CP-271
        ("startDate", "2018-02-30T00:00:00Z", TIME),
        ("startDate", "2018-03-27T24:00:01Z", TIME),
        ("startDate", "2018-03-27T00:00:00+24:01", TIME),
        ("startDate", "٢٠١٨-03-27T00:00:00Z", TIME),
        ("startDate", 1522108800, TIME),
        ("startDate", None, NULL),
        ("endDate", "tomorrow", TIME),  # CP-085
        ("endDate", "", TIME),
        ("userAgreementUrl", "school.org/eula", URL),
        ("userAgreementUrl", "javascript:alert(1)", URL),
        ("userAgreementUrl", "https://", URL),
        ("userAgreementUrl", "https://school.org/a b", URL),
        ("userAgreementUrl", 5, STRING),
        ("identification", 5, STRING),  # CP-086
        ("trial", "no", BOOLEAN),  # CP-088
        ("auxiliaryCamera", 0, BOOLEAN),  # CP-090
        ("auxiliaryCameraMode", 1, STRING),  # CP-092
        ("desktopAppForbiddenProcesses", 5, ['Expected a list of items but got type "int".']),  # CP-138
        ("desktopAppAllowedProcesses", ["a", 5], STRING),  # CP-139
        ("rules", [], ["Invalid data. Expected a dictionary, but got list."]),  # CP-094
        ("rules", None, NULL),
        ("rules", {"allow_to_use_paper": "yes"}, {"allow_to_use_paper": BOOLEAN}),  # CP-099
        ("rules", {"allow_to_use_calculator": 1}, {"allow_to_use_calculator": BOOLEAN}),  # CP-101
        ("rules", {"custom_rules": 1}, {"custom_rules": STRING}),  # CP-107
        ("scoreConfig", "80", ["Invalid data. Expected a dictionary, but got str."]),  # CP-108
        ("scoreConfig", {"cheaterLevel": 80.5}, {"cheaterLevel": INTEGER}),  # CP-115
        ("scoreConfig", {"phone": "1"}, {"phone": NUMBER}),  # CP-123
        ("scoreConfig", {"phone": True}, {"phone": NUMBER}),
        ("visibleWarnings", 1, ["Invalid data. Expected a dictionary, but got int."]),  # CP-124
        ("visibleWarnings", {"warning_timeout": "x"}, {"warning_timeout": BOOLEAN}),  # CP-133
    ],
)  # fmt: skip
def test_wrong_value_is_refused(integration: Integration, name: str, value: Any, messages: Any) -> None:
    """CP-054, CP-257, CP-263, CP-264: by field, nested where the field is; nothing is created."""
    answer = integration.put_exam(exam(**{name: value}))
    assert answer.status_code == 400
    assert answer.json() == {name: messages}
    assert integration.put_exam(exam()).status_code == 201


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("accountId", "123"),  # CP-071
        ("accountId", -(2**63)),
        ("examId", 2**63 - 1),  # CP-155
        ("examName", " "),
        ("examName", "<script>alert(1)</script> '; DROP TABLE --"),
        ("courseName", ""),
        ("courseCode", "PHY-1"),
        ("examDesc", "<p>By heart</p>"),
        ("duration", 0),  # CP-080
        ("duration", 2**63 - 1),
        ("proctoring", "offline"),  # CP-082
        ("proctoring", "auto"),
        ("proctoring", "identification"),  # CP-083
        ("startDate", "2018-03-27T00:00:00+00:00"),  # CP-157
        ("startDate", "2018-03-27T00:00:00+0000"),
        ("startDate", "2018-03-27T10:00:00+10"),
        ("startDate", "2018-03-27T00:00:00.123Z"),
        ("startDate", "2018-03-27T00:00:00.123456Z"),
        ("startDate", "2018-03-27T00:00Z"),
        ("startDate", "9999-12-31T23:59:59-23:59"),
        ("endDate", "0001-01-01T00:00:00+23:59"),  # CP-271: even before the start
        ("identification", None),  # CP-158
        ("identification", "face_and_passport"),  # CP-087
        ("userAgreementUrl", None),  # CP-158
        ("userAgreementUrl", "HTTP://user@[::1]:8080/ä?a=b#c"),
        ("auxiliaryCameraMode", "photo"),
        ("allowRoomScanAuxCamera", True),  # CP-093
        ("ldb", True),  # CP-135
        ("secureBrowser", True),  # CP-136
        ("secureBrowserLevel", "high"),  # CP-137
        ("desktopAppForbiddenProcesses", ["a.exe", "b.exe"]),  # CP-138
        ("desktopAppForbiddenProcesses", "a.exe\nb.exe"),
        ("desktopAppAllowedProcesses", None),  # CP-139, CP-158
        ("allowMultipleDisplays", False),  # CP-140
        ("allowVirtualEnvironment", False),  # CP-141
        ("allowMobileDevices", False),  # CP-142
        ("faceHuntingEnabled", True),  # CP-143
        ("checkIdPhotoQuality", True),  # CP-144
        ("webCameraMainView", "side"),  # CP-145
        ("calculator", "scientific"),  # CP-146
        ("streamsPreset", "no_webcam"),  # CP-147
        ("sendManualWarningsToLearner", False),  # CP-148
        ("rules", {"custom_rules": "Bring a pen."}),  # CP-107
        ("scoreConfig", {"cheater_level": 0, "cheaterLevel": 100, "voice": 0, "voiceDetected": 10}),
    ],
)
def test_good_value_is_in_force_as_it_was_sent(integration: Integration, name: str, value: Any) -> None:
    """CP-049, CP-050."""
    answer = integration.put_exam(exam(**{name: value}))
    assert answer.status_code == 201
    assert answer.json() == exam(**{name: value})


@pytest.mark.parametrize(
    "rule",
    [
        "allow_to_use_websites",  # CP-097
        "allow_to_use_books",  # CP-098
        "allow_to_use_paper",  # CP-099
        "allow_to_use_messengers",  # CP-100
        "allow_to_use_calculator",  # CP-101
        "allow_to_use_excel",  # CP-102
        "allow_to_use_human_assistant",  # CP-103
        "allow_absence_in_frame",  # CP-104
        "allow_voices",  # CP-105
        "allow_wrong_gaze_direction",  # CP-106
    ],
)
@pytest.mark.parametrize("value", [True, False])
def test_rule_is_a_boolean(integration: Integration, rule: str, value: bool) -> None:
    """CP-094."""
    assert integration.put_exam(exam(rules={rule: value})).json()["rules"] == {rule: value}
    assert integration.put_exam(exam(rules={rule: None})).json() == {"rules": {rule: NULL}}


@pytest.mark.parametrize(
    ("weight", "most"),
    [
        ("cheater_level", 100),  # CP-109, CP-115
        ("cheaterLevel", 100),  # CP-110, CP-112
        ("extra_user", 10),  # CP-116
        ("extraUserInFrame", 10),
        ("user_replaced", 10),  # CP-117
        ("substitutionUser", 10),
        ("absent_user", 10),  # CP-118
        ("noUserInFrame", 10),
        ("look_away", 10),  # CP-119
        ("avertEyes", 10),
        ("active_window_changed", 10),  # CP-120
        ("changeActiveWindowOnComputer", 10),
        ("forbidden_device", 10),  # CP-121
        ("forbiddenDevice", 10),
        ("voice", 10),  # CP-122
        ("voiceDetected", 10),
        ("phone", 10),  # CP-123
    ],
)
def test_weight_keeps_to_its_range_in_both_spellings(
    integration: Integration, weight: str, most: int
) -> None:
    """CP-108, CP-111: and is answered in the spelling that was sent."""
    assert integration.put_exam(exam(scoreConfig={weight: 0})).json()["scoreConfig"] == {weight: 0}
    assert integration.put_exam(exam(scoreConfig={weight: most})).json()["scoreConfig"] == {weight: most}
    below = integration.put_exam(exam(scoreConfig={weight: -1})).json()
    assert below == {"scoreConfig": {weight: ["Ensure this value is greater than or equal to 0."]}}
    beyond = integration.put_exam(exam(scoreConfig={weight: most + 1})).json()
    assert beyond == {"scoreConfig": {weight: [f"Ensure this value is less than or equal to {most}."]}}


def test_example_weights_come_back_as_decimals(integration: Integration) -> None:
    """CP-110, CP-113: 1.0 and not 1, but 80."""
    text = integration.put_exam(EXAMPLE).text
    assert '"cheaterLevel":80,' in text
    assert '"phone":1.0' in text


@pytest.mark.parametrize(
    "warning",
    [
        "extra_user_in_frame",  # CP-125
        "substitution_user",  # CP-126
        "no_user_in_frame",  # CP-127
        "avert_eyes",  # CP-128
        "change_active_window_on_computer",  # CP-129
        "voice_detected",  # CP-130
        "phone",  # CP-131
        "forbidden_device",  # CP-132
        "timeout",  # CP-133
        "talk",  # CP-134
        "desktop_request_pending",
    ],
)
def test_warning_is_shown_or_hidden(integration: Integration, warning: str) -> None:
    """CP-124."""
    hidden = {f"warning_{warning}": False}
    assert integration.put_exam(exam(visibleWarnings=hidden)).json()["visibleWarnings"] == hidden
    answer = integration.put_exam(exam(visibleWarnings={f"warning_{warning}": 0}))
    assert answer.json() == {"visibleWarnings": {f"warning_{warning}": BOOLEAN}}


def test_unknown_keys_are_ignored_and_noted(integration: Integration) -> None:
    """CP-053, CP-095, CP-156: user and session parameters are no part of this call."""
    body = exam(someKey="x", userId="1232134", sessionId=5, rules={"websites": True, "allow_voices": True})
    answer = integration.put_exam(body)
    assert answer.status_code == 201
    assert answer.json() == exam(rules={"allow_voices": True})
    assert integration.journal()[0]["unread"] == ["someKey", "userId", "sessionId"]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"{", {"detail": "JSON parse error - it is not JSON"}),
        (b'{"duration": NaN}', {"detail": "JSON parse error - NaN is not JSON"}),
        (b'{"a": 1, "a": 2}', {"detail": "JSON parse error - a key appears twice in one object"}),
        (b'{"a": "\xff"}', {"detail": "JSON parse error - it is not UTF-8"}),
        (b'"text"', {"non_field_errors": ["Invalid data. Expected a dictionary, but got str."]}),
        (b"[1]", {"non_field_errors": ["Invalid data. Expected a dictionary, but got list."]}),
        (b"1.5", {"non_field_errors": ["Invalid data. Expected a dictionary, but got float."]}),
        (b"null", {"non_field_errors": ["Invalid data. Expected a dictionary, but got NoneType."]}),
        (b"", dict.fromkeys(MANDATORY, REQUIRED)),
    ],
)
def test_body_that_is_no_object_is_refused(integration: Integration, content: bytes, body: Any) -> None:
    """CP-054, CP-260."""
    headers = {**integration.header(), "content-type": "application/json"}
    answer = integration.client.post(f"{integration.lms}/exams/", content=content, headers=headers)
    assert answer.status_code == 400
    assert answer.json() == body


@pytest.mark.parametrize("content_type", ["text/plain", "application/x-www-form-urlencoded", ""])
def test_body_must_be_declared_as_json(integration: Integration, content_type: str) -> None:
    """CP-013, CP-267."""
    headers = {**integration.header(), "content-type": content_type}
    answer = integration.client.post(f"{integration.lms}/exams/", content=json.dumps(exam()), headers=headers)
    assert answer.status_code == 415
    assert answer.json() == {"detail": f'Unsupported media type "{content_type}" in request.'}


@pytest.mark.parametrize("content_type", ["application/json; charset=utf-8", "Application/JSON"])
def test_parameters_and_case_of_the_media_type_do_not_count(
    integration: Integration, content_type: str
) -> None:
    headers = {**integration.header(), "content-type": content_type}
    assert (
        integration.client.post(
            f"{integration.lms}/exams/", content=json.dumps(exam()), headers=headers
        ).status_code
        == 201
    )


def test_path_without_its_slash_is_unknown(integration: Integration) -> None:
    """CP-004, CP-258, CP-261."""
    answer = integration.client.post(f"{integration.lms}/exams", json=EXAMPLE, headers=integration.header())
    assert answer.status_code == 404
    assert answer.json() == {"detail": "Not found."}


@pytest.mark.parametrize("method", ["GET", "PUT", "PATCH", "DELETE"])
def test_other_method_is_refused(integration: Integration, method: str) -> None:
    """CP-003, CP-262."""
    answer = integration.client.request(method, f"{integration.lms}/exams/", headers=integration.header())
    assert answer.status_code == 405
    assert answer.json() == {"detail": f'Method "{method}" not allowed.'}
    assert answer.headers["allow"] == "POST"


def test_body_that_is_too_large_is_refused(integration: Integration) -> None:
    """CP-268."""
    body = exam(examDesc="x" * (1024 * 1024))
    answer = integration.put_exam(body)
    assert answer.status_code == 413
    assert answer.json() == {"detail": "Request body is too large."}
