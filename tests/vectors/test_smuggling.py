"""Headers that frame a body, with every byte where a blank could stand: taken for what they are, or refused.

Tools that look for request smuggling try these: whatever one server reads as `Transfer-Encoding` or
`Content-Length` and another does not, hides a second request in the body of the first.
"""

from __future__ import annotations

import pytest
from protocol_wire import heard

START = b"POST / HTTP/1.1\r\nHost: a\r\n"
HIDDEN = b"0\r\n\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n" + b" " * 100
ODD_CODINGS = {
    "another word behind": b"Transfer-Encoding: chunked, cow",
    "another word in front": b"Transfer-Encoding: cow, chunked",
    "words without a comma": b"Transfer-Encoding: cow chunked bar",
    "double quotes": b'Transfer-Encoding: "chunked"',
    "single quotes": b"Transfer-Encoding: 'chunked'",
    "half a word": b"Transfer-Encoding: chunk",
    "twice the word": b"Transfer-Encoding: chunkedchunked",
    "letter case": b"TrAnSFer-EnCODinG: cHuNkeD",
    "two fields": b"Transfer-Encoding: cow\r\nTransfer-Encoding: chunked",
    "two equal fields": b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
    "two fields, one empty": b"Transfer-Encoding:\r\nTransfer-Encoding: chunked",
    "blank in the name": b"Transfer Encoding: chunked",
    "CR in the name": b"Transfer\r-Encoding: chunked",
    "on the line of another, CR": b"X: X\rTransfer-Encoding: chunked",
    "on the line of another, LF": b"X: X\nTransfer-Encoding: chunked",
    "behind an empty line of LF": b"X: X\n\nTransfer-Encoding: chunked",
    "behind CR LF CR": b"X: X\r\n\rTransfer-Encoding: chunked",
    "folded into another": b"X: y\r\n Transfer-Encoding: chunked",
    "folded": b"Transfer-Encoding:\r\n chunked",
    "folded at a bare LF": b"Transfer-Encoding:\n chunked",
    "no value": b"Transfer-Encoding:",
    "no colon": b"Transfer-Encoding",
}
OTHER_FIELDS = [b"Transfer_Encoding: chunked", b"Content-Encoding: identity", b"X-Transfer-Encoding: chunked"]
TOKEN = b"!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
CODINGS = {  # with the bytes that make another name of it, so that the length beside it counts
    "in front of the name": (b"%cTransfer-Encoding: chunked", TOKEN),
    "behind the name": (b"Transfer-Encoding%c: chunked", TOKEN),
    "in front of the value": (b"Transfer-Encoding:%cchunked", b""),
    "behind the value": (b"Transfer-Encoding: chunked%c", b""),
}
LENGTHS = {
    "in front of the name": (b"%cContent-Length: 5", TOKEN),
    "behind the name": (b"Content-Length%c: 5", TOKEN),
    "in front of the value": (b"Content-Length:%c5", b"\t 0123456789"),
    "for the value": (b"Content-Length: %c", b"0123456789"),
    "between the digits": (b"Content-Length: 0%c5", b"0123456789"),
}

pytestmark = pytest.mark.parametrize("parser", ["httptools", "h11"])


def taken(parser: str, fields: bytes) -> bool:
    """Tell whether a request with these fields reaches the app, or what is hidden in its body does."""
    found = heard(parser, START + fields + b"\r\n\r\n" + HIDDEN)
    assert found.statuses[0] in (200, 400, 501)
    return bool(found.requests)


@pytest.mark.parametrize("coding", ODD_CODINGS.values(), ids=ODD_CODINGS)
@pytest.mark.parametrize("order", ["%b\r\nContent-Length: 5", "Content-Length: 5\r\n%b"])
def test_odd_coding_beside_a_length_is_refused(parser: str, coding: bytes, order: str) -> None:
    assert not taken(parser, order.encode() % coding)


@pytest.mark.parametrize(("form", "other_names"), CODINGS.values(), ids=CODINGS)
def test_any_byte_at_a_coding_beside_a_length(parser: str, form: bytes, other_names: bytes) -> None:
    fields = {byte: b"Content-Length: 5\r\n" + form % byte for byte in range(256)}
    assert bytes(byte for byte, field in fields.items() if taken(parser, field)) == bytes(sorted(other_names))


@pytest.mark.parametrize(("form", "meant"), LENGTHS.values(), ids=LENGTHS)
def test_any_byte_at_a_length(parser: str, form: bytes, meant: bytes) -> None:
    fields = {byte: form % byte for byte in range(256)}
    assert bytes(byte for byte, field in fields.items() if taken(parser, field)) == bytes(sorted(meant))


@pytest.mark.parametrize("field", OTHER_FIELDS)
def test_field_of_another_name_frames_nothing(parser: str, field: bytes) -> None:
    assert taken(parser, b"Content-Length: 5\r\n" + field)
