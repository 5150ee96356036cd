"""A compact JWS with HS256, read as strictly as RFC 7515 and RFC 7519 say must.

Libraries accept text for `exp`, padded base64, other `typ`, duplicate keys; a fake that accepts what the
vendor refuses is worse than none.

Source: CP-012, CP-015 to CP-022, CP-246, CP-257, CP-282 to CP-284.
"""

from __future__ import annotations

import base64
import binascii
import hmac
import re
from dataclasses import dataclass
from typing import Any

from mockserver.access.hmac_sha256 import hmac_sha256
from mockserver.errors import CredentialMalformed, CredentialMissing, TokenRefused
from mockserver.strict_json import JsonError, read_json

MAX_TOKEN_CHARACTERS = 65_536
MAX_DEPTH = 32
TYPES = ("jwt", "application/jwt")  # one media type: a typ without a slash stands for application/… (CP-284)
_COMPACT = re.compile(r"([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]*)", re.ASCII)


@dataclass(frozen=True)
class Token:
    """A token as read, not yet believed."""

    header: dict[str, Any]
    claims: dict[str, Any]
    signing_input: bytes
    signature: bytes


def token_from_header(value: str | None, *, scheme: str) -> str:
    """Return the token of `Authorization: <scheme> <token>`; the scheme's letter case is free (RFC 9110).

    Raises:
        CredentialMissing: no header.
        CredentialMalformed: another scheme, no token, or more than one blank between.
    """
    if not value:
        raise CredentialMissing(check="token", place="Authorization")
    word, blank, token = value.partition(" ")
    if word.lower() != scheme.lower():
        raise CredentialMalformed(check="token", place="Authorization", problem=f"the scheme is not {scheme}")
    if not blank or not token or token != token.strip():
        raise CredentialMalformed(
            check="token", place="Authorization", problem=f"it is not {scheme}, one blank and a token"
        )
    return token


def read_token(text: str) -> Token:
    """Read a compact JWS without believing it.

    Raises:
        TokenRefused: not three base64url segments, or header or payload is no JSON object.
    """
    if len(text) > MAX_TOKEN_CHARACTERS:
        raise TokenRefused("it is too long")
    match = _COMPACT.fullmatch(text)
    if match is None:
        raise TokenRefused("it is not three segments of base64url")
    header, claims = _object(match[1], "header"), _object(match[2], "payload")
    return Token(header, claims, f"{match[1]}.{match[2]}".encode(), _decode(match[3], "signature"))


def check_signature(token: Token, secret: bytes) -> None:
    """Refuse a token that is not signed with HS256 and `secret` (CP-015, CP-257).

    Raises:
        TokenRefused: another algorithm, type or signature, an extension that would have to be understood.
    """
    algorithm = token.header.get("alg")
    if algorithm != "HS256":
        raise _refused(token, "its algorithm is not HS256")
    if "crit" in token.header or "b64" in token.header or "zip" in token.header:
        raise _refused(token, "its header asks for an extension (crit, b64, zip)")
    kind = token.header.get("typ", "JWT")  # clients leave it out (CP-246)
    if not isinstance(kind, str) or kind.lower() not in TYPES:
        raise _refused(token, "its typ is not JWT")
    expected = hmac_sha256(secret, token.signing_input)
    if not hmac.compare_digest(expected, token.signature):
        raise _refused(token, "its signature does not match")


def check_lifetime(
    token: Token,
    *,
    now_ms: int,
    leeway_seconds: float = 0,
    max_lifetime_seconds: float | None = None,
    required: bool = True,
) -> None:
    """Refuse a token that is expired, not yet valid or good for too long.

    On or after `exp` (plus leeway) it is expired. `nbf` and `iat` count when present (CP-283). `required`
    says whether `exp` must be there. `max_lifetime_seconds` caps how far ahead it may lie (CP-022: off).

    Raises:
        TokenRefused: with the claims and the server's time.
    """
    now = now_ms / 1000
    expiry = _moment(token, "exp", now_ms)
    if expiry is None:
        if required:
            raise _refused(token, "it has no exp", now_ms)
    elif now >= expiry + leeway_seconds:
        raise _refused(token, "it has expired", now_ms)
    elif max_lifetime_seconds is not None and expiry - now > max_lifetime_seconds + leeway_seconds:
        raise _refused(token, f"its exp is more than {max_lifetime_seconds:g} seconds ahead", now_ms)
    for claim in ("nbf", "iat"):
        start = _moment(token, claim, now_ms)
        if start is not None and start > now + leeway_seconds:
            raise _refused(token, f"its {claim} is in the future", now_ms)


def check_audience(token: Token) -> None:
    """Refuse a token that names an audience: the vendor documents no name of its own (CP-282).

    Raises:
        TokenRefused: it is meant for somebody else.
    """
    if "aud" in token.claims:
        raise _refused(token, "its aud names another audience")


def _moment(token: Token, claim: str, now_ms: int) -> float | None:
    if claim not in token.claims:
        return None
    value = token.claims[claim]
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        raise _refused(token, f"its {claim} is not a number", now_ms)
    return float(value)


def _refused(token: Token, problem: str, now_ms: int | None = None) -> TokenRefused:
    return TokenRefused(problem, header=token.header, claims=token.claims, now_ms=now_ms)


def _object(segment: str, name: str) -> dict[str, Any]:
    try:
        value = read_json(_decode(segment, name), max_depth=MAX_DEPTH)
    except JsonError as problem:
        raise TokenRefused(f"its {name} is not acceptable JSON: {problem}") from None
    if not isinstance(value, dict):
        raise TokenRefused(f"its {name} is not a JSON object")
    return value


def _decode(segment: str, name: str) -> bytes:
    try:
        raw = base64.urlsafe_b64decode(segment + "=" * (-len(segment) % 4))
    except (binascii.Error, ValueError):
        raise TokenRefused(f"its {name} is not base64url") from None
    # Unused bits must be zero (RFC 4648, 3.5): otherwise several texts would be one token.
    if base64.urlsafe_b64encode(raw).rstrip(b"=") != segment.encode():
        raise TokenRefused(f"its {name} is not canonical base64url")
    return raw
