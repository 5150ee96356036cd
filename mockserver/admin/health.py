"""Is the server there (liveness), and can it do its work (readiness)?

They are apart on purpose: a database that is away for a minute is no reason to end the process.
"""

from __future__ import annotations

from pydantic import BaseModel

from mockserver import __version__
from mockserver.admin.control import Controls, Desk, Errand
from mockserver.admin.problem import AdminProblem
from mockserver.errors import StoreUnavailable
from mockserver.store import Statement

controls = Controls()
_WRITE = Statement("UPDATE building SET running_ms = running_ms")  # a write, and nothing is other than before


class Health(BaseModel):
    """That the process answers."""

    status: str
    version: str
    uptime_seconds: float
    store: str


class Readiness(BaseModel):
    """That requests can be served."""

    status: str
    store: str


@controls.add("GET", "/health", "health.show")
async def show(errand: Errand) -> Health:
    """Tell that the process answers, its version, and how long it has been up; the store is not asked."""
    return Health(
        status="ok",
        version=__version__,
        uptime_seconds=round(errand.uptime_seconds, 3),
        store=errand.house.store.name,
    )


@controls.add("GET", "/ready", "ready.show", problems=(503,))
async def ready(errand: Errand) -> Readiness:
    """Tell whether requests can be served: the store takes a write, and upkeep and webhooks are at work."""
    stopped = errand.stopped()
    if stopped:
        raise AdminProblem(
            503, f"Not ready: stopped for good: {', '.join(stopped)}. The log says why; restart it."
        )
    try:
        await errand.at_desk(_write)
    except StoreUnavailable as problem:
        reason = problem.__cause__ or "nobody says why"
        raise AdminProblem(503, f"Not ready: the store cannot be written ({reason}).") from None
    return Readiness(status="ready", store=errand.house.store.name)


def _write(desk: Desk) -> None:
    desk.db.put(_WRITE)
