"""Multipart bodies as RFC 2046, 7578 and 8187 have them, and as attackers write them.

An id that begins with `MAY` or `against` says where the standard leaves the choice, or asks for something
else: what two readers could cut into different parts is refused all the same.
"""

from __future__ import annotations

import pytest

from mockserver.errors import BodyMalformed
from mockserver.multipart import Upload, read_multipart

TYPE = b"multipart/form-data; boundary=b"
FIELD = b'Content-Disposition: form-data; name="a"'
END = b"--b--\r\n"
LONGEST = b"b" * 70


def part(head: bytes = FIELD, content: bytes = b"1") -> bytes:
    return b"--b\r\n" + head + b"\r\n\r\n" + content + b"\r\n"


def file(name: bytes) -> bytes:
    return part(FIELD + b"; " + name) + END


def bounded(boundary: bytes) -> bytes:
    return b"--" + boundary + b"\r\n" + FIELD + b"\r\n\r\n1\r\n--" + boundary + b"--\r\n"


def upload(name: str) -> Upload:
    return Upload(name, "application/octet-stream", b"1")


ONE = [("a", "1")]
READ = {
    "one field": (TYPE, part() + END, ONE),
    "no line break at the end": (TYPE, part() + b"--b--", ONE),
    "no part at all": (TYPE, END, []),
    "empty line first": (TYPE, b"\r\n" + part() + END, ONE),
    "preamble": (TYPE, b"hello\r\n" + part() + END, ONE),
    "preamble of several lines": (TYPE, b"This is a multi-part\nmessage.\r\n\r\n" + part() + END, ONE),
    "preamble that looks like headers": (
        TYPE,
        b"MIME-Version: 1.0\r\n" + TYPE + b"\r\n\r\n" + part() + END,
        ONE,
    ),
    "boundary inside of a line of the preamble": (TYPE, b"x--b\r\n" + part() + END, ONE),
    "end in the preamble's line": (TYPE, b"x--b--\r\n" + part() + END, ONE),
    "padding behind a boundary": (TYPE, (part() + part()).replace(b"--b", b"--b \t ") + END, ONE * 2),
    "padding behind the end, nothing more": (TYPE, part() + b"--b--\t", ONE),
    "folded header": (TYPE, part(b'Content-Disposition: form-data;\r\n name="a"') + END, ONE),
    "header folded with tabs": (
        TYPE,
        part(b'Content-Disposition:\r\n\tform-data;\r\n\t name="a"') + END,
        ONE,
    ),
    "blanks behind a header": (TYPE, part(FIELD + b" \t") + END, ONE),
    "other headers": (TYPE, part(FIELD + b"\r\nX-A:b\r\nContent-Length: 999") + END, ONE),
    "empty content": (TYPE, part(content=b"") + END, [("a", "")]),
    "line breaks around a content": (TYPE, part(content=b"\r\n1\r\n") + END, [("a", "\r\n1\r\n")]),
    "dashes around a content": (TYPE, part(content=b"--1\r\n-b\r\n--") + END, [("a", "--1\r\n-b\r\n--")]),
    "boundary of dashes": (b"multipart/form-data; boundary=----", bounded(b"----"), ONE),
    "boundary of every character": (
        b'multipart/form-data; boundary="\'()+_,-./:=? az09"',
        bounded(b"'()+_,-./:=? az09"),
        ONE,
    ),
    "junk in the epilogue": (TYPE, part() + END + b"--b\r\n\x00\xff\n--b", ONE),
    "epilogue": (TYPE, part() + END + b"junk", ONE),
    "second body in the epilogue": (TYPE, part() + END + part(content=b"2") + END, ONE),
    "padding behind the end": (TYPE, part() + b"--b-- \r\n", ONE),
    "name twice": (TYPE, part() + part() + END, ONE * 2),
    "name without quotes": (TYPE, part(b"Content-Disposition: form-data; name=a") + END, ONE),
    "empty name": (TYPE, part(b'Content-Disposition: form-data; name=""') + END, [("", "1")]),
    "letter case of words": (TYPE, part(b'content-disposition: FORM-DATA; NAME="a"') + END, ONE),
    "charset is not looked at": (
        TYPE,
        part(FIELD + b"\r\nContent-Type: text/plain; charset=utf-16") + END,
        ONE,
    ),
    "nested body is a text": (
        TYPE,
        part(FIELD + b"\r\nContent-Type: multipart/mixed; boundary=c", b"--c\r\n\r\n1\r\n--c--") + END,
        [("a", "--c\r\n\r\n1\r\n--c--")],
    ),
    "boundary inside of a line": (TYPE, part(content=b"x--b--y") + END, [("a", "x--b--y")]),
    "nearly a boundary": (TYPE, part(content=b"1\r\n--x\r\n-") + END, [("a", "1\r\n--x\r\n-")]),
    "boundary of 70 characters": (b"multipart/form-data; boundary=" + LONGEST, bounded(LONGEST), ONE),
    "boundary in quotes": (b'multipart/form-data; boundary="b c"', bounded(b"b c"), ONE),
    "letter case of the parameter": (b"multipart/form-data; BOUNDARY=b", part() + END, ONE),
    "path for a file name": (TYPE, file(b'filename="../../etc/passwd"'), [("a", upload("../../etc/passwd"))]),
    "backslashes in a file name": (TYPE, file(rb'filename="..\\x"'), [("a", upload("..\\x"))]),
    "quotes in a file name": (TYPE, file(rb'filename="a\"b"'), [("a", upload('a"b'))]),
    "percent in a file name": (TYPE, file(b'filename="a%22b"'), [("a", upload("a%22b"))]),
    "UTF-8 in a file name": (TYPE, file('filename="é"'.encode()), [("a", upload("é"))]),
    "empty file name": (TYPE, file(b'filename=""'), [("a", upload(""))]),
    "against RFC 7578: filename*": (TYPE, file(b"filename*=UTF-8'de'%C3%A9"), [("a", upload("é"))]),
    "MAY filename before filename*": (
        TYPE,
        file(b"filename=\"x\"; filename*=UTF-8''y"),
        [("a", upload("x"))],
    ),
}
REFUSED = {
    "nothing": (TYPE, b""),
    "no end": (TYPE, part()),
    "cut in a header": (TYPE, b"--b\r\nContent-Dis"),
    "no empty line behind the headers": (TYPE, b"--b\r\n" + FIELD + b"\r\n" + END),
    "preamble without a line break": (TYPE, b"hello" + part() + END),
    "preamble that ends in a bare LF": (TYPE, b"hello\n" + part() + END),
    "preamble alone": (TYPE, b"hello\r\n"),
    "against RFC 2046: text behind a boundary": (TYPE, part().replace(b"--b", b"--bc") + END),
    "against RFC 2046: text behind the end": (TYPE, part() + b"--b--c"),
    "comment behind a boundary": (TYPE, part().replace(b"--b", b"--b (c)") + END),
    "vertical tab behind a boundary": (TYPE, part().replace(b"--b", b"--b\x0b") + END),
    "boundary behind a bare LF": (TYPE, part(content=b"1\n--b--") + END),
    "boundary behind a bare CR": (TYPE, part(content=b"1\r--b--") + END),
    "folded before the first header": (TYPE, part(b" " + FIELD) + END),
    "bare LF everywhere": (TYPE, (part() + END).replace(b"\r\n", b"\n")),
    "bare LF behind a header": (TYPE, b"--b\r\n" + FIELD + b"\n\r\n1\r\n" + END),
    "no disposition": (TYPE, part(b"Content-Type: text/plain") + END),
    "disposition of a mail": (TYPE, part(b'Content-Disposition: attachment; name="a"') + END),
    "disposition with a letter more": (TYPE, part(b'Content-Disposition: form-dataX; name="a"') + END),
    "no name": (TYPE, part(b"Content-Disposition: form-data") + END),
    "name*": (TYPE, part(b"Content-Disposition: form-data; name*=UTF-8''a") + END),
    "two names": (TYPE, part(FIELD + b'; name="b"') + END),
    "two file names": (TYPE, file(b'filename="a"; filename="b"')),
    "two dispositions": (TYPE, part(FIELD + b"\r\n" + FIELD) + END),
    "line break in a name": (TYPE, part(b'Content-Disposition: form-data; name="a\r\nX: y"') + END),
    "line break in a file name": (TYPE, file(b'filename="a\nb"')),
    "line break in filename*": (TYPE, file(b"filename*=UTF-8''a%0d%0ab")),
    "NUL in filename*": (TYPE, file(b"filename*=UTF-8''a%00")),
    "DEL in filename*": (TYPE, file(b"filename*=UTF-8''a%7f")),
    "invalid UTF-8 in filename*": (TYPE, file(b"filename*=UTF-8''%ff")),
    "other charset in filename*": (TYPE, file(b"filename*=iso-8859-1''%e9")),
    "ISO 8859-1 in a file name": (TYPE, file(b'filename="\xe9"')),
    "open quote": (TYPE, file(b'filename="a')),
    "ISO 8859-1 in a text": (TYPE, part(content=b"\xe9") + END),
    "NUL in a text": (TYPE, part(content=b"\x00") + END),
    "base64": (TYPE, part(FIELD + b"\r\nContent-Transfer-Encoding: base64", b"MQ==") + END),
    "quoted-printable": (TYPE, part(FIELD + b"\r\nContent-Transfer-Encoding: quoted-printable") + END),
    "blank in a header's name": (TYPE, part(FIELD.replace(b"-", b" ", 1)) + END),
    "blank before the colon": (TYPE, part(FIELD.replace(b":", b" :", 1)) + END),
    "header without a name": (TYPE, part(b": x\r\n" + FIELD) + END),
    "8-bit header": (TYPE, part(FIELD + b"\r\nX-\xff: y") + END),
    "no boundary": (b"multipart/form-data", part() + END),
    "empty boundary": (b'multipart/form-data; boundary=""', part() + END),
    "boundary without a value": (b"multipart/form-data; boundary=", part() + END),
    "boundary of 71 characters": (b"multipart/form-data; boundary=b" + LONGEST, bounded(b"b" + LONGEST)),
    "blank at the end of a boundary": (b'multipart/form-data; boundary="b "', bounded(b"b ")),
    "character that no boundary has": (b'multipart/form-data; boundary="b@"', bounded(b"b@")),
    "two boundaries": (TYPE + b"; boundary=c", part() + END),
    "boundary*": (b"multipart/form-data; boundary*=UTF-8''b", part() + END),
    "other boundary": (b"multipart/form-data; boundary=c", part() + END),
    "boundary in another letter case": (b"multipart/form-data; boundary=B", part() + END),
}


@pytest.mark.parametrize(("content_type", "body", "pairs"), READ.values(), ids=READ)
def test_body_is_read(content_type: bytes, body: bytes, pairs: list[tuple[str, str | Upload]]) -> None:
    assert read_multipart(content_type, body) == pairs


@pytest.mark.parametrize(("content_type", "body"), REFUSED.values(), ids=REFUSED)
def test_body_is_refused(content_type: bytes, body: bytes) -> None:
    with pytest.raises(BodyMalformed):
        read_multipart(content_type, body)
