"""What a sandbox can set for Constructor Proctor."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field


class ConstructorSettings(BaseModel):
    """Settings of one sandbox; each default is what the guide prints or, where it is silent, our guess."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    leeway_seconds: float = Field(
        default=0, ge=0, le=86_400, description="How long an expired token is still taken (CP-022)."
    )
    max_lifetime_seconds: float | None = Field(
        default=None,
        gt=0,
        le=10**9,
        description="How far ahead exp may lie; null: as far as it likes (CP-021, CP-022).",
    )
