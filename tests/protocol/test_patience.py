"""A caller who keeps the server waiting is let go; the deadlines are shortened here so that no test waits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from mockserver.protocol import patience, protocol_named

HEAD = b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\n"
WHOLE = HEAD + b"{}"
SHORT = 0.15
LONG = 10.0

App = Callable[[Any, Any, Any], Coroutine[Any, Any, None]]
pytestmark = pytest.mark.parametrize("parser", ["httptools", "h11"])


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Read the body, then answer."""
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    if message["type"] == "http.request":
        await answered(send)


async def hasty(scope: Any, receive: Any, send: Any) -> None:
    """Answer without a look at the body."""
    await answered(send)


async def slow(scope: Any, receive: Any, send: Any) -> None:
    """Take longer than any caller may."""
    await asyncio.sleep(SHORT * 2)
    await answered(send)


async def flooding(scope: Any, receive: Any, send: Any) -> None:
    """Send more than the buffers between two sockets hold."""
    size = 16 * 1024 * 1024
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"%d" % size)]})
    await send({"type": "http.response.body", "body": b"x" * size, "more_body": True})
    await send({"type": "http.response.body"})


async def answered(send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"2")]})
    await send({"type": "http.response.body", "body": b"ok"})


@asynccontextmanager
async def connected(
    parser: str, app: App
) -> AsyncIterator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    """Serve `app` with the protocol of `parser` and connect to it."""
    config = uvicorn.Config(app, http=protocol_named(parser), ws="none", lifespan="off", log_config=None)
    config.load()
    state = ServerState()
    make: Any = config.http_protocol_class
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: make(config, state, {}), "127.0.0.1", 0)
    reader, writer = await asyncio.open_connection(*server.sockets[0].getsockname())
    try:
        yield reader, writer
    finally:
        writer.close()
        server.close()
        await asyncio.gather(*state.tasks, return_exceptions=True)


def heard(parser: str, app: App, *sent: bytes, pause: float = 0.0) -> bytes:
    """Send `sent` and return all that comes until the server closes."""

    async def talk() -> bytes:
        async with connected(parser, app) as (reader, writer):
            for data in sent:
                writer.write(data)
                await asyncio.sleep(pause)
            async with asyncio.timeout(LONG / 2):
                return await reader.read()

    return asyncio.run(talk())


@pytest.fixture
def short_head(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", SHORT)
    monkeypatch.setattr(patience, "BODY_SECONDS", LONG)


@pytest.fixture
def short_body(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", LONG)
    monkeypatch.setattr(patience, "BODY_SECONDS", SHORT)


def test_promised_deadlines(parser: str) -> None:
    assert (patience.HEAD_SECONDS, patience.BODY_SECONDS, patience.SEND_SECONDS) == (30, 60, 60)


@pytest.mark.usefixtures("short_head")
@pytest.mark.parametrize(
    "sent", [b"", b"\r\n\r\n", b"POST", HEAD[:-2]], ids=["nothing", "empty lines", "word", "half"]
)
def test_head_that_does_not_end_is_answered_408(parser: str, sent: bytes) -> None:
    """B108."""
    answer = heard(parser, answering, sent)
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout\r\n")
    assert b"connection: close" in answer


@pytest.mark.usefixtures("short_head")
def test_trickling_does_not_help(parser: str) -> None:
    answer = heard(parser, answering, *(bytes([byte]) for byte in HEAD[:20]), pause=SHORT / 10)
    assert answer.startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("short_body")
@pytest.mark.parametrize("sent", [HEAD, HEAD + b"{"], ids=["head", "half"])
def test_body_that_does_not_end_is_answered_408(parser: str, sent: bytes) -> None:
    """B107."""
    assert heard(parser, answering, sent).startswith(b"HTTP/1.1 408 ")


@pytest.mark.usefixtures("short_body")
def test_body_that_nobody_reads_has_a_deadline_too(parser: str) -> None:
    answer = heard(parser, hasty, HEAD + b"{")
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1


@pytest.mark.usefixtures("short_head")
def test_second_head_on_a_kept_connection_has_its_own_deadline(parser: str) -> None:
    answer = heard(parser, answering, WHOLE, WHOLE, HEAD[:9], pause=SHORT / 2)
    assert answer.count(b"HTTP/1.1 200 ") == 2
    assert answer.count(b"HTTP/1.1 408 ") == 1


@pytest.mark.usefixtures("short_head", "short_body")
def test_time_of_the_server_is_not_the_caller_s(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "HEAD_SECONDS", SHORT)
    answer = heard(parser, slow, WHOLE.replace(b"Host", b"Connection: close\r\nHost"))
    assert answer.startswith(b"HTTP/1.1 200 ")


@pytest.mark.parametrize(
    "sent", [WHOLE + b"junk\r\n\r\n", WHOLE + WHOLE + b"junk\r\n\r\n"], ids=["one", "two"]
)
def test_refusal_waits_for_the_answers_before_it(parser: str, sent: bytes) -> None:
    answer = heard(parser, slow, sent)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1 200 ") == sent.count(WHOLE)
    assert not answer.partition(b"HTTP/1.1 400 ")[2].count(b"HTTP/1.1 200 ")


def test_broken_body_ends_the_wait_for_it(parser: str) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    assert heard(parser, answering, head, b"nonsense\r\n").startswith(b"HTTP/1.1 400 ")


def test_broken_body_behind_an_early_answer_only_closes(parser: str) -> None:
    head = b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
    answer = heard(parser, hasty, head, b"1\r\na\r\n", b"nonsense\r\n", pause=SHORT)
    assert answer.startswith(b"HTTP/1.1 200 ")
    assert answer.count(b"HTTP/1.1") == 1


def test_caller_who_takes_nothing_is_let_go(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SEND_SECONDS", SHORT)

    async def talk() -> None:
        async with connected(parser, flooding) as (reader, writer):
            writer.write(WHOLE)
            await asyncio.sleep(SHORT * 3)
            async with asyncio.timeout(LONG / 2):
                with pytest.raises((ConnectionResetError, asyncio.IncompleteReadError)):
                    await reader.readexactly(16 * 1024 * 1024)

    asyncio.run(talk())


def test_caller_who_takes_slowly_gets_everything(parser: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patience, "SEND_SECONDS", LONG)

    async def talk() -> bytes:
        async with connected(parser, flooding) as (reader, writer):
            writer.write(WHOLE)
            await reader.readuntil(b"\r\n\r\n")
            return await reader.readexactly(16 * 1024 * 1024)

    assert asyncio.run(talk()).count(b"x") == 16 * 1024 * 1024
