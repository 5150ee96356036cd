"""A connection that breaks before anything was done."""

from __future__ import annotations

from typing import Any, Literal

from mockserver.faults.effect import NO_ANSWER, Delivery, Effect
from mockserver.faults.rule import Rule
from mockserver.vendor import Call, Vendor


class HangUp(Rule):
    """Close the connection without an answer; the operation is not carried out."""

    fault: Literal["hang_up"]

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the closed connection."""
        del vendor, call
        return Effect(shown, answer=NO_ANSWER, delay_ms=self.delay_ms, delivery=Delivery.NOTHING)
