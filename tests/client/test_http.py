"""One request over HTTP, against a server of a few lines that answers whatever a test wants."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
from collections.abc import Iterator

import pytest

from mockserver.client.controls import ControlApi
from mockserver.client.http import AnswerBroken, ServerUnreachable, exchange
from mockserver.errors import UsageError


@contextlib.contextmanager
def answering(*answers: bytes) -> Iterator[tuple[str, list[bytes]]]:
    """Answer one connection after the other with these bytes, then hang up; give URL and requests."""
    received: list[bytes] = []
    listening = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        for answer in answers:
            connection, _ = listening.accept()
            with connection:
                received.append(one_request(connection))
                connection.sendall(answer)

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    with listening:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}", received
        thread.join(5)


def one_request(connection: socket.socket) -> bytes:
    """Read one request whole: head and body need not come in one piece."""
    read = b""
    while b"\r\n\r\n" not in read:
        read += connection.recv(65_536)
    head, _, body = read.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]):
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def test_answer_comes_back_as_it_is() -> None:
    answer = b"HTTP/1.1 404 Not Here\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\n\xffno"
    with answering(answer) as (url, _):
        reply = exchange("GET", f"{url}/a?b=c")
    assert (reply.status, reply.reason, reply.body) == (404, "Not Here", b"\xffno")
    assert reply.headers[:2] == (("x-a", "1"), ("x-a", "2"))
    assert reply.header("x-a") == "1"
    assert reply.text == "\ufffdno"
    assert not reply.ok


def test_request_goes_out_as_it_is() -> None:
    with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as (url, received):
        exchange("PATCH", f"{url}/a%20b?c=d", [("X-A", "ü"), ("host", "vendor.example")], b"{}")
    assert received == [
        b"PATCH /a%20b?c=d HTTP/1.1\r\nX-A: \xfc\r\nhost: vendor.example\r\nContent-Length: 2\r\n\r\n{}"
    ]


def test_post_without_body_says_that_it_has_none() -> None:
    with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as (url, received):
        exchange("POST", url)
    assert b"\r\nContent-Length: 0\r\n" in received[0]


def test_redirect_is_not_followed() -> None:
    with answering(b"HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n") as (
        url,
        _,
    ):
        assert exchange("GET", url).status == 302


def test_proxy_of_the_environment_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    with answering(b"HTTP/1.1 204 No Content\r\n\r\n") as (url, _):
        assert exchange("GET", url).status == 204


@pytest.mark.parametrize(
    "answer",
    [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", b"220 mail.example ESMTP\r\n"],
    ids=["hung up", "cut off", "another protocol"],
)
def test_answer_that_is_none_is_a_usage_error(answer: bytes) -> None:
    with answering(answer) as (url, _), pytest.raises(AnswerBroken, match="no whole answer came"):
        exchange("GET", url)


def test_nobody_there_is_a_usage_error() -> None:
    with pytest.raises(ServerUnreachable, match="start one with 'mockserver serve'"):
        exchange("GET", "http://user:secret@127.0.0.1:1/path?secret")


def test_error_shows_no_password() -> None:
    with pytest.raises(ServerUnreachable) as refused:
        exchange("GET", "http://user:secret@127.0.0.1:1/path")
    assert "secret" not in str(refused.value)


DOCUMENT = b"""{"paths": {"/a/{id}": {"get": {"operationId": "a.follow", "summary": "", "parameters": [
    {"name": "id", "in": "path"}, {"name": "most", "in": "query"}]}}}}"""
LISTING = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s" % (
    len(DOCUMENT),
    DOCUMENT,
)
STREAM = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n"


def test_stream_gives_the_data_of_each_event() -> None:
    with answering(LISTING, STREAM + b'18\r\n: hello\n\ndata: {"a": 1}\n\n\r\n0\r\n\r\n') as (url, received):
        assert list(ControlApi(url).stream("a.follow", id="x/y", most=5)) == [{"a": 1}]
    assert received[1].startswith(b"GET /__admin/a/x%2Fy?most=5 HTTP/1.1\r\n")


def test_stream_that_breaks_off_is_a_usage_error() -> None:
    with (
        answering(LISTING, STREAM + b"ff\r\ndata: 1\n") as (url, _),
        pytest.raises(AnswerBroken, match="hung up"),
    ):
        list(ControlApi(url).stream("a.follow", id="x"))


def test_refused_stream_tells_the_detail() -> None:
    refusal = b'HTTP/1.1 404 Not Found\r\nContent-Length: 22\r\n\r\n{"detail": "not here"}'
    with answering(LISTING, refusal) as (url, _), pytest.raises(UsageError, match="not here"):
        list(ControlApi(url).stream("a.follow", id="x"))


def test_refusal_without_problem_document_is_told_as_it_came() -> None:
    refusal = b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 5\r\n\r\nproxy"
    with (
        answering(LISTING, refusal) as (url, _),
        pytest.raises(UsageError, match="answered 502 Bad Gateway: proxy"),
    ):
        ControlApi(url).call("a.follow", id="x")
