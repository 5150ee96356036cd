"""What an explanation holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Mistake:
    """An error on the client's side: a short stable name, and one line that says what to do instead."""

    name: str
    remedy: str

    def as_json(self) -> dict[str, str]:
        """Return what `likely_mistake` shows."""
        return {"name": self.name, "remedy": self.remedy}


@dataclass(frozen=True)
class Explanation:
    """The facts of a refusal as JSON-ready values, and the mistake behind it where one was found."""

    facts: Mapping[str, Any] = field(default_factory=dict)
    likely_mistake: Mistake | None = None


def secret_of(whose: str) -> Mistake:
    """Return the mistake of signing with the secret of another sandbox."""
    return Mistake(
        "secret_of_another_sandbox",
        f"Take all credentials from the same sandbox: this secret belongs to {whose}.",
    )


def together(mistakes: Sequence[Mistake]) -> Mistake:
    """Return several mistakes, made at once, as one: `not_sorted+joined_by_ampersand`."""
    names = dict.fromkeys(mistake.name for mistake in mistakes)
    remedies = dict.fromkeys(mistake.remedy for mistake in mistakes)
    return Mistake("+".join(names), " ".join(remedies))
