"""What a sandbox can set for ProctorExam."""

from __future__ import annotations

from typing import Annotated, Literal
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, Field

from mockserver.sandboxes import Sandbox
from mockserver.webhooks.settings import WebhookSettings


def _known(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ValueError, OSError, KeyError):  # KeyError: ZoneInfoNotFoundError
        raise ValueError(f"{name!r} is no time zone: use a name such as Europe/Amsterdam or UTC") from None
    return name


class ProctorExamSettings(WebhookSettings):
    """Settings of one sandbox; each default is what the pages print or, where they are silent, our guess."""

    timestamp_tolerance_seconds: int | None = Field(
        default=300,
        ge=0,
        le=10**8,
        description="How far a timestamp may be from now, both ways (PE-065); null: not checked.",
    )
    url_ids_signed: Literal["either", "required", "never"] = Field(
        default="either",
        description="Whether the ids of the URL are part of the signed text (PE-036).",
    )
    nonce_scope: Literal["user", "sandbox"] = Field(
        default="user", description="Among whose requests a nonce must be unique (PE-060)."
    )
    accept_required: bool = Field(
        default=False,
        description="Refuse requests without Accept: application/vnd.procwise.v3 (PE-016, PE-025).",
    )
    create_status: int = Field(default=200, ge=200, le=201, description="Status of a creation (PE-013).")
    text_error_key: Literal["error", "errors", "message"] = Field(
        default="error", description="The key that holds a message printed as plain text (PE-066, PE-464)."
    )
    exam_completion: Literal["manual", "immediate", "after_seconds"] = Field(
        default="manual",
        description="Whether students start by event, or by themselves after their mail (PE-086), and when "
        "a started exam ends: by an event or a call, at once, or later (PE-091).",
    )
    exam_completion_seconds: float = Field(
        default=3600, ge=0, le=10**8, description="How long an exam takes that ends by itself."
    )
    documents_index: Literal["object", "list"] = Field(
        default="object", description="What documents.index answers under `document` (PE-149)."
    )
    time_zone: Annotated[str, AfterValidator(_known)] = Field(
        default="Europe/Amsterdam",
        description="Whose offset the times of answers carry (PE-009, PE-482).",
    )


def settings_of(sandbox: Sandbox) -> ProctorExamSettings:
    """Return what a sandbox has set for this vendor."""
    found: ProctorExamSettings = sandbox.settings["proctorexam"]
    return found
