"""One target for each parser: any bytes are read or refused, and what is read others read alike.

Each returns whether something was read.
"""

from __future__ import annotations

import base64
import contextlib
import functools
import json
import re
from collections.abc import Callable
from ipaddress import ip_address
from urllib.parse import parse_qsl, urlencode

import httptools

from mockserver.access.address import client_address, read_address, read_network
from mockserver.access.freshness import read_nonce, read_timestamp
from mockserver.access.hmac_signature import read_signature, string_to_sign
from mockserver.access.jwt_token import check_lifetime, check_signature, read_token, token_from_header
from mockserver.body import form_pairs, multipart_pairs, query_pairs
from mockserver.errors import AccessRefused, BodyMalformed
from mockserver.multipart import Upload
from mockserver.protocol.head import HeadRefused, checked_head
from mockserver.request import Request
from mockserver.strict_json import MAX_DEPTH, JsonError, read_json
from tests.support.protocol_wire import heard

PROXIES = [read_network("10.0.0.0/8"), read_network("fd00::/8")]
SECRET = b"nothing-in-the-corpus-is-signed-with-this"
NOW_MS = 1_795_289_832_000


def request(body: bytes, *, query: bytes = b"", content_type: bytes = b"") -> Request:
    return Request("POST", "/", query, [(b"content-type", content_type)], "127.0.0.1", "http", body)


def json_text(data: bytes) -> bool:
    """What is read as JSON, Python's own reader reads alike, and it can be written and read again."""
    try:
        value = read_json(data)
    except JsonError:
        return False
    assert value == json.loads(data)
    assert read_json(json.dumps(value).encode()) == value
    assert data.count(b"[") <= MAX_DEPTH or b'"' in data or b"," in data
    return True


def token(data: bytes) -> bool:
    """No bytes make a token that the secret did not sign; what is read, is read from canonical base64url."""
    try:
        text = token_from_header(data.decode("latin-1"), scheme="JWT")
        found = read_token(text)
    except AccessRefused:
        return False
    header, payload, _ = (base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)) for part in text.split("."))
    assert (found.header, found.claims) == (json.loads(header), json.loads(payload))
    with contextlib.suppress(AccessRefused):
        check_lifetime(found, now_ms=NOW_MS)
    try:
        check_signature(found, SECRET)
    except AccessRefused:
        return True
    raise AssertionError("a forged token was believed")


def forwarded(data: bytes) -> bool:
    """The walk through X-Forwarded-For ends at an address that no trusted proxy has, or at none."""
    fields = data.decode("latin-1").split("\n")
    found = client_address("10.0.0.1", fields, PROXIES)
    text = ",".join(fields)
    assert found is None or any(str(found) in spelling for spelling in _spellings(text))
    return found is not None


def _spellings(text: str) -> set[str]:
    """Return every address that stands in `text`, as Python writes it."""
    hops = [hop.strip() for hop in text.split(",")]
    bare = [hop[1:].partition("]")[0] if hop.startswith("[") else hop for hop in hops]
    found = set()
    for hop in [*bare, *(hop.partition(":")[0] for hop in hops)]:
        address = read_address(hop)
        if address is not None:
            assert str(ip_address(str(address))) == str(address)
            found.add(str(address))
    return found


def network(data: bytes) -> bool:
    """An allowlist entry is read as a network that is written and read again alike."""
    try:
        found = read_network(data.decode("latin-1"))
    except ValueError:
        return False
    assert read_network(str(found)) == found
    return True


def form(data: bytes) -> bool:
    """A form is read as Python reads it, and the query of the same bytes is the same."""
    try:
        pairs = form_pairs(request(data))
    except BodyMalformed:
        return False
    assert pairs == parse_qsl(data.decode("utf-8"), keep_blank_values=True)
    assert pairs == query_pairs(request(b"", query=data))
    assert form_pairs(request(urlencode(pairs).encode())) == pairs
    return True


def multipart(data: bytes) -> bool:
    """The first line is the content type, the rest the body; names and texts hold no NUL."""
    content_type, _, body = data.partition(b"\n")
    try:
        pairs = multipart_pairs(request(body, content_type=content_type))
    except BodyMalformed:
        return False
    for name, value in pairs:
        assert "\x00" not in name
        assert isinstance(value, Upload) or "\x00" not in value
    return True


def numbers(data: bytes) -> bool:
    """Timestamps, nonces and signatures are what their digits say, and a string to sign holds them all."""
    text = data.decode("utf-8", "replace")
    read = []
    with contextlib.suppress(AccessRefused):
        read.append(str(read_timestamp(text)))
    with contextlib.suppress(AccessRefused):
        read.append(str(int(read_nonce(text))))
    with contextlib.suppress(AccessRefused):
        read.append(bytes.fromhex(read_signature(text)).hex())
    assert set(read) <= {text}
    assert text in string_to_sign({"nonce": text, "timestamp": "1"})
    return bool(read)


def head(data: bytes) -> bool:
    """The head of a request as lines: what passes has one host, a path, and one end of its body."""
    line, *lines = data.split(b"\n")
    words = line.split(b" ")
    if len(words) != 2:
        return False
    fields = [(name.lower(), value) for name, _, value in (field.partition(b":") for field in lines)]
    try:
        target, headers = checked_head(words[0], words[1], "1.1", fields)
    except HeadRefused:
        return False
    names = [name for name, _ in headers]
    assert target.startswith(b"/") or target == b"*"
    assert names.count(b"host") == 1
    assert names.count(b"content-length") + names.count(b"transfer-encoding") <= 1
    return True


# What RFC 9112 allows and httptools refuses: a tab behind the coding, and methods that it does not know.
_CODING_WITH_TAB = re.compile(rb"(?i)transfer-encoding:[ \t]*chunked[ \t]*\t")
_METHOD = re.compile(rb"(?:^|\n)([!#$%&'*+.^_`|~0-9A-Za-z-]+) [^\r\n]* HTTP/1\.[01]\r")


def is_read_by_h11_alone(data: bytes) -> bool:
    """Tell whether something in `data` may be a request that httptools refuses by itself."""
    return bool(_CODING_WITH_TAB.search(data)) or not all(map(_is_known, _METHOD.findall(data)))


@functools.cache
def _is_known(method: bytes) -> bool:
    """Tell whether httptools knows a method."""
    try:
        httptools.HttpRequestParser(object()).feed_data(method + b" / HTTP/1.1\r\n")
    except httptools.HttpParserInvalidMethodError:
        return False
    except httptools.HttpParserError:
        return True
    return True


def requests(data: bytes) -> bool:
    """Both parsers of HTTP read the same requests out of a connection, and refuse the same one."""
    quick, slow = heard("httptools", data), heard("h11", data)
    if is_read_by_h11_alone(data):
        assert quick.requests == slow.requests[: len(quick.requests)]
        return bool(slow.requests)
    assert (quick.requests, quick.heads) == (slow.requests, slow.heads)
    few, many = sorted(([status < 400 for status in one.statuses] for one in (quick, slow)), key=len)
    assert many in (few, [*few, False])  # one refuses an odd line at its first byte, the other at its end
    return bool(slow.requests)


TARGETS: dict[str, Callable[[bytes], bool]] = {
    function.__name__: function
    for function in (json_text, token, forwarded, network, form, multipart, numbers, head, requests)
}
