"""What `mockserver doctor` looks at: this machine, and the server."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at. `note` may matter, `bad` keeps something from working."""

    name: str
    level: Literal["ok", "note", "bad"]
    text: str
