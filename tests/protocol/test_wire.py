"""HTTP over bare sockets against a real server, once with each parser."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from raw_http import RawConnection

KEY = b"x-api-key: fakeconserokey0000000000000000000000000000000000fakefake\r\n"
HOST = b"Host: 127.0.0.1\r\n"
GET = b"GET /consero/api/v1/examinations HTTP/1.1\r\n" + HOST + KEY
POST = b"POST /consero/api/v1/report HTTP/1.1\r\n" + HOST + KEY + b"Content-Type: application/json\r\n"
BODY = b'{"inviteId": 142}'
WHOLE_POST = POST + b"Content-Length: 17\r\n\r\n" + BODY


@pytest.fixture(scope="module", params=["httptools", "h11"])
def url(request: pytest.FixtureRequest, serve_for_module: Callable[..., object]) -> Iterator[str]:
    """A server of each parser."""
    with serve_for_module("--database", "sqlite://", "--http", request.param) as server:
        yield server.url


@pytest.fixture
def connection(url: str) -> Iterator[RawConnection]:
    with RawConnection(url) as connection:
        yield connection


GOOD = {
    "plain": GET + b"\r\n",
    "empty lines first": b"\r\n\r\n" + GET + b"\r\n",
    "absolute target": GET.replace(b" /", b" http://127.0.0.1/") + b"\r\n",
    "absolute target, other Host": GET.replace(b" /", b" http://127.0.0.1/").replace(HOST, b"Host: x\r\n")
    + b"\r\n",
    "body": WHOLE_POST,
    "body in chunks": POST
    + b"Transfer-Encoding: chunked\r\n\r\n10;a=b\r\n"
    + BODY[:16]
    + b"\r\n1\r\n}\r\n0\r\n\r\n",
    "trailer": POST + b"Transfer-Encoding: chunked\r\n\r\n11\r\n" + BODY + b"\r\n0\r\nX-Sum: 1\r\n\r\n",
    "offer of WebSocket": GET + b"Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n",
    "offer of HTTP/2 with a body": POST
    + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\n"
    + b"Content-Length: 17\r\n\r\n"
    + BODY,
}


@pytest.mark.parametrize("request_", GOOD.values(), ids=GOOD)
def test_good_request_is_answered_and_the_connection_kept(connection: RawConnection, request_: bytes) -> None:
    connection.send(request_)
    assert connection.answer().status == 200
    connection.send(GET + b"\r\n")
    assert connection.answer().status == 200


def test_requests_sent_at_once_are_answered_in_order(connection: RawConnection) -> None:
    connection.send((GET + b"\r\n") + WHOLE_POST + GET.replace(KEY, b"") + b"\r\n")
    assert [connection.answer().status for _ in range(3)] == [200, 200, 401]


def test_head_may_come_byte_by_byte(connection: RawConnection) -> None:
    for byte in GET + b"\r\n":
        connection.send(bytes([byte]))
    assert connection.answer().status == 200


REFUSED = {
    "no HTTP": (b"hello\r\n\r\n", {400}),
    "TLS": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", {400}),
    "HTTP/0.9": (b"GET /\r\n\r\n", {400, 505}),
    "HTTP/1.2": (b"GET / HTTP/1.2\r\n" + HOST + b"\r\n", {400, 505}),
    "HTTP/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", {400, 505}),
    "HTTP/3": (b"GET / HTTP/3.0\r\n" + HOST + b"\r\n", {400, 505}),
    "version in lower case": (b"GET / http/1.1\r\n" + HOST + b"\r\n", {400}),
    "no Host": (b"GET / HTTP/1.1\r\n\r\n", {400}),
    "two Hosts": (b"GET / HTTP/1.1\r\n" + HOST * 2 + b"\r\n", {400}),
    "Host with a path (B101)": (b"GET / HTTP/1.1\r\nHost: 127.0.0.1/admin?x=\r\n\r\n", {400}),
    "method with @": (b"F@O / HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "CONNECT": (b"CONNECT evil.example:80 HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "asterisk": (b"GET * HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "fragment": (b"GET /a#b HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "8-bit path": (b"GET /\xff HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "8-bit query": (b"GET /?\xff HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "target of another scheme": (b"GET https://127.0.0.1/ HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "target with a user": (b"GET http://a@127.0.0.1/ HTTP/1.1\r\n" + HOST + b"\r\n", {400}),
    "blank before the colon (B97)": (b"GET / HTTP/1.1\r\nHost : a\r\n\r\n", {400}),
    "blank before the first header": (b"GET / HTTP/1.1\r\n Host: a\r\n\r\n", {400}),
    "header without a name": (b"GET / HTTP/1.1\r\n" + HOST + b": a\r\n\r\n", {400}),
    "header without a colon": (b"GET / HTTP/1.1\r\n" + HOST + b"abc\r\n\r\n", {400}),
    "bare CR in a value (B98)": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\rb\r\n\r\n", {400}),
    "NUL in a value (B99)": (b"GET / HTTP/1.1\r\n" + HOST + b"X: a\x00b\r\n\r\n", {400}),
    "two lengths (B91)": (POST + b"Content-Length: 17\r\nContent-Length: 6\r\n\r\n" + BODY, {400}),
    "length with plus": (POST + b"Content-Length: +17\r\n\r\n" + BODY, {400}),
    "negative length": (POST + b"Content-Length: -17\r\n\r\n" + BODY, {400}),
    "length in hexadecimal": (POST + b"Content-Length: 0x11\r\n\r\n" + BODY, {400}),
    "unknown coding (B93)": (POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "gzip, chunked": (POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", {400, 501}),
    "chunked twice": (POST + b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n", {400}),
    "two codings": (POST + b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n0\r\n\r\n", {400}),
    "coding in HTTP/1.0": (
        POST.replace(b"HTTP/1.1", b"HTTP/1.0") + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        {400},
    ),
    "chunk of negative size": (POST + b"Transfer-Encoding: chunked\r\n\r\n-1\r\na\r\n0\r\n\r\n", {400}),
    "chunk of size 0x1": (POST + b"Transfer-Encoding: chunked\r\n\r\n0x1\r\na\r\n0\r\n\r\n", {400}),
    "chunk of a size beyond 64 bits": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n" + b"f" * 25 + b"\r\na\r\n0\r\n\r\n",
        {400},
    ),
    "junk behind a chunk (B95)": (POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\naXX0\r\n\r\n", {400}),
    "LF in a chunk extension (B96)": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n1;a\nb\r\na\r\n0\r\n\r\n",
        {400},
    ),
    "unknown expectation": (POST + b"Content-Length: 17\r\nExpect: miracles\r\n\r\n" + BODY, {417}),
    "content type twice": (POST + b"Content-Type: text/plain\r\nContent-Length: 17\r\n\r\n" + BODY, {400}),
    "1000 headers": (b"GET / HTTP/1.1\r\n" + HOST + b"a: b\r\n" * 1000 + b"\r\n", {431}),
    "header of 200 kB (B103)": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 200_000 + b"\r\n\r\n", {431}),
    "endless header": (b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"a" * 3_000_000, {431}),
    "endless header name": (b"GET / HTTP/1.1\r\n" + HOST + b"X" * 3_000_000, {431}),
    "request line of 1 MB (B105)": (b"GET /" + b"a" * 1_000_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414}),
    "request line of 40 kB": (b"GET /" + b"a" * 40_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", {414}),
    "endless method": (b"G" * 1_000_000, {400, 414}),
    "endless trailer": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: " + b"a" * 3_000_000,
        {400, 431},
    ),
    "endless chunk extension": (
        POST + b"Transfer-Encoding: chunked\r\n\r\n1;a=" + b"a" * 3_000_000,
        {400, 431},
    ),
}


@pytest.mark.parametrize(("request_", "statuses"), REFUSED.values(), ids=REFUSED)
def test_what_is_no_clear_request_is_refused_and_the_connection_closed(
    connection: RawConnection, url: str, request_: bytes, statuses: set[int]
) -> None:
    connection.send(request_ + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n")
    answer = connection.answer()
    assert answer.status in statuses
    assert answer.headers["connection"] == "close"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert connection.is_closed()
    with RawConnection(url) as next_one:
        next_one.send(GET + b"\r\n")
        assert next_one.answer().status == 200


def test_length_and_coding_together_never_let_a_second_request_in(connection: RawConnection) -> None:
    """B90."""
    connection.send(
        POST
        + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
        + b"GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    )
    assert connection.answer().status == 400
    assert connection.is_closed()


@pytest.mark.parametrize("request_", [GET + b"\r\n", WHOLE_POST], ids=["GET", "POST"])
def test_junk_behind_a_request_takes_no_place_before_its_answer(
    connection: RawConnection, request_: bytes
) -> None:
    connection.send(request_ + b"junk\r\n\r\n")
    assert connection.answer().status == 200


def test_field_of_the_trailer_does_not_open_the_door(connection: RawConnection) -> None:
    """RFC 9110, 6.5.1."""
    connection.send(
        POST.replace(KEY, b"")
        + b"Transfer-Encoding: chunked\r\n\r\n11\r\n"
        + BODY
        + b"\r\n0\r\n"
        + KEY
        + b"\r\n"
    )
    assert connection.answer().status == 401


def test_key_over_two_lines_is_refused(connection: RawConnection) -> None:
    """K13."""
    connection.send(GET.replace(b"0000fakefake", b"0000\r\n fakefake") + b"\r\n")
    assert connection.answer().status in (400, 401)


def test_request_that_is_large_is_refused_before_it_is_sent(connection: RawConnection) -> None:
    """B109."""
    connection.send(POST + b"Content-Length: 10000000000\r\nExpect: 100-continue\r\n\r\n")
    answer = connection.answer()
    assert answer.status == 413
    assert answer.headers["connection"] == "close"
    assert connection.is_closed()


def test_caller_that_asks_first_is_told_to_go_on(connection: RawConnection) -> None:
    connection.send(POST + b"Content-Length: 17\r\nExpect: 100-continue\r\n\r\n")
    assert connection.answer().status == 100
    connection.send(BODY)
    assert connection.answer().status == 200


def test_nobody_asks_first_in_http_1_0(connection: RawConnection) -> None:
    """RFC 9110, 10.1.1."""
    request = POST.replace(b"HTTP/1.1", b"HTTP/1.0")
    connection.send(request + b"Content-Length: 17\r\nExpect: 100-continue\r\n\r\n")
    connection.send(BODY)
    assert connection.answer().status == 200
    assert connection.is_closed()


def test_caller_that_ends_its_side_still_gets_the_answer(connection: RawConnection) -> None:
    connection.send(WHOLE_POST)
    connection.end_sending()
    assert connection.answer().status == 200
    assert connection.is_closed()


def test_caller_that_leaves_within_a_request_is_let_go(connection: RawConnection) -> None:
    connection.send(POST + b"Content-Length: 17\r\n\r\n{")
    connection.end_sending()
    assert connection.is_closed()


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"Content-Length: 10000000\r\n\r\n" + b"a" * 10_000_000, 413),
        (b"Transfer-Encoding: chunked\r\n\r\n" + (b"10000\r\n" + b"a" * 65_536 + b"\r\n") * 100, 413),
        (b"Content-Encoding: gzip\r\nContent-Length: 1000000\r\n\r\n" + b"\x1f\x8b" * 500_000, 400),
    ],
    ids=["length", "chunks", "gzip"],
)
def test_caller_in_the_middle_of_a_large_body_still_gets_the_answer(
    connection: RawConnection, body: bytes, status: int
) -> None:
    """B35, B62."""
    connection.send(POST + body)
    answer = connection.answer()
    assert answer.status == status
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["connection"] == "close"
    assert connection.is_closed()


def test_body_that_nobody_read_is_not_the_next_request(connection: RawConnection) -> None:
    smuggled = b"GET /consero/api/v1/examinations HTTP/1.1\r\n" + HOST + KEY + b"\r\n"
    head = b"POST /nowhere HTTP/1.1\r\n" + HOST + b"Content-Length: %d\r\n\r\n" % len(smuggled)
    connection.send(head + smuggled + GET.replace(KEY, b"") + b"\r\n")
    assert [connection.answer().status for _ in range(2)] == [404, 401]


def test_refusal_at_the_door_keeps_the_connection_in_step(connection: RawConnection) -> None:
    connection.send(WHOLE_POST.replace(KEY, b"") + WHOLE_POST)
    assert [connection.answer().status for _ in range(2)] == [401, 200]


def test_many_tiny_chunks_are_a_body(connection: RawConnection) -> None:
    chunks = b"".join(b"1\r\n%c\r\n" % byte for byte in BODY + b" " * 20_000)
    connection.send(POST + b"Transfer-Encoding: chunked\r\n\r\n" + chunks + b"0\r\n\r\n")
    assert connection.answer().status == 200


@pytest.mark.parametrize(
    "before", [b"", GET + b"\r\n", WHOLE_POST], ids=["alone", "behind GET", "behind POST"]
)
def test_head_beyond_the_bound_is_refused_wherever_it_begins(
    connection: RawConnection, before: bytes
) -> None:
    connection.send(before + GET + b"X-Long: " + b"x" * 65_536 + b"\r\n\r\n")
    assert statuses_until_the_end(connection).count(200) == bool(before)


def statuses_until_the_end(connection: RawConnection) -> list[int]:
    found = []
    with contextlib.suppress(EOFError):
        while True:
            found.append(connection.answer().status)
    return found
