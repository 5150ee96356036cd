"""A documented error instead of the answer."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from mockserver.faults import registry
from mockserver.faults.effect import Effect, documented_answer
from mockserver.faults.rule import Rule
from mockserver.faults.unprinted import UNPRINTED
from mockserver.vendor import Call, Operation, Vendor


class Status(Rule):
    """Answer with an error that the operation documents; the operation is not carried out.

    500, 502, 503 and 504 are there for every operation: where none is documented, as a gateway answers.
    """

    fault: Literal["status"]
    code: int = Field(ge=400, le=599, description="The status of a documented error, or 500, 502, 503, 504.")
    variant: int = Field(default=1, ge=1, le=20, description="Which one, where several have this status.")

    def suits(self, vendor: Vendor, operation: Operation) -> bool:
        """Tell whether the operation can answer so."""
        documented = registry.find(vendor, operation, self.code, self.variant)
        return documented is not None or (self.code in UNPRINTED and self.variant == 1)

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the error."""
        assert call.operation is not None
        error = registry.find(vendor, call.operation, self.code, self.variant)
        answer = documented_answer(error, vendor, call) if error else UNPRINTED[self.code]
        return Effect(shown, answer=answer, delay_ms=self.delay_ms)
