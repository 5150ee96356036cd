"""The time a run signs with: the machine's, moved along when a sandbox's clock is moved."""

from dataclasses import dataclass
from time import time


@dataclass
class RunClock:
    offset_seconds: float = 0.0

    def now(self) -> float:
        """Seconds since 1970."""
        return time() + self.offset_seconds

    def now_ms(self) -> int:
        return int(self.now() * 1000)
