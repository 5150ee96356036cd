"""The one door to the machine's time and randomness, and the clock of a sandbox.

Everything else gets time, ids and random text as arguments: that is what makes a frozen or shifted
sandbox clock true for nonce memory, timestamp window, token expiry, exam states and `Date` alike.
Times inside the server are whole milliseconds since 1970 (UTC); `_at` names an aware `datetime`.
"""

from __future__ import annotations

import secrets
import time
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import formatdate
from functools import lru_cache
from typing import Any, Literal

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LATEST_MS = 253_402_300_799_999  # 9999-12-31T23:59:59.999Z, the last moment a datetime can hold


class Machine:
    """The machine's own time and randomness; tests hand in another one."""

    def now_ms(self) -> int:
        """Return the machine's time in milliseconds since 1970."""
        return time.time_ns() // 1_000_000

    def elapsed_seconds(self) -> float:
        """Return a monotonic reading in seconds, meaningful only as a difference."""
        return time.monotonic()

    def random_bytes(self, count: int) -> bytes:
        """Return `count` unpredictable bytes."""
        return secrets.token_bytes(count)


@dataclass(frozen=True)
class Clock:
    """The clock of one sandbox: `real`, `frozen` at a moment, or `shifted` by an offset."""

    mode: Literal["real", "frozen", "shifted"] = "real"
    at_ms: int = 0
    offset_ms: int = 0

    def now_ms(self, machine_ms: int) -> int:
        """Return the sandbox's time, given the machine's; both in milliseconds."""
        if self.mode == "real":
            return machine_ms
        if self.mode == "frozen":
            return self.at_ms
        return max(0, min(machine_ms + self.offset_ms, LATEST_MS))

    def advanced(self, seconds: float, machine_ms: int) -> Clock:
        """Return this clock moved by `seconds` (negative: back); a real clock becomes a shifted one."""
        step_ms = round(seconds * 1000)
        target_ms = self.now_ms(machine_ms) + step_ms
        if not 0 <= target_ms <= LATEST_MS:
            raise ValueError("the clock cannot leave the years 1970 to 9999")
        if self.mode == "frozen":
            return Clock("frozen", at_ms=self.at_ms + step_ms)
        return Clock("shifted", offset_ms=self.offset_ms + step_ms)

    def as_json(self) -> dict[str, Any]:
        """Return what `GET …/clock` shows besides `now`."""
        if self.mode == "frozen":
            return {"mode": "frozen", "at": iso(self.at_ms)}
        if self.mode == "shifted":
            return {"mode": "shifted", "offset_seconds": self.offset_ms / 1000}
        return {"mode": "real"}


def as_datetime(ms: int) -> datetime:
    """Return milliseconds since 1970 as an aware UTC datetime."""
    return EPOCH + timedelta(milliseconds=ms)


def as_ms(at: datetime) -> int:
    """Return an aware datetime as milliseconds since 1970."""
    return (at - EPOCH) // timedelta(milliseconds=1)


def iso(ms: int) -> str:
    """Return e.g. `2026-11-21T09:30:00.125Z`; what is due behind the end of every clock, at that end."""
    return as_datetime(min(ms, LATEST_MS)).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def http_date(ms: int) -> str:
    """Return the `Date` header of a moment, e.g. `Sat, 21 Nov 2026 09:30:00 GMT`."""
    return _dated(ms // 1000)


@lru_cache(maxsize=64)  # thousands of answers leave within a second
def _dated(seconds: int) -> str:
    return formatdate(seconds, usegmt=True)
