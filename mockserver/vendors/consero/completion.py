"""When an allocated exam counts as taken. Nobody sits the exam here, so a setting of the sandbox decides."""

from __future__ import annotations

from mockserver.store import Row
from mockserver.vendor import Call
from mockserver.vendors.consero import queries


def with_result(call: Call, invite_id: int) -> Row | None:
    """Return the allocation, completed first where its exam has ended by now; None where there is none."""
    allocation = call.db.one(queries.FIND_ALLOCATION, sandbox_id=call.sandbox.id, id=invite_id)
    settings = call.sandbox.settings["consero"]
    if allocation is None or allocation["state"] != "allocated" or settings.exam_completion == "manual":
        return allocation
    started_ms = allocation["allocated_ms"]
    lasts_ms = 0 if settings.exam_completion == "immediate" else settings.exam_completion_seconds * 1000
    if call.now_ms < started_ms + lasts_ms:
        return allocation
    call.db.run(
        queries.COMPLETE_ALLOCATION,
        sandbox_id=call.sandbox.id,
        id=invite_id,
        started_ms=started_ms,
        ended_ms=started_ms + lasts_ms,
        score=settings.exam_score,
    )
    return call.db.one(queries.FIND_ALLOCATION, sandbox_id=call.sandbox.id, id=invite_id)
