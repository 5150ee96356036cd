"""Durations as people write them."""

from __future__ import annotations

import pytest

from mockserver.client.duration import read_seconds
from mockserver.errors import UsageError


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("90", 90),
        ("1.5s", 1.5),
        ("250ms", 0.25),
        ("10m", 600),
        ("25 h", 90_000),
        ("-2d", -172_800),
        ("+1", 1),
    ],
)
def test_durations(text: str, seconds: float) -> None:
    assert read_seconds(text) == pytest.approx(seconds)


@pytest.mark.parametrize("text", ["", "h", "1w", "1h30m", "١s", "1e3", "--1", "soon"])
def test_what_is_none_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="is no duration"):
        read_seconds(text)
