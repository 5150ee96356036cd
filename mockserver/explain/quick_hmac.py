"""HMAC for many texts and one key."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import Any

Digest = Callable[[bytes], bytes]

_INNER = bytes(byte ^ 0x36 for byte in range(256))
_OUTER = bytes(byte ^ 0x5C for byte in range(256))


def prepared(key: bytes, algorithm: str) -> Digest:
    """Return the HMAC of RFC 2104 with its key worked in once: short texts then take half the time."""
    start: Any = hashlib.new(algorithm, usedforsecurity=False)
    if len(key) > start.block_size:
        key = hashlib.new(algorithm, key, usedforsecurity=False).digest()
    key = key.ljust(start.block_size, b"\0")
    inner, outer = start.copy(), start.copy()
    inner.update(key.translate(_INNER))
    outer.update(key.translate(_OUTER))

    def digest(text: bytes) -> bytes:
        first, second = inner.copy(), outer.copy()
        first.update(text)
        second.update(first.digest())
        found: bytes = second.digest()
        return found

    return digest
