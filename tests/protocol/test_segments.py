"""A request is read the same however the network cuts it, and whatever came before it on its connection."""

from __future__ import annotations

import asyncio
import re
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from mockserver.protocol import protocol_named
from tests.vectors.http_requests import GET, REFUSED, REFUSED_LINES, TAKEN

pytestmark = pytest.mark.parametrize("parser", ["httptools", "h11"])
SHORT = {name: data for name, data in {**TAKEN, **REFUSED}.items() if len(data) < 1_000}
MOST_CUTS = 60


class Wire(asyncio.Transport):
    """A connection that keeps what is written to it."""

    def __init__(self) -> None:
        super().__init__({"peername": ("127.0.0.1", 1), "sockname": ("127.0.0.1", 2)})
        self.written = b""
        self.closed = False

    def write(self, data: Any) -> None:
        self.written += b"" if self.closed else bytes(data)

    def write_eof(self) -> None:
        self.closed = True

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def pause_reading(self) -> None:
        """Nothing is read from here."""

    def resume_reading(self) -> None:
        """Nothing is read from here."""


async def answering(scope: Any, receive: Any, send: Any) -> None:
    """Read the body, then answer 200."""
    message = await receive()
    while message.get("more_body"):
        message = await receive()
    if message["type"] == "http.request":
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body", "body": b""})


async def _statuses(parser: str, segments: list[bytes]) -> list[int]:
    config = uvicorn.Config(
        answering, http=protocol_named(parser), ws="none", lifespan="off", log_config=None
    )
    config.load()
    wire = Wire()
    make: Any = config.http_protocol_class
    protocol = make(config, ServerState(), {})
    protocol.connection_made(wire)
    for segment in segments:
        if not wire.closed:
            protocol.data_received(segment)
            await asyncio.sleep(0)
    for _ in range(10):
        await asyncio.sleep(0)
    protocol.connection_lost(None)
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", wire.written)]


def statuses(parser: str, *segments: bytes) -> list[int]:
    """Return the statuses with which the segments are answered, one after the other."""
    return asyncio.run(_statuses(parser, list(segments)))


@pytest.mark.parametrize("sent", SHORT.values(), ids=SHORT)
def test_request_that_comes_byte_by_byte_is_read_as_one_that_comes_whole(parser: str, sent: bytes) -> None:
    whole = statuses(parser, sent)
    assert statuses(parser, *(sent[at : at + 1] for at in range(len(sent)))) == whole


@pytest.mark.parametrize("cut", range(1, MOST_CUTS))
def test_odd_request_line_is_refused_wherever_it_is_cut(parser: str, cut: int) -> None:
    answers = {name: statuses(parser, sent[:cut], sent[cut:]) for name, sent in REFUSED_LINES.items()}
    assert [name for name, found in answers.items() if 200 in found] == []


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_refused_request_is_not_answered_behind_a_good_one(parser: str, sent: bytes) -> None:
    assert statuses(parser, GET + b"\r\n" + sent).count(200) == 1
    assert statuses(parser, GET + b"\r\n", sent).count(200) == 1
