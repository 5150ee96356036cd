"""The memory of nonces: claimed by one insert on a unique key, forgotten no earlier than promised.

Source: PE-058, PE-060, PE-063.

Two clocks are at work. Whether a nonce may be used again is judged by the sandbox's clock, which tests
move at will. Whether its row may be deleted also needs 24 hours of the store's own running time, which
only ever grows while a server runs: so a clock that jumps a day ahead and back forgets nothing.
"""

from __future__ import annotations

from mockserver.errors import NonceReused
from mockserver.store import Connection, Statement

KEEP_MS = 24 * 60 * 60 * 1000
PURGE_SLICE = 500  # rows deleted in one unit of work, so that purging never holds up a request

_CLAIM = Statement(
    """
    INSERT INTO nonce (sandbox_id, subject, nonce, first_seen_ms, remembered_until_ms, kept_until_ms)
    VALUES (:sandbox_id, :subject, :nonce, :now_ms, :remembered_until_ms, :kept_until_ms)
    ON CONFLICT (sandbox_id, subject, nonce) DO UPDATE
    SET first_seen_ms = excluded.first_seen_ms,
        remembered_until_ms = excluded.remembered_until_ms,
        kept_until_ms = excluded.kept_until_ms
    WHERE nonce.remembered_until_ms <= :now_ms
    """
)
_FIND = Statement(
    """
    SELECT first_seen_ms, remembered_until_ms FROM nonce
    WHERE sandbox_id = :sandbox_id AND subject = :subject AND nonce = :nonce
    """
)
_PURGE = Statement(
    """
    DELETE FROM nonce WHERE (sandbox_id, subject, nonce) IN (
        SELECT sandbox_id, subject, nonce FROM nonce
        WHERE sandbox_id = :sandbox_id AND kept_until_ms <= :running_ms AND remembered_until_ms <= :now_ms
        LIMIT :slice
    )
    """
)


def claim(
    db: Connection,
    *,
    sandbox_id: str,
    subject: str,
    nonce: str,
    now_ms: int,
    remembered_until_ms: int,
    running_ms: int,
) -> None:
    """Use up `nonce` for the credential `subject`; the unique key settles every race.

    Raises:
        NonceReused: it is still remembered.
    """
    claimed = db.expect_one(
        _CLAIM,
        sandbox_id=sandbox_id,
        subject=subject,
        nonce=nonce,
        now_ms=now_ms,
        remembered_until_ms=remembered_until_ms,
        kept_until_ms=running_ms + KEEP_MS,
    )
    if not claimed:
        row = db.one(_FIND, sandbox_id=sandbox_id, subject=subject, nonce=nonce)
        first_seen, until = (row["first_seen_ms"], row["remembered_until_ms"]) if row else (now_ms, now_ms)
        raise NonceReused(nonce, first_seen, until)


def purge(db: Connection, *, sandbox_id: str, now_ms: int, running_ms: int) -> int:
    """Delete one slice of nonces that both clocks have outlived; return how many."""
    return db.run(_PURGE, sandbox_id=sandbox_id, now_ms=now_ms, running_ms=running_ms, slice=PURGE_SLICE)
