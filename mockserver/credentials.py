"""Credentials of a sandbox, derived from the store's master key.

Nothing that opens a door stands in the database: the rows hold digests for finding a credential, and the
values are computed again when they are needed. Only who holds the master key can compute them.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Callable

Derive = Callable[[str], bytes]
"""Return the 32 bytes that belong to one purpose, e.g. `proctorexam/user/1/secret_key`."""


def deriving(master_key: str, sandbox_id: str) -> Derive:
    """Return the derivation for one sandbox."""

    def derive(purpose: str) -> bytes:
        return hmac.digest(bytes.fromhex(master_key), f"{sandbox_id}/{purpose}".encode(), hashlib.sha256)

    return derive


def url_safe(raw: bytes, characters: int) -> str:
    """Return the first `characters` of the URL-safe base64 text of `raw`."""
    return base64.urlsafe_b64encode(raw).decode()[:characters]


def shown(secret: str) -> str:
    """Return what may be shown of a secret in journal and explanations: its last four characters."""
    return f"…{secret[-4:]}" if len(secret) >= 12 else "…"
