"""An answer that claims to be something else."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from mockserver.faults.effect import Effect
from mockserver.faults.rule import Rule
from mockserver.vendor import Answer, Call, Vendor


class WrongContentType(Rule):
    """Answer as usual, but with the content type of a web page."""

    fault: Literal["wrong_content_type"]

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the damage."""
        del vendor, call
        return Effect(shown, damage=_as_page, delay_ms=self.delay_ms)


def _as_page(answer: Answer) -> Answer:
    return dataclasses.replace(answer, content_type="text/html; charset=utf-8")
