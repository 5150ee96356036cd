"""Multipart bodies: read as RFC 2046 and 7578 say, and within bounds."""

from __future__ import annotations

import time

import pytest

from mockserver.body import multipart_pairs
from mockserver.errors import BodyMalformed
from mockserver.multipart import MAX_PART_HEAD_BYTES, MAX_PARTS, MAX_PREAMBLE_BYTES, Upload, options_of
from mockserver.request import Request

MULTIPART = b"multipart/form-data; boundary=b"
FIELD = b'Content-Disposition: form-data; name="a"'
END = b"--b--\r\n"


def request(body: bytes, *, content_type: bytes = MULTIPART) -> Request:
    return Request("POST", "/", b"", [(b"content-type", content_type)], "127.0.0.1", "http", body)


def part(headers: bytes, content: bytes = b"1") -> bytes:
    return b"--b\r\n" + headers + b"\r\n\r\n" + content + b"\r\n"


def longest(more: int) -> bytes:
    return (FIELD + b"\r\nX: ").ljust(MAX_PART_HEAD_BYTES + more, b"y")


@pytest.mark.parametrize(
    ("body", "pairs"),
    [
        (END, []),
        (part(FIELD) + END, [("a", "1")]),
        (b"\r\n" + part(FIELD) + END, [("a", "1")]),
        (part(FIELD, b"") + END, [("a", "")]),
        (part(FIELD, b"a\r\n--c\r\n") + END, [("a", "a\r\n--c\r\n")]),
        (part(FIELD, "é 😀".encode()) + END, [("a", "é 😀")]),
        (part(FIELD) + part(FIELD, b"2") + END, [("a", "1"), ("a", "2")]),
        (part(FIELD) + END + b"what follows is not read", [("a", "1")]),
        (part(b"content-disposition:form-data;name=a") + END, [("a", "1")]),
        (part(b'Content-Disposition: FORM-DATA; NAME="a;b\\"c\\\\"') + END, [('a;b"c\\', "1")]),
        (part(FIELD + b"\r\nContent-Type: text/plain; charset=utf-8") + END, [("a", "1")]),
        (part(FIELD + b"\r\nContent-Transfer-Encoding: 8BIT") + END, [("a", "1")]),
        (
            part(FIELD + b'; filename="x.png"') + END,
            [("a", Upload("x.png", "application/octet-stream", b"1"))],
        ),
        (
            part(FIELD + b'; filename="../../etc/passwd"\r\nContent-Type: image/png', b"\x00\xff") + END,
            [("a", Upload("../../etc/passwd", "image/png", b"\x00\xff"))],
        ),
        (part(longest(0)) + END, [("a", "1")]),
        (
            part(FIELD + b'; filename="x"\r\nContent-Type: text/X \t') + END,
            [("a", Upload("x", "text/X", b"1"))],
        ),
        (
            part(FIELD + b'; filename=""') + END,
            [("a", Upload("", "application/octet-stream", b"1"))],
        ),
        (
            part(FIELD + b"; filename=\"x\"; filename*=UTF-8''y") + END,
            [("a", Upload("x", "application/octet-stream", b"1"))],
        ),
        (
            part(FIELD + b"; filename*=utf-8'en'n%C3%A4me.png") + END,
            [("a", Upload("näme.png", "application/octet-stream", b"1"))],
        ),
    ],
)
def test_multipart_is_read(body: bytes, pairs: list[tuple[str, str | Upload]]) -> None:
    assert multipart_pairs(request(body)) == pairs


