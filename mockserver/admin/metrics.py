"""Figures for Prometheus: `GET /__admin/metrics`, and the same at `/metrics`."""

from __future__ import annotations

from starlette.responses import Response

from mockserver import __version__
from mockserver.admin.control import Controls, Desk, Errand
from mockserver.errors import StoreUnavailable
from mockserver.metrics.page import MEDIA_TYPE, page
from mockserver.store import Statement

controls = Controls()

MOST = 100_000  # counting ten million rows would hold up requests for a second
_HELD = {
    "mockserver_nonces_held": (
        f"Nonces remembered, counted up to {MOST}.",
        Statement("SELECT COUNT(*) AS held FROM (SELECT nonce FROM nonce LIMIT :most) AS counted"),
    ),
    "mockserver_journal_entries": (
        f"Requests in the journals of all sandboxes, counted up to {MOST}.",
        Statement("SELECT COUNT(*) AS held FROM (SELECT number FROM journal LIMIT :most) AS counted"),
    ),
    "mockserver_deliveries_pending": (
        f"Webhooks waiting or being sent, counted up to {MOST}.",
        Statement(
            """
            SELECT COUNT(*) AS held FROM (
                SELECT number FROM delivery WHERE state IN ('waiting', 'sending') LIMIT :most
            ) AS counted
            """
        ),
    ),
}


@controls.add("GET", "/metrics", "metrics.show", media_type="text/plain")
async def show(errand: Errand) -> Response:
    """Show what all workers of the server counted, in the text format of Prometheus."""
    house = errand.house
    gauges: dict[str, tuple[str, float]] = {
        "mockserver_uptime_seconds": ("How long this process has been up.", errand.uptime_seconds),
        "mockserver_store_waiting": (
            "Requests of this process that wait for their unit of work.",
            house.store.waiting,
        ),
    }
    try:
        held = await errand.at_desk(_held)
    except StoreUnavailable:
        held = {}
    gauges["mockserver_store_up"] = ("Whether the store answers.", bool(held))
    info = {"version": __version__, "store": house.store.name}
    return Response(page(house.witness.rows(), {**gauges, **held}, info), media_type=MEDIA_TYPE)


def _held(desk: Desk) -> dict[str, tuple[str, float]]:
    found = {}
    for name, (meaning, statement) in _HELD.items():
        row = desk.db.one(statement, most=MOST)
        assert row is not None
        found[name] = (meaning, float(row["held"]))
    return found
