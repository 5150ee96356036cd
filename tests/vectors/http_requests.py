"""HTTP requests as RFC 9110 and RFC 9112 have them, and as they do not.

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
    "method: of every token character": (
        line(b"!#$%&'*+-.^_`|~ /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {400, 405},
    ),
    "method: small letters are another method": (
        line(b"get /consero/api/v1/examinations HTTP/1.1", HOST + KEY),
        {400, 405},
    ),
}
REFUSED_LINES = {
    "two blanks behind the method": line(b"GET  / HTTP/1.1"),
    "two blanks before the version": line(b"GET /  HTTP/1.1"),
    "tab for a blank": line(b"GET\t/ HTTP/1.1"),
    "blank behind the version": line(b"GET / HTTP/1.1 "),
    "blank before the method": line(b" GET / HTTP/1.1"),
    "blank in the target": line(b"GET /a b HTTP/1.1"),
    "no target": line(b"GET HTTP/1.1"),
    "empty target": line(b"GET  HTTP/1.1"),
    "HTTP/1.10": line(b"GET / HTTP/1.10"),
    "HTTP/01.1": line(b"GET / HTTP/01.1"),
    "HTTP/1": line(b"GET / HTTP/1"),
    "HTTP/11": line(b"GET / HTTP/11"),
    "HTTP/1,1": line(b"GET / HTTP/1,1"),
    "HTTP/0.9": line(b"GET / HTTP/0.9"),
    "HTTP/9.9": line(b"GET / HTTP/9.9"),
    "HTTP/0.9 without a version": b"GET /\r\n\r\n",
    "HTTP/2 preface": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
    "http in small letters": line(b"GET / http/1.1"),
    "HTP": line(b"GET / HTP/1.1"),
    "RTSP": line(b"GET / RTSP/1.0"),
    "method of RTSP": line(b"DESCRIBE / RTSP/1.0"),
    "Icecast": line(b"SOURCE / ICE/1.0"),
    "answer for a request": b"HTTP/1.1 200 OK\r\n\r\n",
    "header before the line": b"Host: a\r\nGET / HTTP/1.1\r\n\r\n",
    "bracket in the method": line(b"GE(T / HTTP/1.1"),
    "8-bit method": line(b"G\xffT / HTTP/1.1"),
    "colon in the method": line(b"GET: / HTTP/1.1"),
    "authority form": line(b"GET 127.0.0.1:80 HTTP/1.1"),
    "CONNECT": line(b"CONNECT 127.0.0.1:80 HTTP/1.1"),
    "CONNECT with a path": line(b"CONNECT / HTTP/1.1"),
    "asterisk form of GET": line(b"GET * HTTP/1.1"),
    "two asterisks": line(b"OPTIONS ** HTTP/1.1"),
    "path without a slash": line(b"GET consero HTTP/1.1"),
    "other scheme": line(b"GET ftp://127.0.0.1/ HTTP/1.1"),
    "absolute form without a host": line(b"GET http:///x HTTP/1.1"),
    "absolute form, port of letters": line(b"GET http://127.0.0.1:abc/ HTTP/1.1"),
    "absolute form, port beyond 65535": line(b"GET http://127.0.0.1:65536/ HTTP/1.1"),
    "absolute form, user": line(b"GET http://u:p@127.0.0.1/ HTTP/1.1"),
    "absolute form, no Host": line(b"GET http://127.0.0.1/ HTTP/1.1", b""),
    "absolute form, two Hosts": line(b"GET http://127.0.0.1/ HTTP/1.1", HOST * 2),
    "absolute form, broken Host": line(b"GET http://127.0.0.1/ HTTP/1.1", b"Host: a b\r\n"),
    "fragment": line(b"GET /#x HTTP/1.1"),
    "control character in the target": line(b"GET /\x01 HTTP/1.1"),
    "DEL in the target": line(b"GET /\x7f HTTP/1.1"),
    "NUL in the target": line(b"GET /\x00 HTTP/1.1"),
    "CR in the target": line(b"GET /\rx HTTP/1.1"),
    "8-bit target": line(b"GET /\xe9 HTTP/1.1"),
    "MAY bare LF behind the line": GET.replace(b"\r\n", b"\n", 1) + b"\r\n",
    "MAY bare LF everywhere": GET.replace(b"\r\n", b"\n") + b"\n",
    "bare CR behind the line": GET.replace(b"\r\n", b"\r", 1) + b"\r\n",
    "NULs": b"\x00\x00\x00\x00\r\n\r\n",
}
REFUSED_FIELDS = {
    "MAY bare LF behind a field": GET + b"X: a\n\r\n",
    "MAY bare LF for the empty line": GET + b"\n",
    "CR CR LF": GET + b"X: a\r\r\n\r\n",
    "bare CR in a value": field(b"X: a\rb"),
    "folded with a blank": field(b"X: a\r\n b"),
    "folded with a tab": field(b"X: a\r\n\tb"),
    "folded before the first": b"GET / HTTP/1.1\r\n x: y\r\n" + HOST + b"\r\n",
    "folded Host": b"GET / HTTP/1.1\r\nHost:\r\n a\r\n\r\n",
    "blank in a name": field(b"X Y: a"),
    "blank before the colon": field(b"X : a"),
    "tab before the colon": field(b"X\t: a"),
    "bracket in a name": field(b"X(: a"),
    "control character in a name": field(b"X\x01: a"),
    "8-bit name": field(b"X\xff: a"),
    "NUL in a name": field(b"X\x00: a"),
    "empty name": field(b": a"),
    "no colon": field(b"abc"),
    "NUL in a value": field(b"X: a\x00"),
    "MAY DEL in a value": field(b"X: a\x7f"),
    "MAY escape in a value": field(b"X: a\x1b"),
    "MAY vertical tab in a value": field(b"X: a\x0b"),
    "MAY form feed in front of a value": field(b"X: \x0ca"),
    "no Host": b"GET / HTTP/1.1\r\n\r\n",
    "Host twice, equal": b"GET / HTTP/1.1\r\n" + HOST * 2 + b"\r\n",
    "Host twice, HTTP/1.0": b"GET / HTTP/1.0\r\n" + HOST * 2 + b"\r\n",
    "broken Host, HTTP/1.0": b"GET / HTTP/1.0\r\nHost: a b\r\n\r\n",
    "Expect: something else": POST + b"Content-Length: 17\r\nExpect: 200-ok\r\n\r\n" + BODY,
    "Expect: two": POST + b"Content-Length: 17\r\nExpect: 100-continue, x\r\n\r\n" + BODY,
    **{
        f"Host: {host!r}": named(host)
        for host in (
            b"a b",
            b"a, b",
            b"a/b",
            b"u@a",
            b"a:b",
            b"a:65536",
            b"a:-1",
            b"a:1:2",
            b"[::1",
            b"::1",
            b"[::1]x",
            b"[fe80::1%25eth0]",
            b"[1:2:3]",
            b"[:::]",
            b"[]",
            b"[127.0.0.1]",
            b"[::ffff:127.0.0.256]",
            b"\xff",
            b"a%zz",
            b"http://a",
            b"a\\b",
            b"a?b",
            b"a#b",
            b'"a"',
        )
    },
}
REFUSED_FRAMING = {
    **{
        f"length: {length!r}": sized(length)
        for length in (
            b"",
            b"+17",
            b"-17",
            b"17a",
            b"1 7",
            b"17.0",
            b"1_7",
            b"0x11",
            b"17, 18",
            b"\xef\xbc\x91",
            b"18446744073709551616",
            b"18446744073709551633",
            b"9" * 400,
            b"\x0b17",
        )
    },
    "MAY length: equal list": sized(b"17, 17"),
    "MAY length: twice, equal": sized(b"17\r\nContent-Length: 17"),
    "length: twice, different": sized(b"17\r\nContent-Length: 5"),
    **{
        f"coding: {coding!r}": coded(coding)
        for coding in (
            b"",
            b"\x0bchunked",
            b"chunked,",
            b", chunked",
            b"chunked;q=1",
            b"chunked, identity",
            b"identity, chunked",
            b"chunked, chunked",
            b"xchunked",
            b"chunkedx",
            b'"chunked"',
            b"gzip",
            b"\r\n chunked",
        )
    },
    "coding: blank before the colon": POST + b"Transfer-Encoding : chunked\r\n\r\n" + SIZED + END,
    "coding: with a length": coded(b"chunked\r\nContent-Length: 17"),
    "coding: empty, with a length": POST + b"Transfer-Encoding:\r\nContent-Length: 17\r\n\r\n" + BODY,
    "coding: in HTTP/1.0": coded(b"chunked").replace(b"/1.1", b"/1.0", 1),
    "coding: in HTTP/1.0 with a length": coded(b"chunked\r\nContent-Length: 17").replace(b"/1.1", b"/1.0", 1),
    "chunk: no size": chunks(b"\r\n" + BODY + b"\r\n" + END),
    "chunk: blank before the size": chunks(b" " + SIZED + END),
    "MAY chunk: blank behind the size": chunks(SIZED.replace(b"\r\n", b" \r\n", 1) + END),
    "MAY chunk: blanks around an extension": chunks(SIZED.replace(b"\r\n", b" ; a = b\r\n", 1) + END),
    "chunk: plus": chunks(b"+" + SIZED + END),
    "chunk: minus": chunks(b"-1\r\na\r\n" + END),
    "chunk: 0x": chunks(b"0x" + SIZED + END),
    "chunk: underscore": chunks(b"1_1\r\n" + BODY + b"\r\n" + END),
    "chunk: no digit": chunks(b"11g\r\n" + BODY + b"\r\n" + END),
    "chunk: bare LF behind the size": chunks(b"11\n" + BODY + b"\r\n" + END),
    "chunk: bare CR behind the size": chunks(b"11\r" + BODY + b"\r\n" + END),
    "chunk: bare LF behind the data": chunks(b"11\r\n" + BODY + b"\n" + END),
    "chunk: nothing behind the data": chunks(b"11\r\n" + BODY + END),
    "chunk: bare LF behind the last size": chunks(SIZED + b"0\n\n"),
    "chunk: bare LF at the end": chunks(SIZED + b"0\r\n\n"),
    "chunk: CR in an extension": chunks(SIZED.replace(b"\r\n", b";a\rb\r\n", 1) + END),
    "chunk: LF in an extension": chunks(SIZED.replace(b"\r\n", b";a\nb\r\n", 1) + END),
    "chunk: NUL in an extension": chunks(SIZED.replace(b"\r\n", b";a\x00\r\n", 1) + END),
    "chunk: control character in an extension": chunks(SIZED.replace(b"\r\n", b";a\x01\r\n", 1) + END),
    "chunk: open quote in an extension": chunks(SIZED.replace(b"\r\n", b';a="b\r\n', 1) + END),
    "chunk: size beyond 64 bits": chunks(b"1" + b"0" * 14 + SIZED + END),
    "trailer: blank in a name": chunks(SIZED + b"0\r\nA b: c\r\n\r\n"),
    "trailer: bare LF": chunks(SIZED + b"0\r\nA: c\n\r\n"),
    "trailer: folded": chunks(SIZED + b"0\r\nA: c\r\n d\r\n\r\n"),
    "trailer: no colon": chunks(SIZED + b"0\r\nabc\r\n\r\n"),
    "trailer: NUL": chunks(SIZED + b"0\r\nA: \x00\r\n\r\n"),
}
REFUSED = {
    **{f"line: {name}": data for name, data in REFUSED_LINES.items()},
    **{f"field: {name}": data for name, data in REFUSED_FIELDS.items()},
    **REFUSED_FRAMING,
}
