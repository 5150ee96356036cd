"""Bytes to one of the HTTP protocols, without a socket: what its app is asked, and how it is answered."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass, field
from typing import Any

import uvicorn
from uvicorn.server import ServerState

from mockserver.protocol import protocol_named

QUIET_TURNS = 8  # of the event loop in which nothing is written: then nothing more will be


@dataclass
class Heard:
    """What came of some bytes: the requests that reached the app whole, and the statuses that came back.

    `heads` is how many heads were taken.
    """

    requests: list[tuple[str, bytes, bytes, bytes]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    heads: int = 0


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


def heard(parser: str, *segments: bytes) -> Heard:
    """Hand the segments over one after the other; every whole request is answered with 200."""
    return asyncio.run(_heard(parser, segments))


async def _heard(parser: str, segments: tuple[bytes, ...]) -> Heard:
    found = Heard()

    async def app(scope: Any, receive: Any, send: Any) -> None:
        body, message = b"", await receive()
        while message.get("more_body"):
            body += message["body"]
            message = await receive()
        if message["type"] == "http.request":
            body += message["body"]
            found.requests.append((scope["method"], scope["raw_path"], scope["query_string"], body))
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body", "body": b""})

    config = uvicorn.Config(
        app, http=protocol_named(parser), ws="none", lifespan="off", log_config=None, log_level="critical"
    )
    config.load()
    wire = Wire()
    make: Any = config.http_protocol_class
    protocol = make(config, ServerState(), {})
    protocol.connection_made(wire)
    for segment in segments:
        if segment and not wire.closed:  # asyncio never hands over nothing
            protocol.data_received(segment)
            await asyncio.sleep(0)
    seen, quiet = -1, 0
    while quiet < QUIET_TURNS:
        quiet = quiet + 1 if seen == len(wire.written) else 0
        seen = len(wire.written)
        await asyncio.sleep(0)
    protocol.connection_lost(None)
    found.heads = protocol.heads
    found.statuses = [int(status) for status in re.findall(rb"HTTP/1\.1 (\d+)", wire.written)]
    return found
