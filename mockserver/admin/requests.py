"""The journal: what a sandbox was asked, what it answered, and why it refused."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query

from mockserver import journal
from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.store import Statement

controls = Controls()

_COLUMNS = "number, at_ms, vendor, operation, method, path, status, refused_by, entry"
_LIST = Statement(
    f"SELECT {_COLUMNS} FROM journal WHERE sandbox_id = :sandbox_id ORDER BY number DESC LIMIT :most"  # noqa: S608 - no values
)
_SHOW = Statement(
    f"SELECT {_COLUMNS} FROM journal WHERE sandbox_id = :sandbox_id AND number = :number"  # noqa: S608 - no values
)
_CLEAR = Statement("DELETE FROM journal WHERE sandbox_id = :sandbox_id")


@controls.add("GET", "/sandboxes/{sandbox_id}/requests", "requests.list", problems=(404,))
def list_requests(
    desk: Desk, sandbox_id: str, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[dict[str, Any]]:
    """List the newest requests first."""
    rows = desk.db.all(_LIST, sandbox_id=desk.sandbox(sandbox_id).id, most=limit)
    return [journal.as_json(row) for row in rows]


@controls.add("GET", "/sandboxes/{sandbox_id}/requests/{request_id}", "requests.show", problems=(404,))
def show(desk: Desk, sandbox_id: str, request_id: str) -> dict[str, Any]:
    """Show one request with its explanation."""
    sandbox = desk.sandbox(sandbox_id)
    number = journal.number_of(request_id)
    row = None if number is None else desk.db.one(_SHOW, sandbox_id=sandbox.id, number=number)
    if row is None:
        raise AdminProblem(404, f"There is no request {request_id!r} in this sandbox (any more).")
    return journal.as_json(row)


@controls.add("DELETE", "/sandboxes/{sandbox_id}/requests", "requests.clear", status=204, problems=(404,))
def clear(desk: Desk, sandbox_id: str) -> None:
    """Empty the journal."""
    desk.db.run(_CLEAR, sandbox_id=desk.sandbox(sandbox_id).id)
