"""What must hold, whatever happens: told of every request and answer, it says what is wrong."""

from __future__ import annotations

from dataclasses import dataclass, field

DAY_MS = 24 * 60 * 60 * 1000


class Violation(AssertionError):
    """Something happened that must not."""


@dataclass(frozen=True)
class Sent:
    """A signed creation as it was sent."""

    name: str
    nonce: str
    request: tuple[str, str, tuple[tuple[str, str], ...], bytes]


@dataclass(frozen=True)
class Use:
    """A nonce that was let in: when, on the sandbox's clock and on the server's own running time."""

    at_ms: int
    running_ms: int


@dataclass
class Model:
    """A nonce is good once while it is remembered; what was acknowledged is there, nothing else is."""

    uses: dict[str, Use] = field(default_factory=dict)
    latest_ms: int = 0
    there: set[str] = field(default_factory=set)
    unsure: set[str] = field(default_factory=set)

    def clock_shows(self, now_ms: int) -> None:
        """Note the sandbox's time: what may be forgotten depends on how far it ever went."""
        self.latest_ms = max(self.latest_ms, now_ms)

    def answered(self, sent: Sent, status: int, *, now_ms: int, running_ms: int, may_fail: bool) -> None:
        """Judge an answer.

        Raises:
            Violation: it must not be.
        """
        if status not in (200, 403, 422) and not (status == 503 and may_fail):
            raise Violation(f"{sent.name} was answered {status}")
        if status != 200:
            return
        use = self.uses.get(sent.nonce)
        if use is not None and not self._may_be_forgotten(use, now_ms, running_ms):
            raise Violation(f"nonce {sent.nonce} was let in at {use.at_ms} and again at {now_ms}")
        self.uses[sent.nonce] = Use(now_ms, running_ms)
        self.there.add(sent.name)
        self.unsure.discard(sent.name)

    def unanswered(self, sent: Sent) -> None:
        """The server died: stored or not."""
        if sent.name not in self.there:
            self.unsure.add(sent.name)

    def listed(self, names: set[str]) -> None:
        """Judge what the server says is there; what was unsure is settled by it.

        Raises:
            Violation: an acknowledged row is missing, or a refused one is there.
        """
        if missing := self.there - names:
            raise Violation(f"acknowledged and not there: {sorted(missing)}")
        if extra := names - self.there - self.unsure:
            raise Violation(f"there and never acknowledged: {sorted(extra)}")
        self.there |= self.unsure & names
        self.unsure.clear()

    def _may_be_forgotten(self, use: Use, now_ms: int, running_ms: int) -> bool:
        """A day on the sandbox's clock; where that jumps about, a day of running time as well."""
        if now_ms >= use.at_ms + DAY_MS:
            return True
        return running_ms >= use.running_ms + DAY_MS and self.latest_ms >= use.at_ms + DAY_MS
