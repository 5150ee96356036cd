"""How servers are run for the attacks, and which cases each of them is tried with."""

from __future__ import annotations

import os
from collections.abc import Sequence

from attack.case import Case

COMBINATIONS = {  # store, workers, parser
    "sqlite-1-httptools": ("sqlite", "1", "httptools"),
    "sqlite-1-h11": ("sqlite", "1", "h11"),
    "sqlite-4-httptools": ("sqlite", "4", "httptools"),
    "sqlite-4-h11": ("sqlite", "4", "h11"),
    "postgresql-1-httptools": ("postgresql", "1", "httptools"),
    "postgresql-1-h11": ("postgresql", "1", "h11"),
    "postgresql-4-httptools": ("postgresql", "4", "httptools"),
    "postgresql-4-h11": ("postgresql", "4", "h11"),
}
USUAL, *OTHERS = COMBINATIONS
EVERY_ONE = os.environ.get("MOCKSERVER_TEST_ATTACKS") == "all"


def tried(cases: Sequence[Case]) -> list[tuple[str, Case]]:
    """Return which case is tried on which combination.

    Every case is tried on the usual one. The others take turns: each case is tried on one of them, and each
    of them is tried with every seventh case. `MOCKSERVER_TEST_ATTACKS=all` tries every case everywhere.
    """
    if EVERY_ONE:
        return [(combination, case) for combination in COMBINATIONS for case in cases]
    turns = [(name, case) for turn, name in enumerate(OTHERS) for case in cases[turn :: len(OTHERS)]]
    return [*((USUAL, case) for case in cases), *turns]
