"""What must not stand in the journal: credentials in headers, secret fields, the sandbox's own secrets."""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from mockserver.credentials import shown

CUT = "[redacted]"
_SECRET_HEADER = re.compile(rb"authorization|cookie|key|token|secret|password")
_SUSPECT = r"[^\"&=?]{0,40}(?:key|token|secret|password)[^\"&=?]{0,40}"
_IN_JSON = re.compile(rf'("{_SUSPECT}"\s*:\s*")((?:[^"\\]|\\.)*)', re.IGNORECASE)
_IN_FORM = re.compile(rf"((?:^|[&?]){_SUSPECT}=)[^&]*", re.IGNORECASE)


def headers(fields: Sequence[tuple[bytes, bytes]]) -> list[list[str]]:
    """Return headers as text, secrets cut down to their last four characters."""
    return [
        [name.decode("latin-1"), _shown(value) if _is_secret(name) else value.decode("latin-1")]
        for name, value in fields
    ]


def fields(text: str, names: Sequence[str]) -> str:
    """Return `text` with the values of secret fields cut out, in JSON as well as in forms."""
    for name in names:
        if name in text:
            text = re.sub(rf'("{name}"\s*:\s*")((?:[^"\\]|\\.)*)(")', rf"\1{CUT}\3", text)
            text = re.sub(rf"(^|&)({name})=[^&]*", rf"\1\2={CUT}", text)
    return text


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


@functools.lru_cache(maxsize=512)
def _is_secret(name: bytes) -> bool:
    return _SECRET_HEADER.search(name) is not None


def _shown(value: bytes) -> str:
    scheme, blank, secret = value.decode("latin-1").rpartition(" ")
    return f"{scheme}{blank}{shown(secret)}"
