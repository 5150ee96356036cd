"""Makes tokens, also wrong ones."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from typing import Any

SECRET = b"a-secret-of-at-least-thirty-two-bytes"
NOW_MS = 1_795_289_832_500
NOW = NOW_MS / 1000
HS256 = {"alg": "HS256", "typ": "JWT"}


def encoded(value: Any) -> str:
    """Return base64url of bytes, of text as UTF-8, or of anything else as JSON."""
    if not isinstance(value, (bytes, str)):
        value = json.dumps(value)
    raw = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def made(claims: Any, header: Any = HS256, *, secret: bytes = SECRET, digest: Any = hashlib.sha256) -> str:
    """Return a token signed as its parts ask for, however wrong they are."""
    signing_input = f"{encoded(header)}.{encoded(claims)}"
    return f"{signing_input}.{encoded(hmac.digest(secret, signing_input.encode(), digest))}"
