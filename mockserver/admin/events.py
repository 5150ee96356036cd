"""Events: what happens on the vendor's side, on demand."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mockserver import events
from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.clock import iso
from mockserver.events import EventRefused, EventUnreadable
from mockserver.moment import Moment

controls = Controls()


class NewEvent(BaseModel):
    """What shall happen; all further fields are those of the event (GET …/events lists them)."""

    model_config = ConfigDict(extra="allow")

    vendor: str = Field(description="At which vendor.")
    event: str = Field(description="Name of the event.")
    after_seconds: Annotated[float, Field(gt=0, le=10**9)] | None = Field(
        default=None, description="When, on the sandbox's clock; now if left out."
    )


class ListedEvent(BaseModel):
    """What can happen at a vendor."""

    vendor: str
    event: str
    summary: str
    statements: list[str]
    fields: dict[str, Any] = Field(description="The schema of each field.")
    json_schema: dict[str, Any] = Field(
        alias="schema", description="The schema of all fields, with the definitions that it refers to."
    )


class HappenedEvent(BaseModel):
    """What has happened, or will."""

    vendor: str
    event: str
    at: str = Field(description="When, on the sandbox's clock.")
    result: dict[str, Any] | None = Field(description="What has changed; null if it is still to happen.")


@controls.add(
    "GET", "/sandboxes/{sandbox_id}/events", "events.list", problems=(404,), answers=list[ListedEvent]
)
def list_events(desk: Desk, sandbox_id: str) -> list[dict[str, Any]]:
    """List what can happen at each vendor, with the fields of each event."""
    desk.sandbox(sandbox_id)
    return [
        {
            "vendor": vendor.name,
            "event": event.name,
            "summary": event.summary,
            "statements": list(event.statements),
            "fields": schema["properties"],
            "schema": schema,
        }
        for vendor in desk.vendors
        for event in vendor.events.values()
        for schema in (event.reads.model_json_schema(),)
    ]


@controls.add(
    "POST",
    "/sandboxes/{sandbox_id}/events",
    "events.create",
    status=201,
    problems=(404, 409),
    answers=HappenedEvent,
)
def create(desk: Desk, sandbox_id: str, body: NewEvent) -> dict[str, Any]:
    """Let something happen: a candidate finishes, a proctor concludes, a warning is raised."""
    sandbox = desk.sandbox(sandbox_id)
    vendor = desk.vendor(body.vendor)
    now_ms = sandbox.clock.now_ms(desk.now_ms)
    moment = Moment(desk.db, sandbox, now_ms, desk.house.machine.random_bytes)
    fields = body.model_extra or {}
    answer: dict[str, Any] = {"vendor": vendor.name, "event": body.event}
    try:
        if body.after_seconds is not None:
            events.check(vendor, body.event, fields)
            events.later(moment, vendor.name, body.event, fields, body.after_seconds)
            return {**answer, "at": iso(now_ms + round(body.after_seconds * 1000)), "result": None}
        return {**answer, "at": iso(now_ms), "result": events.happen(vendor, body.event, fields, moment)}
    except EventUnreadable as problem:
        raise AdminProblem(422, str(problem)) from None
    except EventRefused as problem:
        raise AdminProblem(409, str(problem)) from None
