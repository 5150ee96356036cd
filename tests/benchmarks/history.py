"""Ratios of earlier runs, one line each, and which of them became worse.

`history.jsonl`: date, commit, method, ratios (the medians), and a note where one became worse.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tests.benchmarks.process import ROOT

HISTORY = Path(__file__).with_name("history.jsonl")
TOLERATED = 0.15


@dataclass(frozen=True)
class Worsened:
    """A ratio that became worse by more than is tolerated; `share` says by how much of its former value."""

    name: str
    before: float
    now: float
    share: float

    def __str__(self) -> str:
        return f"{self.name}: {self.before} before, {self.now} now ({self.share:.0%} worse)"


def worsened(before: Mapping[str, Mapping[str, Any]], now: Mapping[str, Mapping[str, Any]]) -> list[Worsened]:
    """Return what became worse; a ratio that only one run has is not judged."""
    found = []
    for name in before.keys() & now.keys():
        old, new = before[name]["median"], now[name]["median"]
        if old <= 0 or new <= 0:
            continue
        # both ways round the loss is a share of the former speed
        share = 1 - new / old if now[name]["more_is_better"] else 1 - old / new
        if share > TOLERATED:
            found.append(Worsened(name, old, new, round(share, 4)))
    return sorted(found, key=lambda one: one.name)


def last(file: Path = HISTORY) -> dict[str, Any] | None:
    """Return the last recorded run, None before the first one."""
    lines = file.read_text("utf-8").splitlines() if file.exists() else []
    return json.loads(lines[-1]) if lines else None


def record(
    ratios: Mapping[str, Any], method: Mapping[str, Any], *, note: str | None, file: Path = HISTORY
) -> list[Worsened]:
    """Append this run; return what became worse, and write nothing when that has no note."""
    before = last(file)
    worse = worsened(before["ratios"], ratios) if before else []
    if worse and not note:
        return worse
    line = {"date": today(), "commit": commit(), "method": method, "ratios": ratios, "note": note}
    with file.open("a", encoding="utf-8") as history:
        history.write(json.dumps(line) + "\n")
    return []


def today() -> str:
    """Return the date, UTC."""
    return datetime.now(UTC).date().isoformat()


def commit() -> str:
    """Return the commit that is measured, with a plus sign where files differ from it."""
    command = ["git", "-C", str(ROOT), "describe", "--always", "--dirty=+", "--abbrev=10"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"
