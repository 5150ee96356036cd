"""What errors on demand do to a call."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

from mockserver.errors import VendorRefusal
from mockserver.vendor import Answer, Call, DocumentedError, Vendor

NO_ANSWER = Answer(0)  # stands in the journal for a connection that was closed instead


class Delivery(Enum):
    """How much of an answer reaches the caller before the connection closes."""

    WHOLE = "whole"
    HALF = "half"
    NOTHING = "nothing"


@dataclass(frozen=True)
class Effect:
    """What is done to one call.

    `answer` stands in for the operation, which is then not carried out. `damage` changes whatever answer
    there is. `shown` goes into the journal: `by` says what demanded it.
    """

    shown: Mapping[str, Any]
    answer: Answer | None = None
    damage: Callable[[Answer], Answer] | None = None
    delay_ms: int = 0
    delivery: Delivery = Delivery.WHOLE


def documented_answer(error: DocumentedError, vendor: Vendor, call: Call) -> Answer:
    """Return a documented error as the vendor answers it, settings of the sandbox included."""
    if error.content_type != "application/json":
        return Answer(error.status, str(error.body).encode(), error.content_type, error.headers)
    refusal = VendorRefusal(error.status, error.body, error.statements, error.headers)
    return vendor.phrase(refusal, call)
