"""A sandbox at a moment: what vendors' state changes with, be it by a request, an event or the clock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from pydantic import ConfigDict, Field

from mockserver.store import Connection
from mockserver.wire import WireModel

if TYPE_CHECKING:
    from mockserver.sandboxes import Sandbox
    from mockserver.vendor import Call


class DeliveryOptions(WireModel):
    """How the webhooks that an event causes shall misbehave, when a test wants it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    token: Literal["valid", "forged", "expired", "missing"] = Field(
        default="valid", description="Sign them well, with another secret, with a past expiry, or not at all."
    )
    copies: int = Field(default=1, ge=1, le=10, description="How many times the same webhook is sent.")
    delay_seconds: float = Field(
        default=0,
        ge=0,
        le=10**8,
        description="How long they are held back on the sandbox's clock, so that later ones overtake them.",
    )


AS_DOCUMENTED = DeliveryOptions.model_construct()


@dataclass(frozen=True)
class Moment:
    """One unit of work in one sandbox. `deliveries` says how the webhooks caused now shall be sent."""

    db: Connection
    sandbox: Sandbox
    now_ms: int
    random_bytes: Callable[[int], bytes]
    deliveries: DeliveryOptions = AS_DOCUMENTED


def moment_of(call: Call) -> Moment:
    """Return the moment of a request."""
    return Moment(call.db, call.sandbox, call.now_ms, call.random_bytes)
