"""The other sandboxes, looked up to explain a refusal: whose is this key, whose secret signed this?"""

from __future__ import annotations

from mockserver.access.api_key import fingerprint
from mockserver.sandboxes import Sandbox, Sandboxes
from mockserver.store import Connection, Statement

MOST = 40  # sandboxes whose secrets are tried: the newest, and `default`

_NEWEST = Statement(
    """
    SELECT id, name FROM sandbox WHERE id <> :id
    ORDER BY CASE WHEN id = 'default' THEN 0 ELSE 1 END, created_ms DESC LIMIT :most
    """
)
_OWNER = Statement(
    """
    SELECT credential.vendor, credential.subject, sandbox.id, sandbox.name, sandbox.expires_ms
    FROM credential JOIN sandbox ON sandbox.id = credential.sandbox_id
    WHERE credential.vendor = :vendor AND credential.fingerprint = :fingerprint
    """
)
_FORMER_OWNER = Statement(
    "SELECT vendor, name FROM former_credential WHERE vendor = :vendor AND fingerprint = :fingerprint"
)


class Neighbours:
    """What a refused request may have taken by mistake from elsewhere in the building."""

    def __init__(self, db: Connection, sandboxes: Sandboxes, sandbox: Sandbox, now_ms: int) -> None:
        self._db = db
        self._sandboxes = sandboxes
        self._sandbox = sandbox
        self._now_ms = now_ms

    def secrets(self, vendor: str, name: str) -> tuple[tuple[str, str], ...]:
        """Return the credential `name` of other sandboxes, each with whose it is."""
        return tuple(
            (_named(row["name"]), self._sandboxes.credentials_of(self._db, row["id"], vendor)[name])
            for row in self._db.all(_NEWEST, id=self._sandbox.id, most=MOST)
        )

    def opens(self, vendor: str, text: str) -> bool:
        """Tell whether `text` is a credential that opens a living sandbox of `vendor`."""
        return self._sandboxes.find(self._db, vendor, text) is not None

    def owner(self, text: str) -> str | None:
        """Return whose credential `text` is, of any vendor, also of a sandbox that is over."""
        key = fingerprint(text.encode("utf-8", "surrogatepass"))
        for vendor in self._sandboxes.vendor_names:
            row = self._db.one(_OWNER, vendor=vendor, fingerprint=key)
            if row is not None:
                over = row["expires_ms"] is not None and row["expires_ms"] <= self._now_ms
                return f"{vendor} of {_named(row['name'])}" + (", whose time is over" if over else "")
            former = self._db.one(_FORMER_OWNER, vendor=vendor, fingerprint=key)
            if former is not None:
                return f"{vendor} of {_named(former['name'])}, which was removed"
        return None


def _named(name: str) -> str:
    return f"the sandbox {name!r}"
