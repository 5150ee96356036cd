"""What each parameter of an exam may hold, and with which messages it is refused."""

from __future__ import annotations

from typing import Any

import pytest
from constructor_calls import EXAMPLE, Integration, exam, without

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
