"""Snapshots: save the whole world of a sandbox and put it back; carry it to another server as one file."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from mockserver.admin import sandboxes
from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
from mockserver.admin.sandboxes import ShownSandbox
from mockserver.clock import iso
from mockserver.copies import Copies, CopyUnusable, WorldCopy
from mockserver.sandboxes import Sandbox
from mockserver.store import Statement

controls = Controls()
PATH = "/sandboxes/{sandbox_id}/snapshots"
MOST_SNAPSHOTS = 100
NAME = r"^[A-Za-z0-9._-]{1,100}$"

_SAVE = Statement(
    """
    INSERT INTO snapshot (sandbox_id, name, taken_ms, document)
    VALUES (:sandbox_id, :name, :taken_ms, :document)
    ON CONFLICT (sandbox_id, name) DO UPDATE SET taken_ms = excluded.taken_ms, document = excluded.document
    """
)
_LIST = Statement(
    """
    SELECT name, taken_ms, LENGTH(document) AS size FROM snapshot
    WHERE sandbox_id = :sandbox_id ORDER BY taken_ms, name
    """
)
_FIND = Statement("SELECT document FROM snapshot WHERE sandbox_id = :sandbox_id AND name = :name")
_REMOVE = Statement("DELETE FROM snapshot WHERE sandbox_id = :sandbox_id AND name = :name")

Name = Annotated[str, Path(pattern=NAME)]


class NewSnapshot(BaseModel):
    """Under which name the world is saved; one of that name is replaced."""

    model_config = ConfigDict(extra="forbid")

    name: str = Field(pattern=NAME, description="Letters, digits, dot, dash, underscore.")


class SavedSnapshot(BaseModel):
    """A saved world."""

    name: str
    taken_at: str = Field(description="When, on the machine's clock.")
    characters: int = Field(description="How long its document is.")


@controls.add("GET", PATH, "snapshots.list", problems=(404,))
def list_snapshots(desk: Desk, sandbox_id: str) -> list[SavedSnapshot]:
    """List the snapshots, oldest first."""
    rows = desk.db.all(_LIST, sandbox_id=desk.sandbox(sandbox_id).id)
    return [
        SavedSnapshot(name=row["name"], taken_at=iso(row["taken_ms"]), characters=row["size"]) for row in rows
    ]


@controls.add("POST", PATH, "snapshots.create", status=201, problems=(404, 409))
def create(desk: Desk, sandbox_id: str, body: NewSnapshot) -> SavedSnapshot:
    """Save the world as it is now."""
    sandbox = desk.sandbox(sandbox_id)
    known = {row["name"] for row in desk.db.all(_LIST, sandbox_id=sandbox.id)}
    if len(known) >= MOST_SNAPSHOTS and body.name not in known:
        raise AdminProblem(409, f"A sandbox keeps at most {MOST_SNAPSHOTS} snapshots: delete some first.")
    document = _copies(desk).take(desk.db, sandbox).model_dump_json()
    desk.db.put(_SAVE, sandbox_id=sandbox.id, name=body.name, taken_ms=desk.now_ms, document=document)
    return SavedSnapshot(name=body.name, taken_at=iso(desk.now_ms), characters=len(document))


@controls.add(
    "POST", f"{PATH}/{{name}}/restore", "snapshots.restore", problems=(404, 409), answers=ShownSandbox
)
def restore(desk: Desk, sandbox_id: str, name: Name) -> dict[str, Any]:
    """Put a saved world back: rows, nonces, faults, clock and settings; the journal goes on."""
    sandbox = desk.sandbox(sandbox_id)
    row = desk.db.one(_FIND, sandbox_id=sandbox.id, name=name)
    if row is None:
        raise _unknown(name)
    copy = WorldCopy.model_validate_json(row["document"])
    try:
        return sandboxes.as_json(desk, _copies(desk).put(desk.db, sandbox, copy))
    except CopyUnusable as problem:
        raise AdminProblem(
            409, f"The snapshot {name!r} was taken by another version of this server ({problem})."
        ) from None


@controls.add("DELETE", f"{PATH}/{{name}}", "snapshots.remove", status=204, problems=(404,))
def remove(desk: Desk, sandbox_id: str, name: Name) -> None:
    """Remove a snapshot."""
    if not desk.db.run(_REMOVE, sandbox_id=desk.sandbox(sandbox_id).id, name=name):
        raise _unknown(name)


@controls.add("GET", "/sandboxes/{sandbox_id}/export", "sandboxes.export", problems=(404,))
def export(desk: Desk, sandbox_id: str) -> WorldCopy:
    """Return the whole world as one document, for `sandboxes.import` here or on another server."""
    return _copies(desk).take(desk.db, desk.sandbox(sandbox_id))


@controls.add("POST", "/sandboxes/import", "sandboxes.import", status=201, answers=ShownSandbox)
def import_world(desk: Desk, body: WorldCopy) -> dict[str, Any]:
    """Make a sandbox, with credentials of its own, from an exported world."""
    sandbox: Sandbox = sandboxes.made(desk, name=body.name, seeded=body.seeded)
    try:
        return sandboxes.as_json(desk, _copies(desk).put(desk.db, sandbox, body))
    except CopyUnusable as problem:
        raise AdminProblem(422, f"This is no world of this server. {problem}.") from None


def _copies(desk: Desk) -> Copies:
    return Copies(desk.vendors, desk.house.sandboxes, desk.worlds)


def _unknown(name: str) -> AdminProblem:
    return AdminProblem(404, f"There is no snapshot {name!r} in this sandbox: GET …/snapshots lists them.")
