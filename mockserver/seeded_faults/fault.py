"""A seeded fault: one behaviour of the server made wrong, and the statements that it breaks."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Fault:
    """`statements` are broken by it, each of them; `operations` are where that shows (empty: anywhere)."""

    id: str
    vendor: str
    statements: tuple[str, ...]
    operations: tuple[str, ...]
    sentence: str
    switch_on: Callable[[], None]

    def facts(self) -> dict[str, Any]:
        """Return what a harness has to know of it."""
        return {
            "id": self.id,
            "vendor": self.vendor,
            "statements": list(self.statements),
            "operations": list(self.operations),
            "sentence": self.sentence,
        }


class Faults(list[Fault]):
    """The faults of one vendor, filled by a decorator at the function that switches one on."""

    def __init__(self, vendor: str, *parts: list[Fault]) -> None:
        super().__init__(fault for part in parts for fault in part)
        self._vendor = vendor

    def add(
        self, name: str, *, breaks: str, at: str = ""
    ) -> Callable[[Callable[[], None]], Callable[[], None]]:
        """Declare the decorated function; `breaks` are statements, `at` operations, separated by blanks."""

        def declare(switch_on: Callable[[], None]) -> Callable[[], None]:
            sentence = (inspect.getdoc(switch_on) or "").partition("\n")[0]
            self.append(
                Fault(
                    f"{self._vendor}.{name}",
                    self._vendor,
                    tuple(breaks.split()),
                    tuple(at.split()),
                    sentence,
                    switch_on,
                )
            )
            return switch_on

        return declare
