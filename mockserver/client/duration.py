"""Durations as people write them: `90`, `1.5s`, `10m`, `25h`, `2d`."""

from __future__ import annotations

import re

from mockserver.errors import UsageError

_SECONDS = {"": 1.0, "ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86_400.0}
_DURATION = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?) ?(ms|s|m|h|d|)", re.ASCII)


def read_seconds(text: str) -> float:
    """Return a duration in seconds.

    Raises:
        UsageError: it is none.
    """
    match = _DURATION.fullmatch(text.strip())
    if match is None:
        raise UsageError(f"{text!r} is no duration: write seconds, or a number with ms, s, m, h or d")
    return float(match[1]) * _SECONDS[match[2]]
