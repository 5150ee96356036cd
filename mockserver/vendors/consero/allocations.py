"""Allocating a candidate: the record, the group, the invite."""

from __future__ import annotations

from mockserver.store import Connection
from mockserver.vendors.consero import queries
from mockserver.vendors.consero.invites import open_invite


def candidate_key(email: str) -> str:
    """Return what tells candidates apart: the address in lower case, as it is ASCII (CO-097)."""
    return email.lower()


def allocate(
    db: Connection,
    sandbox_id: str,
    *,
    invite_id: int,
    examination_id: int,
    email: str,
    invite_token: str,
    now_ms: int,
) -> None:
    """Create the candidate and the membership in the group, each once, and a new invite (CO-034, CO-035)."""
    key = candidate_key(email)
    db.put(queries.ADD_CANDIDATE_ONCE, sandbox_id=sandbox_id, email_key=key, email=email, now_ms=now_ms)
    db.put(
        queries.ADD_TO_GROUP_ONCE, sandbox_id=sandbox_id, examination_id=examination_id, email_key=key
    )  # CO-098: the examination's own group
    open_invite(db, sandbox_id, invite_id, invite_token)
    db.put(
        queries.ADD_ALLOCATION,
        sandbox_id=sandbox_id,
        id=invite_id,
        examination_id=examination_id,
        email_key=key,
        email=email,
        invite_token=invite_token,
        now_ms=now_ms,
    )