GOES_ON = "a line of the multipart body begins with its boundary, and goes on"
NO_EMPTY_LINE = "a part has no empty line within 4096 bytes"
TOO_MANY = "the multipart body has more than 200 parts"
BAD_PARTS = {
    "no name": (part(b"Content-Disposition: form-data") + END, "a part of the multipart body has no name"),
    "no disposition": (part(b"Content-Type: text/plain") + END, "a part of the multipart body has no name"),
    "other disposition": (
        part(b'Content-Disposition: attachment; name="a"') + END,
        "a part of the multipart body has no name",
    ),
    "two names": (
        part(b'Content-Disposition: form-data; name="a"; NAME="b"') + END,
        "a parameter of a header comes twice",
    ),
    "two dispositions": (part(FIELD + b"\r\n" + FIELD.lower()) + END, "a header of a part comes twice"),
    "open quote": (
        part(b'Content-Disposition: form-data; name="a') + END,
        "a parameter of a header cannot be read",
    ),
    "junk behind a value": (
        part(b'Content-Disposition: form-data; name="a"b') + END,
        "a parameter of a header cannot be read",
    ),
    "NUL in the name": (
        part(b'Content-Disposition: form-data; name="a\\\x00"') + END,
        "a header of a part cannot be read",
    ),
    "name in Latin-1": (
        part(b'Content-Disposition: form-data; name="\xe9"') + END,
        "the name of a part is not UTF-8",
    ),
    "NUL in a field": (part(FIELD, b"a\x00b") + END, "the part 'a' holds the character NUL"),
    "field in Latin-1": (part(FIELD, b"\xe9") + END, "the part 'a' is not UTF-8"),
    "file name in Latin-1": (
        part(FIELD + b'; filename="\xe9"') + END,
        "the file name of a part is not UTF-8",
    ),
    "file name in another charset": (
        part(FIELD + b"; filename*=iso-8859-1''%E9") + END,
        "the file name of a part is not UTF-8",
    ),
    "encoded NUL in a file name": (
        part(FIELD + b"; filename*=UTF-8''a%00") + END,
        "the file name of a part holds the character NUL",
    ),
    "type in Latin-1": (
        part(FIELD + b'; filename="x"\r\nContent-Type: \xe9') + END,
        "a type is not UTF-8",
    ),
    "base64": (
        part(FIELD + b"\r\nContent-Transfer-Encoding: base64", b"MQ==") + END,
        "a part of the multipart body is encoded, send it plain",
    ),
    "empty": (b"", "the multipart body does not begin with its boundary"),
    "long preamble": (
        b"x" * (MAX_PREAMBLE_BYTES + 1) + b"\r\n" + part(FIELD) + END,
        "the multipart body does not begin with its boundary",
    ),
    "megabytes of empty lines": (
        b"\r\n" * 2_500_000 + part(FIELD) + END,
        "the multipart body does not begin with its boundary",
    ),
    "no end": (part(FIELD), "the multipart body ends too early"),
    "cut": (b"--b\r\nContent-Dispo", "the multipart body ends too early"),
    "bare LF": ((part(FIELD) + END).replace(b"\r\n", b"\n"), GOES_ON),
    "boundary behind a bare LF": (part(FIELD, b"1\n--b") + END, GOES_ON),
    "boundary behind a bare CR": (part(FIELD, b"1\r--b") + END, GOES_ON),
    "boundary behind a bare LF in the preamble": (b"\n--b\r\n" + part(FIELD) + END, GOES_ON),
    "boundary that goes on": (part(FIELD, b"1\r\n--by") + END, GOES_ON),
    "end that goes on": (part(FIELD) + b"--b--y", GOES_ON),
    "end with three dashes": (part(FIELD) + b"--b---\r\n", GOES_ON),
    "end with one dash": (part(FIELD) + b"--b-\r\n" + END, GOES_ON),
    "header of one byte too many": (part(longest(1)) + END, NO_EMPTY_LINE),
    "no empty line": (b"--b\r\n" + FIELD + b"\r\n" + END, NO_EMPTY_LINE),
    "long header": (part(FIELD + b"x" * 9000) + END, NO_EMPTY_LINE),
    "many headers": (
        part(b"".join(b"a%d: b\r\n" % number for number in range(5000)) + FIELD) + END,
        NO_EMPTY_LINE,
    ),
    "bare LF in a header": (part(FIELD + b"\nX: y") + END, "a header of a part cannot be read"),
    "blank before the first header": (part(b" " + FIELD) + END, "a header of a part cannot be read"),
    "nothing between two boundaries": (b"--b\r\n" + END, NO_EMPTY_LINE),
    "letter behind a boundary": (part(FIELD).replace(b"--b", b"--b X") + END, GOES_ON),
    "as many parts as allowed, no end": (part(FIELD) * MAX_PARTS, "the multipart body ends too early"),
    "one part too many": (part(FIELD) * (MAX_PARTS + 1) + END, TOO_MANY),
    "thousands of parts": (part(FIELD) * 5_000 + END, TOO_MANY),
    "thousands of parts without an end": (part(FIELD) * 5_000, TOO_MANY),
}


