"""Whether a server that has answered for long holds more memory than one that has just warmed up."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.benchmarks.compare import started, turn
from tests.benchmarks.subjects import OURS

LOADS = ("institutes.create", "exams.upsert", "candidates.allocate", "examinations.list")
TURN_SECONDS = 2
WARM_SHARE = 0.2  # the journal has reached its cap by then, and every path was taken


def measure(*, requests: int, connections: int) -> dict[str, Any]:
    """Return the resident memory along the way."""
    with tempfile.TemporaryDirectory() as folder, started(OURS, Path(folder)) as server:
        samples = [{"requests": 0, "mb": round(server.memory_mb(), 1)}]
        answered = refused = number = 0
        while answered < requests:
            load = LOADS[number % len(LOADS)]
            figures, _ = turn(OURS, load, server, seconds=TURN_SECONDS, connections=connections)
            number += 1
            answered += figures.requests
            refused += figures.refused
            samples.append({"requests": answered, "mb": round(server.memory_mb(), 1)})
            print(f"{answered:,} requests: {samples[-1]['mb']} MB", file=sys.stderr)
    warm = next(one for one in samples if one["requests"] >= WARM_SHARE * requests)
    return {
        "requests": answered,
        "refused": refused,
        "idle_mb": samples[0]["mb"],
        "warm_mb": warm["mb"],
        "end_mb": samples[-1]["mb"],
        "growth": round(samples[-1]["mb"] / warm["mb"], 3),
        "samples": samples,
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    return (
        f"{result['requests']:,} requests, {result['refused']} refused: {result['idle_mb']} MB idle, "
        f"{result['warm_mb']} MB after a fifth of them, {result['end_mb']} MB at the end"
    )
