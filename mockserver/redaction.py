"""What must not stand in the journal: credentials in headers, secret fields, the sandbox's own secrets."""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Sequence

from mockserver.credentials import shown

CUT = "[redacted]"
SHORT = 256  # bytes of a header that is worth remembering
_SECRET_HEADER = re.compile(rb"authorization|cookie|key|token|secret|password")
_SUSPECT = r"[^\"&=?]{0,40}(?:key|token|secret|password)[^\"&=?]{0,40}"
_IN_JSON = re.compile(rf'("{_SUSPECT}"\s*:\s*")((?:[^"\\]|\\.)*)', re.IGNORECASE)
_IN_FORM = re.compile(rf"((?:^|[&?]){_SUSPECT}=)[^&]*", re.IGNORECASE)


def headers(fields: Sequence[tuple[bytes, bytes]]) -> list[tuple[str, str]]:
    """Return headers as text, secrets cut down to their last four characters."""
    return [
        _remembered(name, value) if len(name) + len(value) <= SHORT else _header(name, value)
        for name, value in fields
    ]


def fields(text: str, names: Sequence[str]) -> str:
    """Return `text` with the values of secret fields cut out, in JSON as well as in forms."""
    if not text or not any(map(text.__contains__, _traces(tuple(names)))):
        return text
    for name in names:
        if name in text:
            text = re.sub(rf'("{name}"\s*:\s*")((?:[^"\\]|\\.)*)(")', rf"\1{CUT}\3", text)
            text = re.sub(rf"(^|&)({name})=[^&]*", rf"\1\2={CUT}", text)
    return text


@functools.cache
def _traces(names: tuple[str, ...]) -> frozenset[str]:
    """Return words one of which stands in each name, the more common the better: fewer to look for."""
    words = Counter(word for name in names for word in name.split("_"))
    return frozenset(max(name.split("_"), key=lambda word: (words[word], len(word))) for name in names)


def suspects(text: str) -> str:
    """Return `text` without the values of whatever is called key, token, secret or password.

    For refused requests: who puts a credential in the wrong place must not find it in the journal.
    """
    return _IN_FORM.sub(rf"\1{CUT}", _IN_JSON.sub(rf"\1{CUT}", text))


def known(text: str, secrets: Sequence[str]) -> str:
    """Return `text` with every known secret cut down to its last four characters."""
    for secret in secrets:
        if secret in text:
            text = text.replace(secret, shown(secret))
    return text


def known_in_json(document: bytes, secrets: Sequence[str]) -> bytes:
    """Return a JSON document with every known secret cut down, as `known` does in a text."""
    for secret, cut in _cuts(tuple(secrets)):
        document = document.replace(secret, cut)
    return document


@functools.lru_cache(maxsize=512)
def _cuts(secrets: tuple[str, ...]) -> list[tuple[bytes, bytes]]:
    """Return each secret as bytes, with what may be shown of it."""
    return [(secret.encode(), shown(secret).encode()) for secret in secrets]


def _header(name: bytes, value: bytes) -> tuple[str, str]:
    text = value.decode("latin-1")
    if _SECRET_HEADER.search(name):
        scheme, blank, secret = text.rpartition(" ")
        text = f"{scheme}{blank}{shown(secret)}"
    return name.decode("latin-1"), text


_remembered = functools.lru_cache(maxsize=1024)(_header)  # a client sends the same ones again and again
