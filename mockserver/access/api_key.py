"""A fixed key in one header."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache

from mockserver.errors import CredentialMalformed, CredentialMissing

MAX_KEY_BYTES = 512


def presented_key(values: Sequence[bytes], *, header: str) -> bytes:
    """Return the key that the request presents in `header`, given all fields of that name.

    Two fields with different keys are refused: a proxy in front could have read the other one.

    Raises:
        CredentialMissing: no such header, or an empty one.
        CredentialMalformed: several different keys, or one beyond `MAX_KEY_BYTES`.
    """
    keys = set(values)
    if len(keys) > 1:
        raise CredentialMalformed(check="api_key", place=header, problem="the header appears more than once")
    key = keys.pop() if keys else b""
    if not key.strip():
        raise CredentialMissing(check="api_key", place=header)
    if len(key) > MAX_KEY_BYTES:
        raise CredentialMalformed(check="api_key", place=header, problem="the key is too long")
    return key


def fingerprint(key: bytes) -> str:
    """Return the SHA-256 under which a key is stored and found.

    The store compares digests, so the time of a look-up says nothing about how much of a key was right.
    """
    return _remembered(key) if len(key) <= MAX_KEY_BYTES else hashlib.sha256(key).hexdigest()


@lru_cache(maxsize=1024)  # the same few are shown again and again
def _remembered(key: bytes) -> str:
    return hashlib.sha256(key).hexdigest()
