"""Counters: for each sandbox and noun the last value given. How it is taken is up to the store."""

from __future__ import annotations

from mockserver.store.statement import Statement

TABLE = "counter"

FIND = Statement("SELECT value FROM counter WHERE sandbox_id = :sandbox_id AND noun = :noun")
SET = Statement(
    """
    INSERT INTO counter (sandbox_id, noun, value) VALUES (:sandbox_id, :noun, :value)
    ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = excluded.value
    """
)
TAKE = Statement(
    """
    INSERT INTO counter (sandbox_id, noun, value) VALUES (:sandbox_id, :noun, :count)
    ON CONFLICT (sandbox_id, noun) DO UPDATE SET value = counter.value + excluded.value
    RETURNING value
    """
)
GIVE_BACK = Statement(
    """
    UPDATE counter SET value = value - :count
    WHERE sandbox_id = :sandbox_id AND noun = :noun AND value = :last
    """
)
