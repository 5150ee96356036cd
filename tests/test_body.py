"""Forms, query strings and multipart bodies: read strictly and within bounds."""

from __future__ import annotations

import time

import pytest

from mockserver.body import MAX_FIELDS, form_pairs, json_value, multipart_pairs, query_pairs
from mockserver.errors import BodyMalformed
from mockserver.multipart import MAX_PARTS, Upload, options_of
from mockserver.request import Request

MULTIPART = b"multipart/form-data; boundary=b"
FIELD = b'Content-Disposition: form-data; name="a"'
END = b"--b--\r\n"


def request(body: bytes = b"", *, content_type: bytes = MULTIPART, query: bytes = b"") -> Request:
    return Request("POST", "/", query, [(b"content-type", content_type)], "127.0.0.1", "http", body)


def part(headers: bytes, content: bytes = b"1") -> bytes:
    return b"--b\r\n" + headers + b"\r\n\r\n" + content + b"\r\n"


FORMS = [
    (b"", []),
    (b"a=1", [("a", "1")]),
    (b"a=1&a=2&b=", [("a", "1"), ("a", "2"), ("b", "")]),
    (b"a", [("a", "")]),
    (b"=x", [("", "x")]),
    (b"&&a=1&", [("a", "1")]),
    (b"a=b=c", [("a", "b=c")]),
    (b"a=+%20%2B", [("a", "  +")]),
    (b"n%5B%5D=%C3%A9", [("n[]", "é")]),
    (b"a=%2f&b=%2F", [("a", "/"), ("b", "/")]),
    (b"a=1;b=2", [("a", "1;b=2")]),
    (b"a=%zz%", [("a", "%zz%")]),
    (b"a=%F0%9F%98%80", [("a", "😀")]),
    (b"__proto__=1", [("__proto__", "1")]),
]
BAD_FORMS = [
    (b"a=%00", "holds the character NUL"),
    (b"%00=a", "holds the character NUL"),
    (b"a=\x00", "holds the character NUL"),
    (b"a=%ff", "is not urlencoded UTF-8"),
    (b"%ff=a", "is not urlencoded UTF-8"),
    (b"a=%ed%a0%80", "is not urlencoded UTF-8"),
    (b"a=%c0%af", "is not urlencoded UTF-8"),
    ("a=é".encode(), "is not urlencoded UTF-8"),
    (b"a=\xff", "is not urlencoded UTF-8"),
    (b"&" * MAX_FIELDS, "has more than 500 fields"),
    (b"a=1&" * 200_000, "has more than 500 fields"),
]


@pytest.mark.parametrize(("raw", "pairs"), FORMS)
def test_form_and_query_are_read_alike(raw: bytes, pairs: list[tuple[str, str]]) -> None:
    assert form_pairs(request(raw)) == pairs
    assert query_pairs(request(query=raw)) == pairs


@pytest.mark.parametrize(("raw", "clause"), BAD_FORMS, ids=[repr(raw[:12]) for raw, _ in BAD_FORMS])
def test_unreadable_form_and_query_are_refused(raw: bytes, clause: str) -> None:
    with pytest.raises(BodyMalformed) as form:
        form_pairs(request(raw))
    with pytest.raises(BodyMalformed) as query:
        query_pairs(request(query=raw))
    assert form.value.problem == f"the form {clause}"
    assert query.value.problem == f"the query string {clause}"


def test_as_many_fields_as_allowed_are_read() -> None:
    assert len(form_pairs(request(b"&".join([b"a=1"] * MAX_FIELDS)))) == MAX_FIELDS


def test_json_body_is_read_strictly() -> None:
    assert json_value(request(b'{"a": 1}')) == {"a": 1}
    with pytest.raises(BodyMalformed) as refused:
        json_value(request(b'{"a": 1, "a": 2}'))
    assert str(refused.value) == "The body cannot be read: a key appears twice in one object."


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
        "the name of a part holds the character NUL",
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
    "preamble": (b"x\r\n" + part(FIELD) + END, "the multipart body does not begin with its boundary"),
    "megabytes of empty lines": (
        b"\r\n" * 2_500_000 + part(FIELD) + END,
        "the multipart body does not begin with its boundary",
    ),
    "no end": (part(FIELD), "the multipart body ends too early"),
    "cut": (b"--b\r\nContent-Dispo", "the multipart body ends too early"),
    "bare LF": ((part(FIELD) + END).replace(b"\r\n", b"\n"), "the multipart body is broken"),
    "long header": (part(FIELD + b"x" * 9000) + END, "the multipart body is broken"),
    "many headers": (
        part(b"".join(b"a%d: b\r\n" % number for number in range(5000)) + FIELD) + END,
        "the multipart body is broken",
    ),
    "folded header": (
        part(b'Content-Disposition: form-data;\r\n name="a"') + END,
        "the multipart body is broken",
    ),
    "too many parts": (part(FIELD) * (MAX_PARTS + 1) + END, "the multipart body has more than 200 parts"),
}


@pytest.mark.parametrize(("body", "problem"), BAD_PARTS.values(), ids=BAD_PARTS)
def test_multipart_that_two_could_read_differently_is_refused(body: bytes, problem: str) -> None:
    with pytest.raises(BodyMalformed) as refused:
        multipart_pairs(request(body))
    assert refused.value.problem == problem


def test_as_many_parts_as_allowed_are_read() -> None:
    assert len(multipart_pairs(request(part(FIELD) * MAX_PARTS + END))) == MAX_PARTS


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
