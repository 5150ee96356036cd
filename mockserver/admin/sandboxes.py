"""Sandboxes: make, list, read, reset and remove isolated worlds."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.clock import iso
from mockserver.sandboxes import DEFAULT, Listed, Sandbox

controls = Controls()


class NewSandbox(BaseModel):
    """What a new sandbox may be given."""

    model_config = ConfigDict(extra="forbid")

    name: Annotated[str, Field(min_length=1, max_length=100, pattern=r"^[\x20-\x7e]+$")] | None = Field(
        default=None, description="A name for people; its id when left out."
    )
    seed: bool = Field(default=True, description="Start with the examples of the vendors' pages.")
    ttl_seconds: float | None = Field(
        default=None, gt=0, le=31_536_000, description="Remove it after so many seconds."
    )


class ShownSandbox(BaseModel):
    """A sandbox with its credentials."""

    id: str
    name: str
    created_at: str
    expires_at: str | None = Field(description="When it is removed by itself; null: never.")
    credentials: dict[str, dict[str, str]] = Field(
        description="By vendor: base_url and what opens the sandbox."
    )


@controls.add("POST", "/sandboxes", "sandboxes.create", status=201, answers=ShownSandbox)
def create(desk: Desk, body: NewSandbox | None = None) -> dict[str, Any]:
    """Make a sandbox with credentials of its own."""
    wish = body or NewSandbox()
    expires_ms = None if wish.ttl_seconds is None else desk.now_ms + int(wish.ttl_seconds * 1000)
    sandbox = made(desk, name=wish.name, seeded=wish.seed, expires_ms=expires_ms)
    desk.worlds.seed(desk.db, sandbox, desk.now_ms)
    return as_json(desk, sandbox)


@controls.add("GET", "/sandboxes", "sandboxes.list", answers=list[ShownSandbox])
def list_sandboxes(desk: Desk) -> list[dict[str, Any]]:
    """List all sandboxes, oldest first."""
    return [as_json(desk, sandbox) for sandbox in desk.house.sandboxes.listed(desk.db)]


@controls.add("GET", "/sandboxes/{sandbox_id}", "sandboxes.show", problems=(404,), answers=ShownSandbox)
def show(desk: Desk, sandbox_id: str) -> dict[str, Any]:
    """Show one sandbox with its credentials."""
    return as_json(desk, desk.sandbox(sandbox_id))


@controls.add("DELETE", "/sandboxes/{sandbox_id}", "sandboxes.delete", status=204, problems=(404, 409))
def delete(desk: Desk, sandbox_id: str) -> None:
    """Remove a sandbox with all that belongs to it."""
    if sandbox_id == DEFAULT:
        raise AdminProblem(409, "The sandbox 'default' always exists: reset it instead.")
    desk.worlds.remove(desk.db, desk.sandbox(sandbox_id).id, desk.now_ms)


@controls.add(
    "POST", "/sandboxes/{sandbox_id}/reset", "sandboxes.reset", problems=(404,), answers=ShownSandbox
)
def reset(desk: Desk, sandbox_id: str) -> dict[str, Any]:
    """Bring a sandbox back to its seed; nonces and journal are emptied."""
    sandbox = desk.sandbox(sandbox_id)
    desk.worlds.reset(desk.db, sandbox, desk.now_ms)
    return as_json(desk, sandbox)


def made(desk: Desk, *, name: str | None, seeded: bool, expires_ms: int | None = None) -> Sandbox:
    """Make an empty sandbox; its name is its id when none is given."""
    sandbox_id = f"sbx-{desk.house.machine.random_bytes(6).hex()}"
    return desk.house.sandboxes.create(
        desk.db, sandbox_id, name=name or sandbox_id, seeded=seeded, expires_ms=expires_ms
    )


def as_json(desk: Desk, sandbox: Sandbox | Listed) -> dict[str, Any]:
    """Return a sandbox as the control API shows it."""
    return {
        "id": sandbox.id,
        "name": sandbox.name,
        "created_at": iso(sandbox.created_ms),
        "expires_at": None if sandbox.expires_ms is None else iso(sandbox.expires_ms),
        "credentials": {
            vendor.name: {
                "base_url": f"{desk.base_url}/{vendor.name}{vendor.base_path}",
                **sandbox.credentials[vendor.name],
            }
            for vendor in desk.vendors
        },
    }
