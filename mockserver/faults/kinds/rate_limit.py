"""Too many calls."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from pydantic import Field

from mockserver.faults import registry
from mockserver.faults.effect import Effect, documented_answer
from mockserver.faults.rule import Rule
from mockserver.faults.unprinted import TOO_MANY_REQUESTS
from mockserver.vendor import Call, Vendor


class RateLimit(Rule):
    """Answer 429 with Retry-After: in the vendor's words where there are any, else as a gateway would."""

    fault: Literal["rate_limit"]
    retry_after: int = Field(default=1, ge=0, le=86_400, description="Seconds in the header Retry-After.")

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the refusal."""
        assert call.operation is not None
        error = registry.find(vendor, call.operation, 429)
        answer = documented_answer(error, vendor, call) if error else TOO_MANY_REQUESTS
        headers = (
            *((name, value) for name, value in answer.headers if name.lower() != "retry-after"),
            ("Retry-After", str(self.retry_after)),
        )
        return Effect(shown, answer=dataclasses.replace(answer, headers=headers), delay_ms=self.delay_ms)
