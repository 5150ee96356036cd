"""How servers are run for the attacks."""

from __future__ import annotations

import os

# store, workers, parser, and which share of the cases is tried: 1 is all of them, 9 every ninth.
COMBINATIONS = {
    "sqlite-1-httptools": ("sqlite", "1", "httptools", 1),
    "sqlite-1-h11": ("sqlite", "1", "h11", 9),
    "sqlite-4-httptools": ("sqlite", "4", "httptools", 9),
    "sqlite-4-h11": ("sqlite", "4", "h11", 23),
    "postgresql-1-httptools": ("postgresql", "1", "httptools", 9),
    "postgresql-1-h11": ("postgresql", "1", "h11", 23),
    "postgresql-4-httptools": ("postgresql", "4", "httptools", 23),
    "postgresql-4-h11": ("postgresql", "4", "h11", 9),
}
ALL_CASES = os.environ.get("MOCKSERVER_TEST_ATTACKS") == "all"
USUAL = ("sqlite-1-httptools", "sqlite-1-h11", "sqlite-4-httptools")
TRIED = tuple(COMBINATIONS) if ALL_CASES else USUAL


def share(combination: str) -> int:
    """Return that share; `MOCKSERVER_TEST_ATTACKS=all` tries every case with every combination."""
    return 1 if ALL_CASES else COMBINATIONS[combination][3]
