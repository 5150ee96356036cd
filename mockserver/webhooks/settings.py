"""Settings that every vendor with webhooks has."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationInfo

from mockserver.webhooks.targets import check_host, read_target


def _checked(url: str, info: ValidationInfo) -> str:
    """Refuse a target as soon as it is set, where the server's settings are at hand (else when sending)."""
    target = read_target(url)
    allowed_hosts = (info.context or {}).get("webhook_hosts")
    if allowed_hosts is not None:
        check_host(target, allowed_hosts)
    return url


WebhookUrl = Annotated[str, AfterValidator(_checked)]


class WebhookSettings(BaseModel):
    """How webhooks are sent; the vendors print nothing about it, so all of it is our guess."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    webhook_retry_seconds: list[Annotated[float, Field(ge=0, le=10**8)]] = Field(
        default=[10, 60, 300, 1800, 7200],
        max_length=20,
        description="Pauses before each further attempt, on the sandbox's clock. Empty: one attempt only.",
    )
    webhook_timeout_seconds: float = Field(
        default=10, gt=0, le=60, description="How long a receiver may take, in real time."
    )
