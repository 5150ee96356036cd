"""Faults: what shall go wrong in a sandbox, and how often."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.faults import arming
from mockserver.faults.kinds import AnyFault
from mockserver.faults.rule_check import RuleMeansNothing, check

controls = Controls()
MOST_FAULTS = 1_000


class KeptFault(BaseModel):
    """An armed fault: its rule as it was given, and what became of it."""

    model_config = ConfigDict(extra="allow")

    id: str
    fault: str = Field(description="Its kind; the further fields are those of the kind.")
    remaining: int | None = Field(description="How often it strikes yet; null: always.")
    asked: int = Field(description="How many requests it could have struck.")
    struck: int
    armed_by: str


@controls.add(
    "GET", "/sandboxes/{sandbox_id}/faults", "faults.list", problems=(404,), answers=list[KeptFault]
)
def list_faults(desk: Desk, sandbox_id: str) -> list[dict[str, Any]]:
    """List the faults, oldest first, with how often each was asked and struck."""
    return arming.listed(desk.db, desk.sandbox(sandbox_id).id)


@controls.add(
    "POST",
    "/sandboxes/{sandbox_id}/faults",
    "faults.add",
    status=201,
    problems=(404, 409),
    answers=KeptFault,
)
def add(desk: Desk, sandbox_id: str, body: AnyFault) -> dict[str, Any]:
    """Arm a fault; of several that mean a call, the oldest strikes."""
    sandbox = desk.sandbox(sandbox_id)
    if len(sandbox.faults) >= MOST_FAULTS:
        raise AdminProblem(409, f"A sandbox has at most {MOST_FAULTS} faults: remove some first.")
    try:
        check(body, desk.vendors)
    except RuleMeansNothing as problem:
        raise AdminProblem(422, f"No call can ever fit this rule. {problem}.") from None
    return arming.arm(desk.db, sandbox.id, body)


@controls.add("DELETE", "/sandboxes/{sandbox_id}/faults", "faults.clear", status=204, problems=(404,))
def clear(desk: Desk, sandbox_id: str) -> None:
    """Remove every fault."""
    arming.clear(desk.db, desk.sandbox(sandbox_id).id)


@controls.add(
    "DELETE", "/sandboxes/{sandbox_id}/faults/{fault_id}", "faults.remove", status=204, problems=(404,)
)
def remove(desk: Desk, sandbox_id: str, fault_id: str) -> None:
    """Remove one fault."""
    if not arming.remove(desk.db, desk.sandbox(sandbox_id).id, fault_id):
        raise AdminProblem(404, f"There is no fault {fault_id!r} in this sandbox: GET …/faults lists them.")
