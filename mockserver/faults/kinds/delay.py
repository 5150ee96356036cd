"""A slow answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from mockserver.faults.effect import Effect
from mockserver.faults.rule import MAX_DELAY_MS, Rule
from mockserver.vendor import Call, Vendor


class Delay(Rule):
    """Answer as usual, but later."""

    fault: Literal["delay"]
    delay_ms: int = Field(ge=1, le=MAX_DELAY_MS, description="Wait so long before answering, in real time.")

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the wait."""
        del vendor, call
        return Effect(shown, delay_ms=self.delay_ms)
