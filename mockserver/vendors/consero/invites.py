"""The way of a candidate: the invite link opens the exam, the exam is started and ended (CO-042, CO-052)."""

from __future__ import annotations

from mockserver.doors import open_door
from mockserver.moment import Moment
from mockserver.sandboxes import Sandbox
from mockserver.store import Connection, Row
from mockserver.vendors.consero import queries

_SUBJECT = "invite "


def door_text(token: str) -> str:
    """Return what an invite is found by; no header can hold it, so that it never counts as an API key."""
    return f"invite\n{token}"


def open_invite(db: Connection, sandbox_id: str, invite_id: int, token: str) -> None:
    """Let the link of an invite lead to it; in a copied world the link stays the original's."""
    open_door(db, sandbox_id, "consero", door_text(token), f"{_SUBJECT}{invite_id}", if_free=True)


def reopen(db: Connection, sandbox: Sandbox) -> None:
    """Open the links of a copied world."""
    for row in db.all(queries.LIST_INVITES, sandbox_id=sandbox.id):
        open_invite(db, sandbox.id, row["id"], row["invite_token"])


def find(db: Connection, sandbox_id: str, subject: str | None) -> Row | None:
    """Return the allocation behind a link, whose door names it as its `subject`; None is a link of nobody."""
    if subject is None:
        return None
    invite_id = int(subject.removeprefix(_SUBJECT))
    return db.one(queries.FIND_INVITED, sandbox_id=sandbox_id, id=invite_id)


def begin(moment: Moment, invite_id: int) -> bool:
    """Start the exam; return whether that was possible: not twice, and not when cancelled (CO-052)."""
    return (
        moment.db.run(
            queries.START_ALLOCATION, sandbox_id=moment.sandbox.id, id=invite_id, now_ms=moment.now_ms
        )
        == 1
    )


def end(moment: Moment, invite_id: int, started_ms: int, score: float) -> bool:
    """End the exam; return whether that was possible: not twice, and not when cancelled (CO-052)."""
    return (
        moment.db.run(
            queries.COMPLETE_ALLOCATION,
            sandbox_id=moment.sandbox.id,
            id=invite_id,
            started_ms=started_ms,
            ended_ms=moment.now_ms,
            score=score,
        )
        == 1
    )
