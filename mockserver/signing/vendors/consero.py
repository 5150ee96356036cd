"""Consero: a fixed key in a header.

Source: CO-009, CO-020, CO-023.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockserver.signing.form import placed
from mockserver.signing.wish import SignedRequest, Wish, address

CREDENTIALS = ("api_key",)
BASE_PATH = "/api/v1"  # CO-007
OVERRIDES = ()
PROBE = ("GET", "/examinations")


def sign(
    wish: Wish, access: Mapping[str, str], *, now_ms: int, random_bytes: Callable[[int], bytes]
) -> SignedRequest:
    """Return the request with its key."""
    del now_ms
    url, query = address(wish, access["base_url"], BASE_PATH)
    headers = (("x-api-key", access["api_key"]), ("Accept", "application/json"))
    return placed(wish, url, query, wish.parameters, headers, random_bytes)
