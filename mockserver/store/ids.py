"""Ids as vendors give them: whole numbers that grow, for each kind of thing, in each sandbox of its own."""

from __future__ import annotations

from mockserver.store import Connection, Statement

_NEXT = Statement(
    """
    INSERT INTO counter (sandbox_id, noun, value) VALUES (:sandbox_id, :noun, 1)
    ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = counter.value + 1
    RETURNING value
    """
)
_START = Statement(
    """
    INSERT INTO counter (sandbox_id, noun, value) VALUES (:sandbox_id, :noun, :value)
    ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = excluded.value
    """
)


def next_id(db: Connection, sandbox_id: str, noun: str) -> int:
    """Return the next id; one given to a thing that was deleted never comes back."""
    row = db.one(_NEXT, sandbox_id=sandbox_id, noun=noun)
    assert row is not None
    return int(row["value"])


def continue_after(db: Connection, sandbox_id: str, noun: str, value: int) -> None:
    """Let the next id be `value + 1`, for seeds that bring ids of their own."""
    db.run(_START, sandbox_id=sandbox_id, noun=noun, value=value)
