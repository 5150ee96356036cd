"""The examples of Consero's page: they exist after a fresh start."""

from __future__ import annotations

from datetime import UTC, datetime

from mockserver.clock import as_ms
from mockserver.credentials import url_safe
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection
from mockserver.store.ids import continue_after
from mockserver.vendors.consero import queries
from mockserver.vendors.consero.allocations import allocate

EXAMINATION_ID = 119  # CO-028
INVITE_ID = 142  # CO-041
EMAIL = "arjun.mehta@company.io"
STARTED_MS = as_ms(datetime(2024, 7, 15, 9, 2, 14, tzinfo=UTC))  # CO-067
ENDED_MS = as_ms(datetime(2024, 7, 15, 10, 24, 8, tzinfo=UTC))


def fill(db: Connection, sandbox: Sandbox, now_ms: int) -> None:
    """Add the examination 119 and the invite 142, taken in July 2024 with 74 of 100."""
    del now_ms
    sandbox_id = sandbox.id
    db.put(queries.ADD_EXAMINATION, sandbox_id=sandbox_id, id=EXAMINATION_ID, name="Technology - Email Test")
    allocate(
        db,
        sandbox_id,
        invite_id=INVITE_ID,
        examination_id=EXAMINATION_ID,
        email=EMAIL,
        # The page prints the first four characters (CO-042); the rest differs from sandbox to sandbox.
        invite_token="A3bk" + url_safe(sandbox.derive("consero/invite/142"), 28),
        now_ms=STARTED_MS,
    )
    db.put(
        queries.COMPLETE_ALLOCATION,
        sandbox_id=sandbox_id,
        id=INVITE_ID,
        started_ms=STARTED_MS,
        ended_ms=ENDED_MS,
        score=74,
    )
    continue_after(db, sandbox_id, "consero_allocation", INVITE_ID)
    continue_after(db, sandbox_id, "consero_examination", EXAMINATION_ID)
