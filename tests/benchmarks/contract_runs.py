"""How long `contracts run` takes against our own server: vendor by vendor, and all at the same time."""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from tests.benchmarks.process import Server, free_port, running
from tests.benchmarks.subjects import serve_command

VENDORS = ("consero", "proctorexam", "constructor")
PROFILE = "full"


def measure() -> dict[str, Any]:
    """Return the seconds of each run; nothing is pinned, server and harness share the cores."""
    with tempfile.TemporaryDirectory() as folder:
        port = free_port()
        command = serve_command(f"sqlite:///{folder}/contracts.db", port)
        with running(command, port=port, folder=Path(folder), core=None) as server:
            alone = {vendor: _seconds(server, vendor, folder) for vendor in VENDORS}
            together = _seconds(server, "all", folder)
    one_after_the_other = round(sum(alone.values()), 1)
    return {
        "alone_seconds": alone,
        "one_after_the_other_seconds": one_after_the_other,
        "together_seconds": together,
        "gain": round(one_after_the_other / together, 2),
    }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    alone = ", ".join(f"{vendor} {seconds} s" for vendor, seconds in result["alone_seconds"].items())
    return (
        f"profile {PROFILE}: {alone}; one after the other {result['one_after_the_other_seconds']} s, "
        f"at the same time {result['together_seconds']} s"
    )


def _seconds(server: Server, vendor: str, folder: str) -> float:
    command = [sys.executable, "-m", "contracts", "run", "--vendor", vendor, "--profile", PROFILE, "--quiet"]
    command += ["--admin-url", f"{server.url}/__admin", "--out", folder, "--report", "json"]
    began = time.perf_counter()
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(
            f"contracts run --vendor {vendor} ended with {done.returncode}: {done.stdout[-2000:]}"
        )
    return round(time.perf_counter() - began, 1)
