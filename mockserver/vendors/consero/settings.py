"""What a sandbox can set for Consero."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from mockserver.access.address import read_network
from mockserver.sandboxes import Sandbox


def _checked(entry: str) -> str:
    return str(read_network(entry))


class ConseroSettings(BaseModel):
    """Settings of one sandbox; each default is what the pages print or, where they are silent, our guess."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    allowed_networks: list[Annotated[str, AfterValidator(_checked)]] = Field(
        default=["127.0.0.1/32", "::1/128"],
        max_length=1_000,
        description="Addresses and networks that may call (CO-010). An empty list allows nobody.",
    )
    address_refusal_status: int = Field(
        default=403, ge=400, le=499, description="Status for a caller outside of them (CO-018, inferred)."
    )
    address_refusal_message: str = Field(
        default="Your IP address is not allowed.",
        max_length=500,
        description="Message for a caller outside of them (CO-018, inferred).",
    )
    validation_envelope: Literal["laravel", "success"] = Field(
        default="laravel",
        description="Body of a 422: Laravel's own (CO-074) or wrapped in success: false (CO-087).",
    )
    unknown_examination: Literal["invalid", "error"] = Field(
        default="invalid",
        description="Allocating to an unknown examination: 422 (CO-090) or the documented 500 (CO-048).",
    )
    repeated_allocation: Literal["same_invite", "new_invite"] = Field(
        default="same_invite",
        description="What allocating a candidate again to the same examination gives (CO-049, inferred).",
    )
    exam_completion: Literal["manual", "immediate", "after_seconds"] = Field(
        default="manual",
        description="When an allocated exam counts as taken: by event, at once, after a while (CO-072).",
    )
    exam_completion_seconds: int = Field(
        default=3600, ge=0, le=10**8, description="How long an exam takes that ends by itself."
    )
    exam_score: float = Field(
        default=74, ge=0, le=100, description="Score of an exam that ends by itself (CO-065)."
    )


def settings_of(sandbox: Sandbox) -> ConseroSettings:
    """Return what a sandbox has set for this vendor."""
    found: ConseroSettings = sandbox.settings["consero"]
    return found
