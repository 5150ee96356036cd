"""HTTP requests as RFC 9110 and RFC 9112 have them.

A name that begins with `MAY` says that the standard leaves the choice, and what was chosen.
"""

from __future__ import annotations

KEY = b"x-api-key: fakeconserokey0000000000000000000000000000000000fakefake\r\n"
HOST = b"Host: 127.0.0.1\r\n"
GET = b"GET /consero/api/v1/examinations HTTP/1.1\r\n" + HOST + KEY
POST = b"POST /consero/api/v1/report HTTP/1.1\r\n" + HOST + KEY + b"Content-Type: application/json\r\n"
BODY = b'{"inviteId": 142}'
SIZED = b"11\r\n" + BODY + b"\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n\r\n"
END = b"0\r\n\r\n"


def line(text: bytes, fields: bytes = HOST) -> bytes:
    """Return a request with this request line."""
    return text + b"\r\n" + fields + b"\r\n"


def field(text: bytes) -> bytes:
    """Return a good request with one line more in its head."""
    return GET + text + b"\r\n\r\n"


def named(host: bytes) -> bytes:
    """Return a request with this value of Host."""
    return b"GET / HTTP/1.1\r\nHost: " + host + b"\r\n\r\n"


def sized(length: bytes) -> bytes:
    """Return a request with this value of Content-Length."""
    return POST + b"Content-Length: " + length + b"\r\n\r\n" + BODY


def coded(coding: bytes) -> bytes:
    """Return a request with this value of Transfer-Encoding."""
    return POST + b"Transfer-Encoding: " + coding + b"\r\n\r\n" + SIZED + END


def chunks(text: bytes) -> bytes:
    """Return a chunked request with this body as it stands on the wire."""
    return CHUNKED + text


TAKEN = {
    "line: absolute form": line(b"GET http://127.0.0.1/consero/api/v1/examinations HTTP/1.1", HOST + KEY),
    "line: absolute form in capitals": line(
        b"GET HTTP://127.0.0.1:80/consero/api/v1/examinations HTTP/1.1", HOST + KEY
    ),
    "line: absolute form without a path": line(b"GET http://127.0.0.1?a=b HTTP/1.1"),
    "line: broken percent in the query": GET.replace(b" HTTP", b"?a=%zz&b=%&c=%4 HTTP", 1) + b"\r\n",
    "line: empty lines first": b"\r\n\r\n" + GET + b"\r\n",
    "MAY line: bare LF first is taken": b"\n\n" + GET + b"\r\n",
    "version: HTTP/1.0": GET.replace(b"/1.1", b"/1.0", 1) + b"\r\n",
    "version: HTTP/1.0 without Host": b"GET / HTTP/1.0\r\n\r\n",
    "version: HTTP/1.0, keep-alive": GET.replace(b"/1.1", b"/1.0", 1) + b"Connection: keep-alive\r\n\r\n",
    "host: empty": named(b""),
    "host: IPv6": named(b"[::1]:80"),
    "host: IPv4 in IPv6": named(b"[::ffff:127.0.0.1]"),
    "host: port empty": named(b"127.0.0.1:"),
    "host: port 65535": named(b"127.0.0.1:65535"),
    "host: percent-encoded": named(b"a%41"),
    "field: empty value": field(b"X-A:"),
    "field: tab inside and around": field(b"X-A:\t a\tb \t"),
    "field: blanks behind a value": GET.replace(KEY, KEY.replace(b"\r\n", b" \t \r\n")) + b"\r\n",
    "field: obs-text": field(b"X-A: \xff\x80"),
    "field: name of every token character": field(b"!#$%&'*+-.^_`|~09azAZ: x"),
    "field: same name twice": field(b"X-A: 1\r\nX-A: 2"),
    "length: zeros in front": sized(b"00017"),
    "length: blanks in front": sized(b"   17"),
    "coding: letter case": coded(b"Chunked"),
    "coding: blanks around": coded(b"  chunked  "),
    "chunk: capital digits": chunks(b"A\r\n" + BODY[:10] + b"\r\n7\r\n" + BODY[10:] + b"\r\n" + END),
    "chunk: small digits": chunks(b"a\r\n" + BODY[:10] + b"\r\n7\r\n" + BODY[10:] + b"\r\n" + END),
    "chunk: zeros in front": chunks(b"000" + SIZED + b"000\r\n\r\n"),
    "chunk: zeros beyond 16 digits": chunks(b"0" * 15 + SIZED + END),
    "chunk: extensions": chunks(SIZED.replace(b"\r\n", b';a=b;c="d e";f\r\n', 1) + b"0;x=y\r\n\r\n"),
    "chunk: quoted pair in an extension": chunks(SIZED.replace(b"\r\n", b';a="x\\"y"\r\n', 1) + END),
    "chunk: trailer": chunks(SIZED + b"0\r\nA: b\r\nC: d\r\n\r\n"),
    "chunk: Host in the trailer is not looked at": chunks(SIZED + b"0\r\nHost: evil\r\n\r\n"),
    "body: of GET": GET + b"Content-Length: 5\r\n\r\nhello",
    "body: of GET in chunks": GET + b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n" + END,
    "connection: close": field(b"Connection: close"),
    "connection: CLOSE": field(b"Connection: CLOSE"),
    "connection: list": field(b"Connection: keep-alive, close"),
    "upgrade: h2c": field(
        b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABkAAQAAP__"
    ),
}
WITHOUT_EFFECT = {  # answered as what they are: no such path, no such method
    "MAY line: OPTIONS * is answered 404": (line(b"OPTIONS * HTTP/1.1"), {404}),
    "MAY line: characters that no URI has": (line(b'GET /a|b<c>"^`{} HTTP/1.1'), {404}),
    "method: known to few": (
        line(b"M-SEARCH /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {405},
    ),
    "MAY method: unknown is 400 or 405": (
        line(b"FOOBAR /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {400, 405},
    ),
    "MAY coding: a tab behind chunked is 400 or 200": (
        POST + b"Transfer-Encoding: chunked\t\r\n\r\n" + SIZED + END,
        {400, 200},  # RFC 9112 allows it; httptools refuses it by itself
    ),
    "method: of every token character": (
        line(b"!#$%&'*+-.^_`|~ /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {400, 405},
    ),
    "method: small letters are another method": (
        line(b"get /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {400, 405},
    ),
}
