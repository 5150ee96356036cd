"""What must hold for the head of an HTTP request before anything acts on it (RFC 9110, RFC 9112).

Parsers differ in what they forgive. This stands behind each of them, so that all servers are one, and so
that nothing in front of the server can have read a request differently.
"""

from __future__ import annotations

import re
from functools import lru_cache
from ipaddress import IPv6Address
from itertools import chain
from typing import NamedTuple

Headers = list[tuple[bytes, bytes]]

MAX_HEAD_BYTES = 65_536
MAX_TARGET_BYTES = 32_768
MAX_FIELDS = 128
VERSIONS = ("1.0", "1.1")
ONCE = (b"host", b"content-length", b"transfer-encoding", b"content-type", b"content-encoding", b"expect")
CONTROL = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")  # what no value of a field may hold (RFC 9110, 5.5)
_TARGET = re.compile(rb"/[\x21\x22\x24-\x7e]*")  # visible ASCII without `#`: a fragment is never sent
_ABSOLUTE = re.compile(rb"(?i:http)://([^/?#@]+)([/?].*)?")
_HOST = re.compile(
    rb"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?:[A-Za-z0-9._~!$&'()*+,;=-]|%[0-9A-Fa-f]{2})*)(?::(?P<port>[0-9]{0,5}))?"
)
MAX_PORT = 65_535


class Refusal(NamedTuple):
    """The answer to what must not be acted on; the connection is closed after it."""

    status: int
    problem: str


class HeadRefused(Exception):
    """A head that must not be acted on."""

    def __init__(self, status: int, problem: str) -> None:
        super().__init__(problem)
        self.refusal = Refusal(status, problem)


TARGET_TOO_LONG = Refusal(414, f"The request target is longer than {MAX_TARGET_BYTES} bytes.")
HEAD_TOO_LONG = Refusal(431, f"The head is longer than {MAX_HEAD_BYTES} bytes or {MAX_FIELDS} fields.")
BODY_TOO_WORDY = Refusal(400, "The body is cut into too many chunks, or its trailer is too long.")


def checked_head(
    method: bytes, target: bytes, version: str, headers: Headers, *, most_bytes: int | None = None
) -> tuple[bytes, Headers]:
    """Return target and headers as the server acts on them: the target from `/` on, or `*`.

    Header names are in lower case. `most_bytes` is more than the head has, where that is known.
    The host of `http://host/path` replaces `Host` (RFC 9112, 3.2.2).

    Raises:
        HeadRefused: with the status that the standards name.
    """
    if version not in VERSIONS:
        raise HeadRefused(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
    _check_size(method, target, headers, most_bytes)
    fields = dict(headers)
    if len(fields) < len(headers):
        _check_repeated(headers)
    _check_framing(fields, version)
    if version == "1.1" and b"host" not in fields:
        raise HeadRefused(400, "The header Host is missing.")
    if method == b"CONNECT":
        raise HeadRefused(400, "This is no proxy: there is nothing to connect to.")
    host = fields.get(b"host", b"")
    _check_host(host)
    if absolute := _ABSOLUTE.fullmatch(target):
        host, target = absolute[1], absolute[2] or b"/"
        target = b"/" + target if target.startswith(b"?") else target
        headers = [(b"host", host), *((name, value) for name, value in headers if name != b"host")]
        _check_host(host)
    if not _TARGET.fullmatch(target) and not (target == b"*" and method == b"OPTIONS"):
        raise HeadRefused(400, "The request target is not a path.")
    return target, headers


def _check_repeated(headers: Headers) -> None:
    names = [name for name, _ in headers]
    for name in ONCE:
        if names.count(name) > 1:
            raise HeadRefused(400, f"The header {name.decode('latin-1')} appears more than once.")


def _check_size(method: bytes, target: bytes, headers: Headers, most_bytes: int | None) -> None:
    if len(target) > MAX_TARGET_BYTES:
        raise HeadRefused(*TARGET_TOO_LONG)
    if len(headers) > MAX_FIELDS:
        raise HeadRefused(*HEAD_TOO_LONG)
    if most_bytes is not None and most_bytes <= MAX_HEAD_BYTES:
        return  # as nearly always: nothing has to be added up
    size = len(method) + len(target) + sum(map(len, chain.from_iterable(headers))) + 4 * len(headers)
    if size > MAX_HEAD_BYTES:
        raise HeadRefused(*HEAD_TOO_LONG)


@lru_cache(maxsize=64)  # a client names the same host again and again
def _check_host(host: bytes) -> None:
    match = _HOST.fullmatch(host)
    if (
        match is None
        or int(match["port"] or 0) > MAX_PORT
        or (match["v6"] is not None and not _is_v6(match["v6"]))
    ):
        raise HeadRefused(400, "The host is not a host name or address with an optional port.")


def _is_v6(text: bytes) -> bool:
    try:
        IPv6Address(text.decode("ascii"))
    except ValueError:
        return False
    return True


def _check_framing(fields: dict[bytes, bytes], version: str) -> None:
    """Refuse what two servers could cut into messages at different places (RFC 9112, 6)."""
    length, coding = fields.get(b"content-length"), fields.get(b"transfer-encoding")
    if coding is not None:
        if length is not None or version == "1.0":
            raise HeadRefused(400, "Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.")
        if coding.lower() != b"chunked":
            raise HeadRefused(501, "Of transfer codings only chunked is understood.")
    if length is not None and not (length.isdigit() and len(length) < 20):
        raise HeadRefused(400, "Content-Length is not a number.")
    if version == "1.1" and fields.get(b"expect", b"100-continue").lower() != b"100-continue":
        raise HeadRefused(417, "Of expectations only 100-continue is understood.")
