"""HTTP itself; the bytes that parsers read differently. More of these: tests/protocol/test_wire.py."""

from __future__ import annotations

from attack.case import Case, Expected, one
from attack.requests import Raw
from attack.shapes import expect, server

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /consero/api/v1/report HTTP/1.1\r\n" + HOST
SMUGGLED = b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"


def refused(*statuses: int) -> Expected:
    return expect(*statuses, shape=server, close=True)


WIRE = {
    "B90 Content-Length and Transfer-Encoding": (
        POST + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        (400,),
    ),
    "B90b the other way round": (
        POST + b"Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        (400,),
    ),
    "B91 two Content-Lengths": (POST + b"Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", (400,)),
    "B93 xchunked": (POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", (400, 501)),
    "B93b identity": (POST + b"Transfer-Encoding: identity\r\n\r\n", (400, 501)),
    "B93c chunked in quotes": (POST + b'Transfer-Encoding: "chunked"\r\n\r\n0\r\n\r\n', (400, 501)),
    "B93d tab behind": (POST + b"Transfer-Encoding: chunked\x0b\r\n\r\n0\r\n\r\n", (400, 501)),
    "B95 junk behind a chunk": (POST + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhelloXX0\r\n\r\n", (400,)),
    "B96 LF in an extension": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n5;a\nb\r\nhello\r\n0\r\n\r\n",
        (400,),
    ),
    "B97 blank before the colon": (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", (400,)),
    "B98 bare CR": (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\rb\r\n\r\n", (400,)),
    "B99 NUL": (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", (400,)),
    "B100 control character": (b"GET / HTTP/1.1\r\nHost: a\r\nX: a\x01b\r\n\r\n", (400,)),
    "B101 BadHost": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1/admin?x=\r\n\r\n", (400,)),
    "B101b user in Host": (b"GET / HTTP/1.1\r\nHost: a@127.0.0.1\r\n\r\n", (400,)),
    "B101c no Host": (b"GET / HTTP/1.1\r\n\r\n", (400,)),
    "B101d two Hosts": (b"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", (400,)),
    "B102 fragment": (b"GET /#a HTTP/1.1\r\n" + HOST + b"\r\n", (400,)),
    "B102b 8-bit target": (b"GET /\xe9 HTTP/1.1\r\n" + HOST + b"\r\n", (400,)),
    "B103 header of 200 kB": (
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n",
        (400, 431),
    ),
    "B104 1,000 headers": (b"GET / HTTP/1.1\r\n" + HOST + b"a: b\r\n" * 1_000 + b"\r\n", (400, 431)),
    "B105 request line of 1 MB": (
        b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
        (414, 400),
    ),
    "B106 HTTP/0.9": (b"GET /\r\n\r\n", (400, 505)),
    "B106b HTTP/2 preface": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", (400, 505)),
    "B106c TLS": (b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03\r\n\r\n", (400,)),
    "B106d SSH": (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", (400,)),
    "B106e SMTP": (b"EHLO example.org\r\n\r\n", (400,)),
    "B106f Redis": (b"*1\r\n$4\r\nPING\r\n", (400,)),
    "B106g SOCKS": (b"\x05\x01\x00\r\n\r\n", (400,)),
}

CASES: list[Case] = [
    *(
        one(
            name.partition(" ")[0],
            "hostile-http",
            name.partition(" ")[2],
            Raw(data + SMUGGLED),
            refused(*statuses),
        )
        for name, (data, statuses) in WIRE.items()
    ),
    one(
        "B109",
        "hostile-http",
        "Expect: 100-continue with 10 GB",
        Raw(POST + b"Content-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n"),
        expect(401, 413, 417, shape=lambda status, body: None, close=True),
    ),
]
