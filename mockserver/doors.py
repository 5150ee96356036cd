"""The credentials that open sandboxes, each kept as a digest that a request is found by."""

from __future__ import annotations

from mockserver.access.api_key import fingerprint
from mockserver.store import Connection, Statement

_OPEN = Statement(
    """
    INSERT INTO credential (vendor, fingerprint, sandbox_id, subject)
    VALUES (:vendor, :fingerprint, :sandbox_id, :subject)
    """
)
_OPEN_IF_FREE = Statement(
    """
    INSERT INTO credential (vendor, fingerprint, sandbox_id, subject)
    VALUES (:vendor, :fingerprint, :sandbox_id, :subject)
    ON CONFLICT (vendor, fingerprint) DO NOTHING
    """
)
_CLOSE = Statement("DELETE FROM credential WHERE vendor = :vendor AND fingerprint = :fingerprint")
_CLOSE_THOSE_OF = Statement(
    "DELETE FROM credential WHERE sandbox_id = :sandbox_id AND vendor = :vendor AND subject = :subject"
)
_CLOSE_ALL = Statement("DELETE FROM credential WHERE sandbox_id = :sandbox_id")


def open_door(
    db: Connection, sandbox_id: str, vendor: str, text: str, subject: str, *, if_free: bool = False
) -> None:
    """Register one more credential of a sandbox, e.g. the token of a user just created.

    With `if_free`, one that opens a sandbox already goes on opening that one.
    """
    db.put(
        _OPEN_IF_FREE if if_free else _OPEN,
        vendor=vendor,
        fingerprint=fingerprint(text.encode()),
        sandbox_id=sandbox_id,
        subject=subject,
    )


def close_door(db: Connection, vendor: str, text: str) -> None:
    """Forget a credential, e.g. the token of a user who was removed."""
    db.put(_CLOSE, vendor=vendor, fingerprint=fingerprint(text.encode()))


def close_those_of(db: Connection, sandbox_id: str, vendor: str, subject: str) -> None:
    """Forget every credential of one subject of a sandbox."""
    db.put(_CLOSE_THOSE_OF, sandbox_id=sandbox_id, vendor=vendor, subject=subject)


def close_all(db: Connection, sandbox_id: str) -> None:
    """Forget every credential of a sandbox."""
    db.put(_CLOSE_ALL, sandbox_id=sandbox_id)
