"""When an allocated exam counts as taken by itself, without anybody who sits it: a setting decides."""

from __future__ import annotations

from mockserver.store import Row
from mockserver.vendor import Call
from mockserver.vendors.consero import queries
from mockserver.vendors.consero.settings import settings_of


def with_result(call: Call, invite_id: int) -> Row | None:
    """Return the allocation, completed first where its exam has ended by now; None where there is none."""
    allocation = call.db.one(queries.FIND_ALLOCATION, sandbox_id=call.sandbox.id, id=invite_id)
    settings = settings_of(call.sandbox)
    if allocation is None or settings.exam_completion == "manual":
        return allocation
    if allocation["state"] not in ("allocated", "started"):
        return allocation
    started_ms = allocation["allocated_ms"] if allocation["started_ms"] is None else allocation["started_ms"]
    lasts_ms = 0 if settings.exam_completion == "immediate" else settings.exam_completion_seconds * 1000
    if call.now_ms < started_ms + lasts_ms:
        return allocation
    call.db.put(
        queries.COMPLETE_ALLOCATION,
        sandbox_id=call.sandbox.id,
        id=invite_id,
        started_ms=started_ms,
        ended_ms=started_ms + lasts_ms,
        score=settings.exam_score,
    )
    return call.db.one(queries.FIND_ALLOCATION, sandbox_id=call.sandbox.id, id=invite_id)
