"""The client's side of access: requests signed as each vendor's page says.

Each vendor is a file in `signing/vendors`. It has `CREDENTIALS` (what it signs with), `BASE_PATH` (what a
client's base URL ends in), `OVERRIDES` (what a caller may set instead), `PROBE` (method and path of a request
that changes nothing) and `sign(wish, access, now_ms=…, random_bytes=…)`.
"""

from __future__ import annotations

import functools
import importlib
import pkgutil
from collections.abc import Callable, Mapping
from typing import Protocol, cast

from mockserver.errors import UsageError
from mockserver.signing import vendors
from mockserver.signing.wish import SignedRequest, Wish


class Signing(Protocol):
    """What a vendor's file offers."""

    CREDENTIALS: tuple[str, ...]
    BASE_PATH: str
    OVERRIDES: tuple[str, ...]
    PROBE: tuple[str, str]

    def sign(
        self,
        wish: Wish,
        access: Mapping[str, str],
        *,
        now_ms: int,
        random_bytes: Callable[[int], bytes],
    ) -> SignedRequest:
        """Return the request that the wish asks for; `access` holds `base_url` and the credentials."""


def signing_of(vendor: str) -> Signing:
    """Return how requests to `vendor` are signed.

    Raises:
        UsageError: no vendor has this name.
    """
    if vendor not in vendor_names():
        raise UsageError(f"there is no vendor {vendor!r}: use {', '.join(vendor_names())}")
    return cast("Signing", importlib.import_module(f"{vendors.__name__}.{vendor}"))


@functools.cache  # every signature asks; the folder is read once
def vendor_names() -> tuple[str, ...]:
    """Return the names of the vendors, sorted."""
    return tuple(sorted(module.name for module in pkgutil.iter_modules(vendors.__path__)))


def sign(
    vendor: str,
    wish: Wish,
    access: Mapping[str, str],
    *,
    now_ms: int,
    random_bytes: Callable[[int], bytes],
) -> SignedRequest:
    """Return the signed request.

    Raises:
        UsageError: no such vendor, or it has no use for what the wish overrides.
    """
    signing = signing_of(vendor)
    useless = [name for name in wish.overrides if name not in signing.OVERRIDES]
    if useless:
        takes = ", ".join(signing.OVERRIDES) or "nothing"
        raise UsageError(f"a request to {vendor} has no {', '.join(useless)} to set (it has: {takes})")
    return signing.sign(wish, access, now_ms=now_ms, random_bytes=random_bytes)
