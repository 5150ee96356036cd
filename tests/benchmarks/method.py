"""How and where a run was made: figures mean nothing without it."""

from __future__ import annotations

import os
import platform
from pathlib import Path
from typing import Any

from mockserver.store.sqlite_file import sqlite3
from tests.benchmarks.cores import ARE_APART
from tests.benchmarks.history import commit, today


def method(*, is_pinned: bool, **options: Any) -> dict[str, Any]:
    """Return date, commit, machine and options of this run; `load` above 1 says that others were at work."""
    return {
        "date": today(),
        "commit": commit(),
        "cores": len(os.sched_getaffinity(0)),
        "pinned_apart": is_pinned and ARE_APART,
        "processor": _processor(),
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "load_before": round(os.getloadavg()[0], 2),
        **options,
    }


def _processor() -> str:
    for line in Path("/proc/cpuinfo").read_text().splitlines():
        if line.startswith("model name"):
            return line.partition(":")[2].strip()
    return platform.machine()
