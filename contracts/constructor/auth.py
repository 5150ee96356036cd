"""The two tokens of Constructor, made at send time.

Written without a look at the server's code: shared code would make one mistake look like agreement.
Source: CP-012, CP-015, CP-016, CP-017, CP-024.
"""

import base64
import hmac
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from contracts.claims import claims_in
from contracts.credentials import Credentials
from contracts.runclock import RunClock
from contracts.surface import Surface
from contracts.vendors import PLACEHOLDER, SigningOptions

if TYPE_CHECKING:
    from requests import PreparedRequest

LIFETIME_SECONDS = 30  # CP-017
HEADER = {"alg": "HS256", "typ": "JWT"}  # CP-015


class Signer:
    """Turns the placeholder in the header into a fresh header token, and one in a field into a data token."""

    def __init__(self, credentials: Credentials, clock: RunClock) -> None:
        self._credentials = credentials
        self._clock = clock

    def __call__(self, request: "PreparedRequest") -> "PreparedRequest":
        secret = self._credentials["jwt_secret"]
        if request.headers.get("Authorization") == f"JWT {PLACEHOLDER}":
            expires = int(self._clock.now()) + LIFETIME_SECONDS
            request.headers["Authorization"] = f"JWT {jws(HEADER, {'exp': expires}, secret)}"
        if request.url is not None and PLACEHOLDER in request.url:
            request.url = _fill(request.url, secret)
        body = request.body
        if isinstance(body, str | bytes):
            text = body if isinstance(body, str) else body.decode("latin-1")
            if PLACEHOLDER in text:
                request.body = _fill(text, secret).encode("latin-1")
                request.headers["Content-Length"] = str(len(request.body))
        return request


def signer(
    credentials: Credentials, _surface: Surface, _base_url: str, clock: RunClock, _options: SigningOptions
) -> Signer:
    return Signer(credentials, clock)


def ask_for_credentials(_method: str, path: str, headers: dict[str, str], _query: dict[str, Any]) -> None:
    """Mark where the header token belongs; the browser calls outside /api carry none."""
    if path.startswith("/api/"):
        headers.setdefault("Authorization", f"JWT {PLACEHOLDER}")
        headers.setdefault("Content-Type", "application/json")  # CP-013, CP-014


def jws(header: Any, claims: Any, secret: str, *, digest: str = "sha256") -> str:
    """A compact JWS over header and claims, signed with HMAC."""
    signed = f"{_base64url(_json(header))}.{_base64url(_json(claims))}"
    return f"{signed}.{_base64url(hmac.digest(secret.encode(), signed.encode(), digest))}"


def unsigned(header: Any, claims: Any) -> str:
    """A compact JWS with an empty signature."""
    return f"{_base64url(_json(header))}.{_base64url(_json(claims))}."


def _fill(text: str, secret: str) -> str:
    """Replace each `PLACEHOLDER.<claims>` by a token of these claims."""
    before, found, rest = text.partition(PLACEHOLDER + ".")
    if not found:
        return text
    encoded = rest[
        : len(rest) - len(rest.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"))
    ]
    token = jws(HEADER, claims_in(f".{encoded}"), secret)
    return before + quote(token) + _fill(rest[len(encoded) :], secret)


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _base64url(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
