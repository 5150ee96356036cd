"""What clients get wrong with a JWT: tried on the token until one mistake reproduces what was sent.

Source: CP-012 to CP-022, CP-257.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mockserver.access.jwt_token import Token, read_token
from mockserver.errors import TokenRefused
from mockserver.explain.explanation import Mistake
from mockserver.explain.freshness_mistakes import clock_skew
from mockserver.explain.quick_hmac import prepared

MAX_TOKEN = 8_192  # a longer one costs more to try than an answer may take
RECIPE_SECONDS = range(-60, 331)  # how far from now clients let exp lie: 30 s by the page, 300 s by a plugin
MAX_PAYLOAD = 200  # characters of a payload that is tried with every such exp
PLACE = 7_777_777_777  # stands where an exp will
LATEST_SECONDS = 253_402_300_799  # the year 9999: an exp beyond it is no number of seconds
ALGORITHMS = {"HS384": hashlib.sha384, "HS512": hashlib.sha512}

RECIPE = "Send the token as Authorization: JWT <token>, and a browser's as the form field token."
_TOKEN = re.compile(r"eyJ[A-Za-z0-9_-]{5,}\.eyJ[A-Za-z0-9_-]*\.[A-Za-z0-9_-]{20,}", re.ASCII)
MILLISECONDS = Mistake("exp_in_milliseconds", "Write exp in seconds since 1970: divide by 1000.")
TEXT = Mistake("exp_as_text", "Write exp as a JSON number, without quotation marks.")
MISSING = Mistake("exp_missing", "Add the claim exp: now + 30 in seconds since 1970.")
OTHER_ALGORITHM = "Sign with HS256: this token is signed with {}."
UNSIGNED = Mistake("token_not_signed", "Sign the token with HS256: its algorithm is none.")
PAYLOAD_CHANGED = Mistake(
    "payload_changed_after_signing", "Sign the payload that is sent: it was changed after signing."
)
HEADER_CHANGED = Mistake(
    "header_changed_after_signing", "Sign the header that is sent: it was changed after signing."
)
NAME_AS_SECRET = Mistake(
    "integration_name_used_as_secret", "Sign with the JWT secret, not with the integration name."
)
NEWLINE = Mistake(
    "secret_with_newline", "Sign with the secret alone: a line break or blank was read along with it."
)
DECODED = Mistake("secret_base64_decoded", "Sign with the secret as text: it is not base64.")
ENCODED = Mistake("secret_base64_encoded", "Sign with the secret as it is: do not encode it.")
HEXADECIMAL = Mistake("secret_hex_decoded", "Sign with the secret as text: it is not hexadecimal.")
EMPTY = Mistake("secret_empty", "Sign with the JWT secret: an empty one was used.")
PADDED = Mistake(
    "base64_with_padding", "Write the three parts of the token in base64url without = at their ends."
)
STANDARD = Mistake(
    "base64_not_url_safe", "Write the three parts of the token in base64url: - and _ for + and /."
)
HEX_SIGNATURE = Mistake(
    "signature_in_hex", "Write the token's signature in base64url of its 32 bytes, not of hex digits."
)


@dataclass(frozen=True)
class Attempt:
    """A token as it arrived. `others` are secrets of others, each with the mistake of using it."""

    text: str
    secret: str
    integration_name: str
    now_ms: int
    others: tuple[tuple[Mistake, str], ...] = ()


def find(attempt: Attempt) -> Mistake | None:
    """Return the mistake in making the token, None where none explains exactly what arrived."""
    if len(attempt.text) > MAX_TOKEN:
        return None
    written = _written(attempt.text)
    if written is not None:
        return written
    try:
        token = read_token(attempt.text)
    except TokenRefused:
        return None
    algorithm = token.header.get("alg")
    if not isinstance(algorithm, str):
        algorithm = ""
    if algorithm.lower() == "none":
        return UNSIGNED
    if algorithm in ALGORITHMS and _signs(attempt.secret.encode(), token, ALGORITHMS[algorithm]):
        return Mistake(f"algorithm_{algorithm.lower()}", OTHER_ALGORITHM.format(algorithm))
    if _signs(attempt.secret.encode(), token):
        return _of_claims(token.claims, attempt.now_ms)
    for key, mistake in _keys(attempt):
        if _signs(key, token):
            return mistake
    return _changed(attempt, token)


def of_scheme(authorization: str) -> Mistake | None:
    """Return what is wrong with an Authorization header that holds a token but not as `JWT <token>`."""
    word, _, rest = authorization.strip().partition(" ")
    if authorization.count(".") == 2 and not rest:
        return Mistake(
            "scheme_missing", "Write the word JWT and a blank in front: Authorization: JWT <token>."
        )
    if word.lower() in ("bearer", "token", "basic"):
        return Mistake(
            f"scheme_{word.lower()}", f"Write Authorization: JWT <token>, not {word.capitalize()}."
        )
    if word.lower().rstrip(":=") == "jwt":
        return Mistake(
            "scheme_written_otherwise", "Write Authorization: JWT <token>, with exactly one blank between."
        )
    return None


def of_place(places: Mapping[str, str]) -> Mistake | None:
    """Return where a token stands instead of where it belongs, given what stands where."""
    for place, text in places.items():
        if _TOKEN.search(text):
            return Mistake("token_in_another_place", f"{RECIPE} It was found in the {place}.")
    return None


def ages(claims: Mapping[str, Any] | None, now_ms: int) -> dict[str, Any]:
    """Return each moment among the claims with how many seconds ago it was (negative: ahead)."""
    found = {}
    for name in ("exp", "nbf", "iat"):
        value = (claims or {}).get(name)
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            found[name] = {"value": value, "seconds_ago": round(now_ms / 1000 - value, 3)}
        elif value is not None:
            found[name] = {"value": value}
    return found


def _of_claims(claims: Mapping[str, Any], now_ms: int) -> Mistake | None:
    expiry = claims.get("exp")
    if expiry is None:
        return MISSING
    if isinstance(expiry, str):
        return TEXT if re.fullmatch(r"\d+(\.\d+)?", expiry, re.ASCII) else None
    if isinstance(expiry, bool) or not isinstance(expiry, (int, float)):
        return None
    if expiry > LATEST_SECONDS or abs(expiry / 1000 - now_ms / 1000) < 86_400:
        return MILLISECONDS
    issued = claims.get("iat")
    if isinstance(issued, (int, float)) and issued > now_ms / 1000:
        return clock_skew(now_ms / 1000 - issued)
    if expiry <= now_ms / 1000:
        return _expired(now_ms / 1000 - expiry)
    return None


def _expired(seconds_ago: float) -> Mistake:
    return Mistake(
        "clock_skew",
        f"The token ran out {seconds_ago:g} seconds ago: make one for each request, when it is sent. "
        "If that is done, the client's clock is behind the sandbox's: set one of them.",
    )


def _written(text: str) -> Mistake | None:
    parts = text.split(".")
    if len(parts) != 3:
        return None
    if any("=" in part for part in parts):
        return PADDED
    if any("+" in part or "/" in part for part in parts):
        return STANDARD
    return HEX_SIGNATURE if re.fullmatch(r"[0-9a-fA-F]{64}", parts[2], re.ASCII) else None


def _keys(attempt: Attempt) -> Iterable[tuple[bytes, Mistake]]:
    secret = attempt.secret
    yield attempt.integration_name.encode(), NAME_AS_SECRET
    for end in ("\n", "\r\n", " "):
        yield (secret + end).encode(), NEWLINE
    yield b"", EMPTY
    yield base64.b64encode(secret.encode()), ENCODED
    yield base64.urlsafe_b64encode(secret.encode()).rstrip(b"="), ENCODED
    for decode in (base64.urlsafe_b64decode, base64.b64decode):
        try:
            yield decode(secret + "=" * (-len(secret) % 4)), DECODED
        except (binascii.Error, ValueError):
            continue
    if re.fullmatch(r"(?:[0-9a-fA-F]{2})+", secret, re.ASCII):
        yield bytes.fromhex(secret), HEXADECIMAL
    for mistake, other in attempt.others:
        yield other.encode(), mistake


def _changed(attempt: Attempt, token: Token) -> Mistake | None:
    """Try the payloads and headers that may have been signed before one of them was changed."""
    digest = prepared(attempt.secret.encode(), "sha256")
    header, payload = token.signing_input.split(b".")
    if any(digest(other + b"." + payload) == token.signature for other in _headers()):
        return HEADER_CHANGED
    start = header + b"."
    for text in _payloads(token.claims, attempt.now_ms):
        if digest(start + _base64url(text)) == token.signature:
            return PAYLOAD_CHANGED
    return None


def _headers() -> Iterable[bytes]:
    for header in ({"alg": "HS256", "typ": "JWT"}, {"typ": "JWT", "alg": "HS256"}, {"alg": "HS256"}):
        yield _base64url(json.dumps(header, separators=(",", ":")))
        yield _base64url(json.dumps(header))


def _payloads(claims: Mapping[str, Any], now_ms: int) -> Iterable[str]:
    """Yield the claims written anew, each one missing, and with every `exp` that clients would write now."""
    for separators in (None, (",", ":")):
        yield json.dumps(claims, separators=separators)
        for name in list(claims)[:20]:
            yield json.dumps(
                {key: value for key, value in claims.items() if key != name}, separators=separators
            )
        before, _, behind = json.dumps({**claims, "exp": PLACE}, separators=separators).partition(str(PLACE))
        if len(before) + len(behind) < MAX_PAYLOAD:
            for seconds in RECIPE_SECONDS:
                yield f"{before}{now_ms // 1000 + seconds}{behind}"


def _signs(key: bytes, token: Token, algorithm: Any = hashlib.sha256) -> bool:
    return hmac.digest(key, token.signing_input, algorithm) == token.signature


def _base64url(text: str) -> bytes:
    return base64.urlsafe_b64encode(text.encode()).rstrip(b"=")
