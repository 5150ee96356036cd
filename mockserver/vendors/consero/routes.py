"""The four operations of Consero (CO-003)."""

from __future__ import annotations

from mockserver.credentials import url_safe
from mockserver.store.ids import next_id
from mockserver.vendor import Answer, Call, Operations, json_answer
from mockserver.vendors.consero import queries
from mockserver.vendors.consero.allocations import allocate, candidate_key
from mockserver.vendors.consero.completion import with_result
from mockserver.vendors.consero.errors import (
    AllocationCancelled,
    AllocationFailed,
    AllocationNotFound,
    ExaminationUnknown,
    ReportNotReady,
)
from mockserver.vendors.consero.report import report_of
from mockserver.vendors.consero.schemas import (
    Allocate,
    Allocated,
    Cancel,
    Cancelled,
    Examination,
    Failed,
    Invalid,
    Refusal,
    Report,
    ReportOf,
)
from mockserver.vendors.consero.settings import settings_of

operations = Operations()


@operations.add(
    "GET",
    "/examinations",
    "examinations.list",
    statements="CO-024 CO-025 CO-026 CO-027 CO-028 CO-029 CO-030 CO-032",
    answers={200: list[Examination], 401: Refusal, 403: Refusal},
)
def list_examinations(call: Call) -> Answer:
    """List all available examinations."""
    rows = call.db.all(queries.LIST_EXAMINATIONS, sandbox_id=call.sandbox.id)
    return json_answer(200, [{"testId": row["id"], "testName": row["name"]} for row in rows])


@operations.add(
    "POST",
    "/allocate-candidate",
    "candidates.allocate",
    statements="CO-033 CO-034 CO-035 CO-036 CO-037 CO-038 CO-039 CO-040 CO-041 CO-042 "
    "CO-048 CO-049 CO-090 CO-096 CO-097 CO-098",
    answers={201: Allocated, 401: Refusal, 403: Refusal, 422: Invalid, 500: Failed},
)
def allocate_candidate(call: Call, params: Allocate) -> Answer:
    """Allocate one candidate to an examination."""
    invite_id, token = _invited(call, params.candidate_email, params.examination_id)
    return json_answer(
        201,
        {
            "success": True,
            "message": "Candidate allocated to examination successfully.",
            "data": {
                "candidate_email": params.candidate_email,
                "examination_id": params.examination_id,
                "invite_id": invite_id,
                "invite_link": f"{call.base_url}/exam/start/{token}",  # CO-042
            },
        },
    )


def _invited(call: Call, email: str, examination_id: int) -> tuple[int, str]:
    """Return id and token of the candidate's invite, a new one unless one holds already (CO-049, CO-096)."""
    sandbox_id, settings = call.sandbox.id, settings_of(call.sandbox)
    if not call.db.known(queries.FIND_EXAMINATION, sandbox_id=sandbox_id, id=examination_id):
        if settings.unknown_examination == "invalid":
            raise ExaminationUnknown
        raise AllocationFailed("1452 Cannot add or update a child row: a foreign key constraint fails")
    if settings.repeated_allocation == "same_invite":  # CO-096
        known = call.db.one(
            queries.FIND_VALID_ALLOCATION,
            sandbox_id=sandbox_id,
            email_key=candidate_key(email),
            examination_id=examination_id,
        )
        if known:
            return known["id"], known["invite_token"]
    invite_id = next_id(call.db, sandbox_id, "consero_allocation")
    token = url_safe(call.random_bytes(24), 32)  # CO-043: opaque
    allocate(
        call.db,
        sandbox_id,
        invite_id=invite_id,
        examination_id=examination_id,
        email=email,
        invite_token=token,
        now_ms=call.now_ms,
    )
    return invite_id, token


@operations.add(
    "POST",
    "/cancel-allocation",
    "allocations.cancel",
    statements="CO-051 CO-052 CO-053 CO-054 CO-055 CO-056 CO-057 CO-089 CO-094",
    answers={200: Cancelled, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Invalid},
)
def cancel_allocation(call: Call, params: Cancel) -> Answer:
    """Cancel an allocation by its invite id."""
    if not call.db.run(queries.CANCEL_ALLOCATION, sandbox_id=call.sandbox.id, id=params.invite_id):
        known = call.db.one(queries.FIND_ALLOCATION, sandbox_id=call.sandbox.id, id=params.invite_id)
        raise AllocationCancelled if known else AllocationNotFound
    return json_answer(
        200,
        {
            "success": True,
            "message": "Allocation cancelled successfully.",
            "data": {"invite_id": params.invite_id, "status": "inValid"},  # CO-055
        },
    )


@operations.add(
    "POST",
    "/report",
    "reports.get",
    statements="CO-058 CO-059 CO-060 CO-071 CO-072 CO-089 CO-094 CO-095",
    answers={200: Report, 401: Refusal, 403: Refusal, 404: Refusal, 409: Refusal, 422: Invalid},
)
def get_report(call: Call, params: ReportOf) -> Answer:
    """Get the report of an invite."""
    allocation = with_result(call, params.inviteId)
    if allocation is None:
        raise AllocationNotFound
    if allocation["state"] == "inValid":
        raise AllocationCancelled
    if allocation["state"] != "completed":
        raise ReportNotReady
    return json_answer(200, report_of(allocation, call.base_url))
