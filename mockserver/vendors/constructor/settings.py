"""What a sandbox can set for Constructor Proctor."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from mockserver.sandboxes import Sandbox
from mockserver.webhooks.settings import WebhookSettings, WebhookUrl


class ConstructorSettings(WebhookSettings):
    """Settings of one sandbox; each default is what the guide prints or, where it is silent, our guess."""

    leeway_seconds: float = Field(
        default=0, ge=0, le=86_400, description="How long an expired token is still taken (CP-022)."
    )
    max_lifetime_seconds: float | None = Field(
        default=None,
        gt=0,
        le=10**9,
        description="How far ahead exp may lie; null: as far as it likes (CP-021, CP-022).",
    )
    review_url: WebhookUrl | None = Field(
        default=None, description="Where results go (CP-006); null: nowhere."
    )
    schedule_url: WebhookUrl | None = Field(default=None, description="Where bookings go (CP-006).")
    warning_url: WebhookUrl | None = Field(default=None, description="Where warnings go (CP-006).")
    agreement_acceptance_url: WebhookUrl | None = Field(
        default=None, description="Where accepted agreements go (CP-007)."
    )
    require_account_id_on_start: bool = Field(
        default=True,
        description="Whether a start without accountId and accountName is refused (CP-070, CP-245).",
    )
    session_start: Literal["immediate", "button"] = Field(
        default="immediate",
        description="When a session runs: as soon as its link is opened, or from a button on (CP-272).",
    )
    booking_grace_minutes: float = Field(
        default=15,
        ge=0,
        le=10**6,
        description="How long after a booked time the test can be started (CP-273).",
    )
    cancel_limit_hours: float = Field(
        default=24,
        ge=0,
        le=10**4,
        description="How long before its start a user can give up a booking (CP-043).",
    )
    finish_booked_message: str = Field(
        default="canceled", max_length=100, description="Answer to finishing a booked session (CP-168)."
    )
    exam_completion: Literal["manual", "immediate", "after_seconds"] = Field(
        default="manual", description="When a started session ends: by a call or an event, at once, or later."
    )
    exam_completion_seconds: float = Field(
        default=3600, ge=0, le=10**8, description="How long a session takes that ends by itself."
    )
    review_completion: Literal["as_documented", "manual", "immediate", "after_seconds"] = Field(
        default="as_documented",
        description="When a conclusion is set: at once except for offline proctoring (CP-196), by an event, "
        "at once, or later.",
    )
    review_completion_seconds: float = Field(
        default=3600, ge=0, le=10**8, description="How long a review takes that is made by itself."
    )
    review_conclusion: Literal["unknown", "accepted", "rejected"] = Field(
        default="accepted",
        description="Conclusion of such a review, unless software decides (CP-201, CP-202).",
    )
    review_score: float = Field(default=65, ge=0, le=100, description="Score of such a review (CP-205).")
    review_attention: int = Field(
        default=60, ge=0, le=100, description="threshold.attention of the review (CP-206)."
    )
    recording_completion: Literal["immediate", "manual", "after_seconds"] = Field(
        default="immediate", description="When the video of a concluded session can be seen (CP-196, CP-199)."
    )
    recording_completion_seconds: float = Field(
        default=600, ge=0, le=10**8, description="How long the video takes after the conclusion."
    )


def settings_of(sandbox: Sandbox) -> ConstructorSettings:
    """Return what a sandbox has set for this vendor."""
    found: ConstructorSettings = sandbox.settings["constructor"]
    return found
