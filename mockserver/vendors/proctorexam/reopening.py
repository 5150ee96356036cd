"""Doors of a copied world: the keys of users belong to the sandbox, so that each has new ones (PE-020)."""

from __future__ import annotations

from mockserver.doors import open_door
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection, Statement
from mockserver.vendors.proctorexam.keys import FIRST_USER, keys_of

_OTHER_USERS = Statement(
    "SELECT id FROM proctorexam_user WHERE sandbox_id = :sandbox_id AND id <> :first ORDER BY id"
)


def reopen(db: Connection, sandbox: Sandbox) -> None:
    """Let the token of every user open the sandbox; that of the first is the sandbox's own."""
    for row in db.all(_OTHER_USERS, sandbox_id=sandbox.id, first=FIRST_USER):
        open_door(db, sandbox.id, "proctorexam", keys_of(sandbox, row["id"])["api_token"], str(row["id"]))
