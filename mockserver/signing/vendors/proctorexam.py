"""ProctorExam: a token in the header, and timestamp, nonce and signature among the parameters.

Source: PE-014, PE-016, PE-026 to PE-045.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import parse_qsl, unquote

from mockserver.access.hmac_signature import sign as hmac_of
from mockserver.access.hmac_signature import string_to_sign
from mockserver.signing.form import placed
from mockserver.signing.wish import LEFT_OUT, SignedRequest, Wish, address, moved

CREDENTIALS = ("api_token", "secret_key")
BASE_PATH = "/api/v3"  # PE-004
OVERRIDES = ("nonce", "timestamp", "signature", "path_ids")
PROBE = ("GET", "/institutes")

# What lies below one institute or exam; any other word behind an id is something done to it.
NESTED = ("attachments", "documents", "student_sessions", "users")
NONCE_DIGITS = 10**12  # twelve random digits: a number, as the page wants it (PE-059), that comes up once


def sign(
    wish: Wish, access: Mapping[str, str], *, now_ms: int, random_bytes: Callable[[int], bytes]
) -> SignedRequest:
    """Return the request with timestamp, nonce and signature.

    A raw body stays as it is: then the three go into the query, and the members of a JSON object are signed.
    """
    url, query = address(wish, access["base_url"], BASE_PATH)
    nonce = str(int.from_bytes(random_bytes(8), "big") % NONCE_DIGITS)
    fresh = {
        "nonce": wish.overrides.get("nonce", nonce),
        "timestamp": moved(wish.overrides.get("timestamp", "+0"), now_ms, per_second=1000),
    }
    fresh = {name: value for name, value in fresh.items() if value != LEFT_OUT}
    parameters = {**wish.parameters, **fresh}
    signed = {
        **(path_ids(url.removeprefix(access["base_url"].rstrip("/"))) if _signs_ids(wish) else {}),
        **dict(parse_qsl(query, keep_blank_values=True)),
        **members(wish.raw_body),
        **parameters,
    }
    text = string_to_sign(signed)
    signature = wish.overrides.get("signature", hmac_of(access["secret_key"].encode(), text))
    if signature != LEFT_OUT:
        parameters["signature"] = signature
    headers = (
        ("Authorization", f"Token token={access['api_token']}"),  # PE-014
        ("Accept", "application/vnd.procwise.v3"),  # PE-016
    )
    return placed(wish, url, query, parameters, headers, random_bytes)


def path_ids(path: str) -> dict[str, str]:
    """Return the ids of a path under their names in the signature (PE-033 to PE-036).

    The last id is `id`; one with something below it is named after what it identifies: `exam_id`.
    """
    words = [unquote(word) for word in path.strip("/").split("/")]
    found = {}
    for noun, value, after in zip(words[::2], words[1::2], [*words[2::2], ""], strict=False):
        found[f"{noun.removesuffix('s')}_id" if after in NESTED else "id"] = value
    return found


def members(raw_body: bytes | None) -> dict[str, Any]:
    """Return the members of a JSON object, nothing for any other body."""
    try:
        value = json.loads(raw_body or b"")
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _signs_ids(wish: Wish) -> bool:
    return wish.overrides.get("path_ids") != LEFT_OUT
