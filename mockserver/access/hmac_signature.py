"""An HMAC-SHA256 over the parameters of a request.

Source: PE-026 to PE-052.
"""

from __future__ import annotations

import hmac
import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from mockserver.access.hmac_sha256 import hmac_sha256
from mockserver.errors import CredentialMalformed, CredentialMissing, SignatureMismatch
from mockserver.strict_json import Decimal

SEPARATOR = "?"
_HEX_SHA256 = re.compile(r"[0-9a-f]{64}", re.ASCII)


def value_text(value: Any) -> str:
    """Return the text with which a value enters the string to sign, without any encoding (PE-028).

    Booleans are `true` and `false` (PE-045), null is empty (PE-047), numbers stand as they were written,
    lists are written as JSON with a blank behind the comma (PE-048).
    """
    if isinstance(value, str):
        return value
    if value is True:
        return "true"
    if value is False:
        return "false"
    if isinstance(value, int):
        return str(value)
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return value.text
    if isinstance(value, float):
        return str(value)
    return json.dumps(value, ensure_ascii=False)


def string_to_sign(parameters: Mapping[str, Any]) -> str:
    """Return `name=value` of all parameters, ordered by name in byte order, joined by `?` (PE-027, PE-039).

    `parameters` hold no signature and no file parts.
    """
    parts = []
    for name in sorted(parameters):  # by code points equals by bytes of UTF-8: no need to encode the names
        value = parameters[name]
        parts.append(f"{name}={value if value.__class__ is str else value_text(value)}")
    return SEPARATOR.join(parts)


def sign(secret: bytes, text: str) -> str:
    """Return the HMAC-SHA256 of `text` (as UTF-8) in lower-case hex (PE-026, PE-032)."""
    return hmac_sha256(secret, text.encode("utf-8", "surrogatepass")).hex()


def read_signature(value: Any) -> str:
    """Return a presented signature if it could be one: 64 lower-case hex digits.

    Raises:
        CredentialMissing: no signature at all.
        CredentialMalformed: something else.
    """
    if value is None or value == "":
        raise CredentialMissing(check="signature", place="signature")
    if not isinstance(value, str) or not _HEX_SHA256.fullmatch(value):
        raise CredentialMalformed(
            check="signature", place="signature", problem="it is not 64 lower-case hexadecimal digits"
        )
    return value


def check_signature(presented: str, secret: bytes, candidates: Iterable[tuple[str, str]]) -> str:
    """Return the name of the candidate text that `presented` signs.

    `candidates` are pairs of name and string to sign; all are tried, so the time tells nothing about which.

    Raises:
        SignatureMismatch: it signs none of them; carries the texts for the explanation.
    """
    given = presented.encode()
    texts = dict(candidates)
    matching = [
        name for name, text in texts.items() if hmac.compare_digest(sign(secret, text).encode(), given)
    ]
    if not matching:
        raise SignatureMismatch(presented=presented, strings_to_sign=texts)
    return matching[0]
