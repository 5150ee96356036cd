"""Constructor Proctor: a short-lived JWT, in a header for the LMS, or carrying all data for a browser.

Source: CP-012 to CP-017, CP-024 to CP-032.
"""

from __future__ import annotations

import base64
import dataclasses
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlsplit

from mockserver.signing.form import JSON, placed
from mockserver.signing.wish import LEFT_OUT, SignedRequest, Wish, address, moved

CREDENTIALS = ("integration_name", "jwt_secret")
BASE_PATH = ""
OVERRIDES = ("exp",)
PROBE = ("GET", "/sessions/mockserver-doctor/status/")

LMS = "/api/v2/integration/simple/"
BROWSER = "/integration/simple/"
BROWSER_PAGES = ("start", "archive", "finish")
LIFETIME = "+30"  # seconds from now (CP-017)


def sign(
    wish: Wish, access: Mapping[str, str], *, now_ms: int, random_bytes: Callable[[int], bytes]
) -> SignedRequest:
    """Return the request with its token: in the header, or in the field `token` of start and archive."""
    wish = dataclasses.replace(wish, path=full_path(wish.path, access["integration_name"]))
    url, query = address(wish, access["base_url"], BASE_PATH)
    exp = moved(wish.overrides.get("exp", LIFETIME), now_ms // 1000, per_second=1)
    lifetime = {} if exp == LEFT_OUT else {"exp": exp}
    secret = access["jwt_secret"]
    page = _browser_page(urlsplit(url).path)
    if page == "finish":  # no credential is visible in it (CP-191)
        return placed(wish, url, query, wish.parameters, (), random_bytes)
    if page:
        field = {"token": hs256({**wish.parameters, **lifetime}, secret)}  # CP-024, CP-029
        return placed(dataclasses.replace(wish, form=True), url, query, field, (), random_bytes)
    headers = (
        ("Authorization", f"JWT {hs256(lifetime, secret)}"),
        ("Content-Type", JSON),
    )  # CP-012 to CP-014
    return placed(wish, url, query, wish.parameters, headers, random_bytes)


def full_path(path: str, integration_name: str) -> str:
    """Return the whole path of a short one: `/exams/` is `/api/v2/integration/simple/NAME/exams/`.

    `/start/`, `/archive/…` and `/finish/…` are the browser's pages, below `/integration/simple/NAME/`.
    """
    path = path.replace("{integration_name}", integration_name)
    words = path.lstrip("/")
    if "://" in path or words.startswith((LMS[1:], BROWSER[1:])):
        return path
    root = BROWSER if words.partition("/")[0] in BROWSER_PAGES else LMS
    return f"{root}{integration_name}/{words}"


def hs256(claims: Mapping[str, Any], secret: str) -> str:
    """Return a compact JWS over `claims` (CP-015)."""
    header = {"alg": "HS256", "typ": "JWT"}
    signed = ".".join(_segment(json.dumps(part, ensure_ascii=False).encode()) for part in (header, claims))
    return f"{signed}.{_segment(hmac.digest(secret.encode(), signed.encode(), hashlib.sha256))}"


def _segment(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _browser_page(path: str) -> str:
    """Return `start`, `archive` or `finish` for a path of a browser, empty for one of the LMS."""
    before, found, rest = path.partition(BROWSER)
    if not found or before.endswith("/api/v2"):
        return ""
    page = rest.partition("/")[2].partition("/")[0]
    return page if page in BROWSER_PAGES else ""
