"""A connection that breaks after everything was done: the client cannot know."""

from __future__ import annotations

from typing import Any, Literal

from mockserver.faults.effect import Delivery, Effect
from mockserver.faults.rule import Rule
from mockserver.vendor import Call, Vendor


class LoseAnswer(Rule):
    """Carry the operation out, then close the connection without an answer."""

    fault: Literal["lose_answer"]

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the closed connection."""
        del vendor, call
        return Effect(shown, delay_ms=self.delay_ms, delivery=Delivery.NOTHING)
