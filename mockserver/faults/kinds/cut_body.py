"""An answer that ends too early."""

from __future__ import annotations

from typing import Any, Literal

from mockserver.faults.effect import Delivery, Effect
from mockserver.faults.rule import Rule
from mockserver.vendor import Call, Vendor


class CutBody(Rule):
    """Answer as usual, but close the connection in the middle of the body."""

    fault: Literal["cut_body"]

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the half answer."""
        del vendor, call
        return Effect(shown, delay_ms=self.delay_ms, delivery=Delivery.HALF)
