"""Sending one webhook to a receiver that behaves badly."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
from collections.abc import Awaitable, Callable

import pytest

from mockserver.webhooks.post import PostFailed, Reply, post
from mockserver.webhooks.targets import read_target

Talk = Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]]


async def post_to(talk: Talk, *, timeout_seconds: float = 5) -> Reply:
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    target = read_target(f"http://localhost:{port}/hook?a=b")
    async with server:
        return await post(target, "127.0.0.1", (("X-Own", "1"),), b'{"a":1}', timeout_seconds=timeout_seconds)


def saying(answer: bytes) -> Talk:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b'{"a":1}')
        writer.write(answer)
        writer.close()

    return talk


def test_request_is_plain_http() -> None:
    heard = bytearray()

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        heard.extend(await reader.readuntil(b'{"a":1}'))
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
        writer.close()

    assert asyncio.run(post_to(talk)).status == 200
    lines = heard.decode().split("\r\n")
    assert lines[0] == "POST /hook?a=b HTTP/1.1"
    assert {"Content-Length: 7", "Connection: close", "X-Own: 1"} <= set(lines)
    assert lines[1].startswith("Host: localhost:")


@pytest.mark.parametrize(
    ("answer", "reply"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", Reply(200, "ok")),
        (b"HTTP/1.0 200 OK\r\n\r\nuntil the end", Reply(200, "until the end")),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n", Reply(200, "ok")),
        (b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\n\r\n", Reply(204, "")),
        (
            b"HTTP/1.1 302 Found\r\nLocation: http://evil.example/\r\nContent-Length: 0\r\n\r\n",
            Reply(302, ""),
        ),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\xff\x00x", Reply(200, "��x")),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\n" + b"x" * 5000, Reply(200, "x" * 2000)),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n" + b"x" * 90_000, Reply(200, "x" * 2000)),
    ],
)
def test_answer_is_read_within_bounds(answer: bytes, reply: Reply) -> None:
    assert asyncio.run(post_to(saying(answer))) == reply


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"", "closed without an answer"),
        (b"SSH-2.0-OpenSSH_9.2\r\n", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", "no HTTP"),
        (b"HTTP/1.1 200 OK\r\n" + b"X-Long: " + b"x" * 100_000, "no HTTP"),
        (b"HTTP/1.1 100 Continue\r\n\r\n" * 5000, "too long"),
    ],
)
def test_answer_that_is_none_is_a_problem(answer: bytes, problem: str) -> None:
    with pytest.raises(PostFailed, match=problem):
        asyncio.run(post_to(saying(answer)))


def test_receiver_that_says_nothing_is_left_after_a_while() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read()
        writer.close()

    with pytest.raises(PostFailed, match=r"no answer within 0\.05 seconds"):
        asyncio.run(post_to(talk, timeout_seconds=0.05))


def test_receiver_that_trickles_is_left_after_a_while() -> None:
    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while not reader.at_eof():
            writer.write(b"H")
            await reader.read(1)
        writer.close()

    with pytest.raises(PostFailed, match="no answer within"):
        asyncio.run(post_to(talk, timeout_seconds=0.05))


def going_on(answer: bytes, more: bytes) -> Talk:
    """Say `answer`, and then `more` until the caller has gone."""

    async def talk(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b'{"a":1}')
        writer.write(answer)
        with contextlib.suppress(OSError):
            while True:
                writer.write(more)
                await writer.drain()

    return talk


ENDLESS = {
    "body": (b"HTTP/1.1 200 OK\r\n\r\n", 1000 * b"x", Reply(200, "x" * 2000)),
    "chunks": (
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
        500 * b"1\r\nx\r\n",
        Reply(200, "x" * 2000),
    ),
}
ENDLESS_AND_WRONG = {
    "fields": (b"HTTP/1.1 200 OK\r\n", b"X-A: 1\r\n"),
    "name of a field": (b"HTTP/1.1 200 OK\r\n", b"X"),
    "phrase": (b"HTTP/1.1 200 ", b"OK"),
    "head of a chunk": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;", b"a"),
    "trailer": (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"X-A: 1\r\n"),
    "answers before the answer": (b"", b"HTTP/1.1 102 Processing\r\n\r\n"),
}


@pytest.mark.parametrize(("answer", "more", "reply"), ENDLESS.values(), ids=ENDLESS)
def test_endless_body_is_left_at_a_bound(answer: bytes, more: bytes, reply: Reply) -> None:
    assert asyncio.run(post_to(going_on(answer, more))) == reply


@pytest.mark.parametrize(("answer", "more"), ENDLESS_AND_WRONG.values(), ids=ENDLESS_AND_WRONG)
def test_what_has_no_end_is_no_answer(answer: bytes, more: bytes) -> None:
    with pytest.raises(PostFailed, match=r"no HTTP|too long"):
        asyncio.run(post_to(going_on(answer, 100 * more)))


def test_compressed_answer_is_not_unpacked() -> None:
    bomb = gzip.compress(bytes(50_000_000))
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n" % len(bomb)
    reply = asyncio.run(post_to(saying(head + bomb)))
    assert (reply.status, len(reply.body)) == (200, 2000)
    assert reply.body.startswith("\x1f")


def test_closed_port_is_a_problem() -> None:
    target = read_target("http://localhost:1/")
    with pytest.raises(PostFailed, match="no connection"):
        asyncio.run(post(target, "127.0.0.1", (), b"", timeout_seconds=5))
