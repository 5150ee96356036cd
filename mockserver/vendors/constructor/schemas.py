"""The wire of Constructor Proctor: organization and exam parameters, shared by the exam and the start call.

Unknown keys are ignored at every level (CP-095, CP-156). What a client leaves out stays left out: an
answer carries the parameters as they were sent (CP-050), and `parameters.py` knows the defaults.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field

from mockserver.strict_json import INT64_MAX
from mockserver.vendors.constructor.fields import (
    boolean,
    choice,
    identifier,
    integer,
    left_out,
    mapping,
    number,
    processes,
    text,
    time,
    url,
)
from mockserver.wire import WireModel

Id = Annotated[int | str, identifier(255)]
Boolean = Annotated[bool, boolean()]
Time = Annotated[str, time()]
AnyText = Annotated[str, text()]
TextOrNull = Annotated[str | None, text(nullable=True)]
UrlOrNull = Annotated[str | None, url(200, nullable=True)]
Proctoring = Annotated[str, choice("online", "offline", "auto", "identification")]
Level = Annotated[int, integer(0, 100)]
Weight = Annotated[int | float, number(0, 10)]
Processes = Annotated[list[str] | str | None, processes()]


class Parameters(WireModel):
    """Named values of a request; unknown ones are ignored (CP-156).

    They are frozen: what can be hashed, pydantic takes as a default without copying it for each request.
    """

    model_config = ConfigDict(extra="ignore", populate_by_name=False, frozen=True)


class Rules(Parameters):
    """What the test taker may do (CP-094)."""

    allow_to_use_websites: Boolean = False  # CP-097
    allow_to_use_books: Boolean = False  # CP-098
    allow_to_use_paper: Boolean = True  # CP-099
    allow_to_use_messengers: Boolean = False  # CP-100
    allow_to_use_calculator: Boolean = True  # CP-101
    allow_to_use_excel: Boolean = False  # CP-102
    allow_to_use_human_assistant: Boolean = False  # CP-103
    allow_absence_in_frame: Boolean = False  # CP-104
    allow_voices: Boolean = False  # CP-105
    allow_wrong_gaze_direction: Boolean = False  # CP-106
    custom_rules: AnyText = ""  # CP-107


class ScoreConfig(Parameters):
    """Nine weights, each under two names (CP-108 to CP-112)."""

    cheater_level: Level = 80  # CP-115
    extra_user: Weight = 1  # CP-116
    user_replaced: Weight = 1  # CP-117
    absent_user: Weight = 2  # CP-118
    look_away: Weight = 1.5  # CP-119
    active_window_changed: Weight = 1  # CP-120
    forbidden_device: Weight = 1  # CP-121
    voice: Weight = 1  # CP-122
    phone: Weight = 1  # CP-123
    cheaterLevel: Level = 80  # CP-110, and so for all below
    extraUserInFrame: Weight = 1
    substitutionUser: Weight = 1
    noUserInFrame: Weight = 2
    avertEyes: Weight = 1.5
    changeActiveWindowOnComputer: Weight = 1
    forbiddenDevice: Weight = 1
    voiceDetected: Weight = 1


class VisibleWarnings(Parameters):
    """Which warnings the test taker sees (CP-124)."""

    warning_extra_user_in_frame: Boolean = True  # CP-125
    warning_substitution_user: Boolean = True  # CP-126
    warning_no_user_in_frame: Boolean = True  # CP-127
    warning_avert_eyes: Boolean = True  # CP-128
    warning_change_active_window_on_computer: Boolean = True  # CP-129
    warning_voice_detected: Boolean = True  # CP-130
    warning_phone: Boolean = True  # CP-131
    warning_forbidden_device: Boolean = True  # CP-132
    warning_timeout: Boolean = True  # CP-133
    # Known to the legacy plugin only (CP-134).
    warning_talk: Boolean = True
    warning_forbidden_software: Boolean = True
    warning_extra_display: Boolean = True
    warning_books: Boolean = True
    warning_cheater: Boolean = True
    warning_mic_muted: Boolean = True
    warning_mic_no_sound: Boolean = True
    warning_mic_no_device_connected: Boolean = True
    warning_camera_no_picture: Boolean = True
    warning_camera_no_device_connected: Boolean = True
    warning_nonverbal: Boolean = True
    warning_phone_screen: Boolean = True
    warning_no_ping: Boolean = True
    warning_desktop_request_pending: Boolean = True


class Exam(Parameters):
    """The organization and exam parameters (CP-046, CP-052)."""

    accountId: Id = Field(description="Id of the company in the client system (CP-070, CP-071)")
    accountName: Annotated[str, text(255, blank=False)] = Field(description="Name of the company (CP-072)")
    courseName: Annotated[str, text(450)] = Field(default="", description="CP-073")
    courseCode: AnyText = Field(default="", description="CP-074")
    examId: Id = Field(description="Id of the exam, preferably a GUID (CP-075)")
    examName: Annotated[str, text(500, blank=False)] = Field(description="CP-076")
    examDesc: AnyText = Field(default="", description="CP-077")
    userAgreementUrl: UrlOrNull = Field(default=None, description="Regulations (CP-078, CP-158)")
    duration: Annotated[int, integer(0, INT64_MAX)] = Field(description="Minutes (CP-079, CP-080)")
    schedule: Boolean = Field(description="Whether a calendar slot has to be booked first (CP-081)")
    proctoring: Proctoring = Field(description="CP-082, CP-083")
    startDate: Time = Field(description="Before it the test cannot be started (CP-084, CP-042)")
    endDate: Time = Field(description="End of the window (CP-085, CP-042)")
    identification: TextOrNull = Field(default=None, description="CP-086, CP-087, CP-158")
    trial: Boolean = Field(default=False, description="CP-088, CP-089")
    auxiliaryCamera: Boolean = Field(default=False, description="CP-090, CP-091")
    auxiliaryCameraMode: AnyText = Field(default="video", description="CP-092")
    allowRoomScanAuxCamera: Boolean = Field(default=False, description="CP-093")
    rules: Annotated[Rules, BeforeValidator(mapping)] = Field(
        default=Rules.model_construct(), description="CP-094 to CP-107"
    )
    scoreConfig: Annotated[ScoreConfig, BeforeValidator(mapping)] = Field(
        default=ScoreConfig.model_construct(), description="CP-108 to CP-123"
    )
    visibleWarnings: Annotated[VisibleWarnings, BeforeValidator(mapping)] = Field(
        default=VisibleWarnings.model_construct(), description="CP-124 to CP-134"
    )
    # Known from clients only.
    ldb: Boolean = Field(default=False, description="CP-135")
    secureBrowser: Boolean = Field(default=False, description="CP-136")
    secureBrowserLevel: AnyText = Field(default="basic", description="CP-137")
    desktopAppForbiddenProcesses: Processes = Field(default=None, description="CP-138")
    desktopAppAllowedProcesses: Processes = Field(default=None, description="CP-139")
    allowMultipleDisplays: Boolean = Field(default=False, description="CP-140")
    allowVirtualEnvironment: Boolean = Field(default=False, description="CP-141")
    allowMobileDevices: Boolean = Field(default=False, description="CP-142")
    faceHuntingEnabled: Boolean = Field(default=False, description="CP-143")
    checkIdPhotoQuality: Boolean = Field(default=False, description="CP-144")
    webCameraMainView: AnyText = Field(default="front", description="CP-145")
    calculator: AnyText = Field(default="off", description="CP-146")
    streamsPreset: AnyText = Field(default="default", description="CP-147")
    sendManualWarningsToLearner: Boolean = Field(default=True, description="CP-148")

    def in_force(self) -> dict[str, Any]:
        """Return the organization and exam parameters as they were sent (CP-049, CP-050)."""
        return self.model_dump(include=set(Exam.model_fields), exclude_unset=True)


class Refusal(WireModel):
    """401, 404 and 405 (CP-259, CP-261, CP-262)."""

    detail: str


class Finish(Parameters):
    """Body of the finish call; it may be empty (CP-163)."""

    sessionFinishUrl: Annotated[str, url()] = left_out("Instead of the one of the start (CP-164)")


class Slot(Parameters):
    """The form of our calendar."""

    start: Time


class SessionStatus(WireModel):
    """200 of the status call (CP-173, CP-175, CP-177)."""

    accountId: int | str
    sessionId: int | str
    status: Literal[
        "not_scheduled", "early_to_start", "ready_to_start", "late_to_start", "started", "finished"
    ]
    sessionStart: str | None
    sessionEnd: str | None


class FinishResult(WireModel):
    """200 of the finish call (CP-165, CP-166, CP-168)."""

    message: str
