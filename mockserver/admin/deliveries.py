"""Webhooks: what was sent, every attempt with its answer, and sending once more."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from fastapi import Query
from pydantic import BaseModel, Field

from mockserver.admin.control import Controls, Desk, Errand
from mockserver.admin.problem import AdminProblem
from mockserver.sandboxes import Sandbox
from mockserver.webhooks import outbox

controls = Controls()
PATH = "/sandboxes/{sandbox_id}/deliveries"


class ShownAttempt(BaseModel):
    """A webhook sent once."""

    at: str
    elapsed_ms: int
    headers: list[tuple[str, str]] = Field(description="As sent, secrets shortened.")
    status: int | None = Field(description="Of the answer; null: there was none.")
    answer: str
    problem: str | None = Field(description="Why there was no answer.")


class ShownDelivery(BaseModel):
    """A webhook with its attempts."""

    delivery_id: str
    vendor: str
    webhook: str
    url: str
    body: Any
    options: dict[str, Any]
    state: Literal["waiting", "sending", "delivered", "given_up"]
    created_at: str
    due_at: str
    attempts: list[ShownAttempt]


@controls.add("GET", PATH, "deliveries.list", problems=(404,), answers=list[ShownDelivery])
def list_deliveries(
    desk: Desk, sandbox_id: str, limit: Annotated[int, Query(ge=1, le=1000)] = 100
) -> list[dict[str, Any]]:
    """List the newest webhooks first, each with its attempts."""
    return outbox.show_all(desk.db, desk.sandbox(sandbox_id).id, limit)


@controls.add("GET", f"{PATH}/{{delivery_id}}", "deliveries.show", problems=(404,), answers=ShownDelivery)
def show(desk: Desk, sandbox_id: str, delivery_id: str) -> dict[str, Any]:
    """Show one webhook with its attempts."""
    return _found(desk, desk.sandbox(sandbox_id), delivery_id)


@controls.add(
    "POST",
    f"{PATH}/{{delivery_id}}/resend",
    "deliveries.resend",
    status=202,
    problems=(404, 409),
    answers=ShownDelivery,
)
def resend(desk: Desk, sandbox_id: str, delivery_id: str) -> dict[str, Any]:
    """Send a webhook once more, signed anew, as soon as possible."""
    sandbox = desk.sandbox(sandbox_id)
    delivery = _found(desk, sandbox, delivery_id)
    number = outbox.number_of(delivery["delivery_id"])
    assert number is not None
    now_ms = sandbox.clock.now_ms(desk.now_ms)
    if not outbox.send_again(desk.db, sandbox.id, number, now_ms):
        raise AdminProblem(409, "It is being sent at this moment: wait for its attempt to end.")
    return _found(desk, sandbox, delivery_id)


@controls.add("POST", f"{PATH}/settle", "deliveries.settle", problems=(404,), answers=list[ShownDelivery])
async def settle(errand: Errand, sandbox_id: str) -> list[dict[str, Any]]:
    """Do all that is due now, events and webhooks, and list the webhooks: nothing is left to wait for."""
    await errand.at_desk(lambda desk: desk.sandbox(sandbox_id))
    await errand.courier.settle(sandbox_id)
    found: list[dict[str, Any]] = await errand.at_desk(lambda desk: list_deliveries(desk, sandbox_id))
    return found


def _found(desk: Desk, sandbox: Sandbox, delivery_id: str) -> dict[str, Any]:
    number = outbox.number_of(delivery_id)
    delivery = None if number is None else outbox.show(desk.db, sandbox.id, number)
    if delivery is None:
        raise AdminProblem(404, f"There is no delivery {delivery_id!r} in this sandbox (any more).")
    return delivery
