"""The catalogue of secrets and digests that clients take by mistake."""

from __future__ import annotations

import base64
import binascii
import contextlib
import hashlib
import hmac
import re
from collections.abc import Iterable
from dataclasses import dataclass

from mockserver.explain.explanation import Mistake
from mockserver.explain.hmac_mistakes.attempt import Attempt
from mockserver.explain.quick_hmac import Digest, prepared

_HEX = re.compile(r"(?:[0-9a-fA-F]{2})+", re.ASCII)
ALGORITHMS = {16: "md5", 20: "sha1", 28: "sha224", 32: "sha256", 48: "sha384", 64: "sha512"}
API_TOKEN_AS_SECRET = Mistake("api_token_used_as_secret", "Sign with the secret key, not with the API token.")
SECRET_WITH_NEWLINE = Mistake(
    "secret_with_newline", "Sign with the secret alone: a line break or blank was read along with it."
)
SECRET_DECODED = Mistake("secret_base64_decoded", "Sign with the secret as text: it is not base64.")
SECRET_ENCODED = Mistake("secret_base64_encoded", "Sign with the secret as it is: do not encode it.")
SECRET_HEX_DECODED = Mistake("secret_hex_decoded", "Sign with the secret as text: it is not hexadecimal.")
SECRET_QUOTED = Mistake(
    "secret_in_quotes", "Sign with the secret alone: quotation marks were read along with it."
)
SECRET_EMPTY = Mistake("secret_empty", "Sign with the secret key: an empty one was used.")
PLAIN = Mistake(
    "plain_hash",
    "Make an HMAC with the secret as its key: a plain hash of secret and text is something else.",
)
SWAPPED = Mistake(
    "secret_and_text_swapped", "Make the HMAC of the text with the secret as its key, not the other way."
)


@dataclass(frozen=True)
class Form:
    """What a presented signature says by its form: the digest's bytes, and what is wrong with the writing."""

    digest: bytes
    mistakes: tuple[Mistake, ...]

    @property
    def algorithm(self) -> str:
        """The hash function whose digest is that long."""
        return ALGORITHMS[len(self.digest)]


def forms(presented: str) -> list[Form]:
    """Return how a presented signature can be read; none where it can be no digest at all."""
    text = presented.strip()
    mistakes: list[Mistake] = []
    if text != presented:
        mistakes.append(Mistake("signature_with_blanks", "Send the signature without blanks or line breaks."))
    prefix, equals, rest = text.partition("=")
    if equals and prefix.lower() in {"sha256", "sha1", "sha512", "hmac-sha256"}:
        mistakes.append(
            Mistake("signature_with_prefix", "Send the hexadecimal digits alone, without sha256=.")
        )
        text = rest
    if _HEX.fullmatch(text):
        if text != text.lower():
            mistakes.append(
                Mistake("upper_case_hex", "Write the signature in lower-case hexadecimal digits.")
            )
        found = [bytes.fromhex(text)]
    else:
        mistakes.append(Mistake("base64", "Write the signature in hexadecimal digits, not in base64."))
        found = _from_base64(text)
    return [
        Form(digest, (*mistakes, *_of_algorithm(ALGORITHMS[len(digest)])))
        for digest in found
        if len(digest) in ALGORITHMS
    ]


def right(secret: str, algorithm: str) -> Digest:
    """Return the HMAC with `secret`, as clients should make it."""
    return prepared(secret.encode("utf-8", "surrogatepass"), algorithm)


def wrong(attempt: Attempt, algorithm: str) -> list[tuple[Digest, Mistake]]:
    """Return what clients compute instead."""
    found = [(right(secret, algorithm), mistake) for secret, mistake in _wrong_secrets(attempt)]
    for key, mistake in _decoded(attempt.secret):
        found.append((prepared(key, algorithm), mistake))
    return [*found, *_without_hmac(attempt.secret, algorithm)]


def wrong_twice(attempt: Attempt, algorithm: str) -> list[tuple[Digest, tuple[Mistake, ...]]]:
    """Return what clients compute with the wrong secret and without an HMAC."""
    return [
        (digest, (first, second))
        for secret, first in _wrong_secrets(attempt)
        for digest, second in _without_hmac(secret, algorithm)
    ]


def _wrong_secrets(attempt: Attempt) -> Iterable[tuple[str, Mistake]]:
    secret = attempt.secret
    yield attempt.token, API_TOKEN_AS_SECRET
    for end in ("\n", "\r\n", " "):
        yield secret + end, SECRET_WITH_NEWLINE
    yield base64.b64encode(secret.encode()).decode(), SECRET_ENCODED
    yield f'"{secret}"', SECRET_QUOTED
    yield "", SECRET_EMPTY


def _without_hmac(secret: str, algorithm: str) -> Iterable[tuple[Digest, Mistake]]:
    key = secret.encode("utf-8", "surrogatepass")

    def hashed(text: bytes) -> bytes:
        return hashlib.new(algorithm, text, usedforsecurity=False).digest()

    yield lambda text: hashed(key + text), PLAIN
    yield lambda text: hashed(text + key), PLAIN
    yield hashed, PLAIN
    yield lambda text: hmac.digest(text, key, algorithm), SWAPPED


def _decoded(secret: str) -> Iterable[tuple[bytes, Mistake]]:
    with contextlib.suppress(binascii.Error, ValueError):
        yield base64.urlsafe_b64decode(secret + "=" * (-len(secret) % 4)), SECRET_DECODED
    if _HEX.fullmatch(secret):
        yield bytes.fromhex(secret), SECRET_HEX_DECODED


def _from_base64(text: str) -> list[bytes]:
    try:
        padded = text.rstrip("=") + "=" * (-len(text.rstrip("=")) % 4)
        raw = base64.b64decode(padded.replace("-", "+").replace("_", "/"), validate=True)
    except (binascii.Error, ValueError):
        return []
    inner = raw.decode("latin-1")
    return [raw, bytes.fromhex(inner)] if _HEX.fullmatch(inner) else [raw]


def _of_algorithm(algorithm: str) -> tuple[Mistake, ...]:
    if algorithm == "sha256":
        return ()
    return (
        Mistake(
            algorithm, f"Make the HMAC with SHA-256, not with {algorithm.upper().replace('SHA', 'SHA-')}."
        ),
    )
