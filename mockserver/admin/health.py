"""Is the server there, and does its store answer?"""

from __future__ import annotations

from typing import Any

from mockserver import __version__
from mockserver.admin.control import Controls, Desk
from mockserver.store import Statement

controls = Controls()
_ASK = Statement("SELECT schema_version FROM building")


@controls.add("GET", "/health", "health.show")
def show(desk: Desk) -> dict[str, Any]:
    """Tell that the server answers, its version, and how long it has been up."""
    row = desk.db.one(_ASK)
    return {
        "status": "ok" if row else "store empty",
        "version": __version__,
        "uptime_seconds": round(desk.uptime_seconds, 3),
        "store": desk.house.store.name,
    }
