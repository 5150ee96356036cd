"""An answer that cannot be parsed."""

from __future__ import annotations

import dataclasses
from typing import Any, Literal

from mockserver.faults.effect import Effect
from mockserver.faults.rule import Rule
from mockserver.vendor import Answer, Call, Vendor


class MalformedJson(Rule):
    """Answer as usual, but with a body that is no JSON; its length is stated truly."""

    fault: Literal["malformed_json"]

    def effect(self, vendor: Vendor, call: Call, shown: dict[str, Any]) -> Effect:
        """Return the damage."""
        del vendor, call
        return Effect(shown, damage=_broken, delay_ms=self.delay_ms)


def _broken(answer: Answer) -> Answer:
    body = answer.body.rstrip()[:-1] if len(answer.body) > 2 else b'{"'
    return dataclasses.replace(answer, body=body)
