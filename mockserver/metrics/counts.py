"""Answers counted by what they were: how many, how long altogether, and how many within each bound."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

BOUNDS_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0)

Key = tuple[str, str | None, int, str | None]
"""Vendor, operation (None: no such path), status, and the check that refused (None: none did)."""
Row = Sequence[float]
"""The seconds of all answers, then how many fell below each bound and above the one before, then the rest."""


class Counts:
    """The answers of one process since its start; keys are few, whatever callers send."""

    def __init__(self) -> None:
        self._rows: dict[Key, list[float]] = {}

    def add(
        self, vendor: str, operation: str | None, status: int, refused_by: str | None, seconds: float
    ) -> None:
        """Count one answer."""
        key = (vendor, operation, status, refused_by)
        row = self._rows.get(key)
        if row is None:
            row = self._rows[key] = [0.0] * (len(BOUNDS_SECONDS) + 2)
        row[0] += seconds
        row[1 + bisect_left(BOUNDS_SECONDS, seconds)] += 1

    def rows(self) -> list[tuple[Key, Row]]:
        """Return what was counted so far."""
        return list(self._rows.items())


def added_up(rows: Iterable[tuple[Key, Row]]) -> dict[Key, Row]:
    """Return one row for each key."""
    found: dict[Key, Row] = {}
    for key, row in rows:
        before = found.get(key)
        found[key] = (
            row if before is None else [mine + other for mine, other in zip(before, row, strict=True)]
        )
    return found
