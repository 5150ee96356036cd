"""The journal: what a sandbox was asked, what it answered, and why it refused."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field
from starlette.responses import StreamingResponse

from mockserver import har, journal, journal_search, replay
from mockserver.admin.control import Controls, Desk, Errand
from mockserver.admin.entry import Archive, ShownEntry
from mockserver.admin.live import EVENT_STREAM, follow
from mockserver.admin.problem import AdminProblem
from mockserver.errors import UsageError
from mockserver.journal_search import CountedRequests, RequestFilter
from mockserver.signing.wish import SignedRequest
from mockserver.store import Statement

controls = Controls()
PATH = "/sandboxes/{sandbox_id}/requests"

_SHOW = Statement(
    f"SELECT {journal.COLUMNS} FROM journal WHERE sandbox_id = :sandbox_id AND number = :number"  # noqa: S608 - no values
)
_CLEAR = Statement("DELETE FROM journal WHERE sandbox_id = :sandbox_id")


class ListedRequests(RequestFilter):
    """Which entries are listed."""

    limit: int = Field(default=100, ge=1, le=1000, description="At most so many, the newest.")


class RequestCount(BaseModel):
    """How many entries match."""

    count: int


@controls.add("GET", PATH, "requests.list", problems=(404,), answers=list[ShownEntry])
def list_requests(
    desk: Desk, sandbox_id: str, wanted: Annotated[ListedRequests, Query()]
) -> list[dict[str, Any]]:
    """List the newest requests first."""
    return journal_search.newest(desk.db, desk.sandbox(sandbox_id).id, wanted, wanted.limit)


@controls.add("POST", f"{PATH}/count", "requests.count", problems=(404,))
def count(desk: Desk, sandbox_id: str, body: CountedRequests | None = None) -> RequestCount:
    """Count requests, for assertions."""
    sandbox = desk.sandbox(sandbox_id)
    return RequestCount(count=journal_search.count(desk.db, sandbox.id, body or CountedRequests()))


@controls.add("GET", f"{PATH}/stream", "requests.stream", problems=(404,), media_type=EVENT_STREAM)
async def stream(
    errand: Errand, sandbox_id: str, wanted: Annotated[RequestFilter, Query()]
) -> StreamingResponse:
    """Follow the requests as they come in, as server-sent events; those behind `after` come first."""
    return StreamingResponse(await follow(errand, sandbox_id, wanted), media_type=EVENT_STREAM)


@controls.add("GET", f"{PATH}/har", "requests.har", problems=(404,), answers=Archive)
def as_har(desk: Desk, sandbox_id: str, wanted: Annotated[ListedRequests, Query()]) -> dict[str, Any]:
    """Return the requests as an HTTP Archive, oldest first."""
    entries = journal_search.newest(desk.db, desk.sandbox(sandbox_id).id, wanted, wanted.limit)
    return har.archive(entries[::-1])


@controls.add("GET", f"{PATH}/{{request_id}}", "requests.show", problems=(404,), answers=ShownEntry)
def show(desk: Desk, sandbox_id: str, request_id: str) -> dict[str, Any]:
    """Show one request with its explanation."""
    sandbox = desk.sandbox(sandbox_id)
    number = journal.number_of(request_id)
    row = None if number is None else desk.db.one(_SHOW, sandbox_id=sandbox.id, number=number)
    if row is None:
        raise AdminProblem(404, f"There is no request {request_id!r} in this sandbox (any more).")
    return journal.as_json(row)


@controls.add(
    "POST", f"{PATH}/{{request_id}}/replay", "requests.replay", problems=(404, 409), answers=ShownEntry
)
async def send_again(errand: Errand, sandbox_id: str, request_id: str) -> dict[str, Any]:
    """Send a request once more, signed anew by the sandbox's own credentials; return the new entry."""

    def signed(desk: Desk) -> tuple[SignedRequest, str | None]:
        entry = show(desk, sandbox_id, request_id)
        return _signed_anew(desk, sandbox_id, entry), entry["request"]["peer"]

    request, peer = await errand.at_desk(signed)
    try:
        answer = await replay.answered(errand.building, request, peer=peer)
    except ConnectionResetError:
        raise AdminProblem(409, "A fault hung up on the replayed request; the journal has it.") from None
    found: dict[str, Any] = await errand.at_desk(
        lambda desk: show(desk, sandbox_id, answer.headers["x-mock-request-id"])
    )
    return found


@controls.add("DELETE", PATH, "requests.clear", status=204, problems=(404,))
def clear(desk: Desk, sandbox_id: str) -> None:
    """Empty the journal."""
    desk.db.put(_CLEAR, sandbox_id=desk.sandbox(sandbox_id).id)


def _signed_anew(desk: Desk, sandbox_id: str, entry: dict[str, Any]) -> SignedRequest:
    sandbox = desk.sandbox(sandbox_id)
    vendor = desk.vendor(entry["vendor"])
    base_url = f"{desk.base_url}/{vendor.name}{vendor.base_path}"
    try:
        return replay.signed_anew(
            entry,
            vendor,
            {"base_url": base_url, **sandbox.credentials[vendor.name]},
            now_ms=sandbox.clock.now_ms(desk.now_ms),
            random_bytes=desk.house.machine.random_bytes,
        )
    except (replay.NotReplayable, UsageError) as problem:
        raise AdminProblem(409, f"This request cannot be sent again: {problem}.") from None