@pytest.mark.parametrize(("body", "problem"), BAD_PARTS.values(), ids=BAD_PARTS)
def test_multipart_that_two_could_read_differently_is_refused(body: bytes, problem: str) -> None:
    with pytest.raises(BodyMalformed) as refused:
        multipart_pairs(request(body))
    assert refused.value.problem == problem


def test_as_many_parts_as_allowed_are_read() -> None:
    assert len(multipart_pairs(request(part(FIELD) * MAX_PARTS + END))) == MAX_PARTS


def test_as_long_a_preamble_as_allowed_is_passed_over() -> None:
    assert multipart_pairs(request(b"x" * (MAX_PREAMBLE_BYTES - 2) + b"\r\n" + part(FIELD) + END)) == [
        ("a", "1")
    ]


@pytest.mark.parametrize(
    "content_type",
    [
        b"multipart/form-data",
        b'multipart/form-data; boundary=""',
        b"multipart/form-data; boundary=" + b"b" * 71,
        b'multipart/form-data; boundary="b "',
        b'multipart/form-data; boundary="b\xff"',
        b'multipart/form-data; boundary="' + b"\\\\" * 10_000 + b'"',
    ],
    ids=lambda value: repr(value[20:44]),
)
def test_boundary_must_be_one(content_type: bytes) -> None:
    with pytest.raises(BodyMalformed) as refused:
        multipart_pairs(request(part(FIELD) + END, content_type=content_type))
    assert refused.value.problem == "the multipart body has no usable boundary"


def test_boundary_may_be_quoted_and_stand_behind_other_parameters() -> None:
    content_type = b'multipart/form-data; charset=utf-8 ;; BOUNDARY="a b?" ;'
    body = (part(FIELD) + END).replace(b"--b", b"--a b?")
    assert multipart_pairs(request(body, content_type=content_type)) == [("a", "1")]


@pytest.mark.parametrize(
    ("value", "options"),
    [
        (b"", (b"", {})),
        (b" Form-Data ", (b"form-data", {})),
        (b"a;b=1;c=2", (b"a", {b"b": b"1", b"c": b"2"})),
        (b'a; B = "x;y" ; c=z', (b"a", {b"b": b"x;y", b"c": b"z"})),
        (b'a; b=""', (b"a", {b"b": b""})),
        (rb'a; b="C:\dir\x.png"', (b"a", {b"b": rb"C:\dir\x.png"})),
    ],
)
def test_parameters_of_a_header_are_read(value: bytes, options: tuple[bytes, dict[bytes, bytes]]) -> None:
    assert options_of(value) == options


@pytest.mark.parametrize(
    "value",
    [
        b"a; b",
        b"a; b=",
        b"a; =1",
        b"a; b=1 c=2",
        b'a; b="x',
        b'a; b="x\\"',
        b"a; b=1,2",
        b"a; b=\x01",
        b"a; b=1; b=1",
        b"a; " + b';"' * 30_000,
        b'a; "' + b";" * 60_000,
        b'a; b="' + b"\\" * 60_001,
    ],
    ids=lambda value: repr(value[:16]),
)
def test_parameters_that_cannot_be_read_are_refused_at_once(value: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(BodyMalformed):
        options_of(value)
    assert time.perf_counter() - began < 1


@pytest.mark.parametrize("encoding", [b"7bit", b"8bit", b"binary", b"BINARY"])
def test_plain_encodings_of_a_part_are_taken(encoding: bytes) -> None:
    head = FIELD + b"\r\nContent-Transfer-Encoding: " + encoding
    assert multipart_pairs(request(part(head) + END)) == [("a", "1")]


@pytest.mark.parametrize("name", [b"iso-8859-1''%E9", b"''a", b"utf-16''a"])
def test_file_name_of_another_charset_is_refused(name: bytes) -> None:
    with pytest.raises(BodyMalformed, match="the file name of a part is not UTF-8"):
        multipart_pairs(request(part(FIELD + b"; filename*=" + name) + END))


def test_file_name_with_a_line_break_is_refused() -> None:
    with pytest.raises(BodyMalformed) as refused:
        multipart_pairs(request(part(FIELD + b"; filename*=UTF-8''a%0Ab") + END))
    assert refused.value.problem == "the file name of a part holds a control character"
