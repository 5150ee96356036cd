"""Ids as vendors give them: whole numbers that grow, for each kind of thing, in each sandbox of its own."""

from __future__ import annotations

from mockserver.store import Connection
from mockserver.store.counters import SET


def next_id(db: Connection, sandbox_id: str, noun: str) -> int:
    """Return the next id; one given to a thing that was deleted never comes back."""
    return db.next_value(sandbox_id, noun)


def continue_after(db: Connection, sandbox_id: str, noun: str, value: int) -> None:
    """Let the next id be `value + 1`, for seeds that bring ids of their own."""
    db.run(SET, sandbox_id=sandbox_id, noun=noun, value=value)
