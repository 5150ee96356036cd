"""What the user sees while a run works: one line that is rewritten on a terminal, plain lines elsewhere."""

import sys
from dataclasses import dataclass, field
from time import monotonic
from typing import TextIO

from contracts.redaction import Redactor

PLAIN_LINE_EVERY_SECONDS = 5.0


@dataclass
class Progress:
    redactor: Redactor
    stream: TextIO = field(default_factory=lambda: sys.stderr)
    quiet: bool = False
    requests: int = 0
    _shown_at: float = 0.0
    _line_open: bool = False

    def step(self, stage: str, done: int, total: int, name: str) -> None:
        """Show where the run is."""
        if self.quiet:
            return
        text = self.redactor.text(f"{stage} {done}/{total}  {self.requests} requests  {name}")
        if self.stream.isatty():
            self.stream.write(f"\r\x1b[K{text[:100]}")
            self._line_open = True
        elif done == total or monotonic() - self._shown_at >= PLAIN_LINE_EVERY_SECONDS:
            self._shown_at = monotonic()
            self.stream.write(text + "\n")
        self.stream.flush()

    def say(self, text: str) -> None:
        """Print a sentence of its own."""
        if self.quiet:
            return
        self.close()
        self.stream.write(self.redactor.text(text) + "\n")
        self.stream.flush()

    def close(self) -> None:
        if self._line_open:
            self.stream.write("\r\x1b[K")
            self._line_open = False
