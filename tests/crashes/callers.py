"""Many callers at once, over bare sockets: each sends bytes and reads what comes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from types import TracebackType

ANSWER_SECONDS = 30.0
LET_GO_SECONDS = 90.0  # longer than every deadline of the server


@dataclass(frozen=True)
class Answer:
    """One answer as it came."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def accepted(self) -> bool:
        """Whether the request was let in and done."""
        return 200 <= self.status < 300


class Caller:
    """One connection, for an `async with` block."""

    def __init__(self, port: int) -> None:
        self._port = port

    async def __aenter__(self) -> Caller:
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self._port)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._writer.transport.abort()

    def send(self, data: bytes) -> None:
        """Hand `data` to the kernel, at once where its buffer has room."""
        self._writer.write(data)

    async def answer(self) -> Answer:
        """Read one answer.

        Raises:
            OSError, EOFError: the connection ended before it was whole.
        """
        async with asyncio.timeout(ANSWER_SECONDS):
            head = (await self._reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            status_line, *lines = head[:-4].split("\r\n")
            fields = (line.partition(": ") for line in lines)
            headers = {name.lower(): value for name, _, value in fields}
            body = await self._reader.readexactly(int(headers.get("content-length", "0")))
        return Answer(int(status_line.split(" ")[1]), headers, body)

    async def ask(self, data: bytes) -> Answer:
        """Send one request and read its answer."""
        self.send(data)
        return await self.answer()

    async def ask_all(self, requests: Sequence[bytes]) -> list[Answer]:
        """Send one request after the other."""
        return [await self.ask(data) for data in requests]

    async def ended(self) -> bytes:
        """Return all that still comes until the server closes."""
        async with asyncio.timeout(LET_GO_SECONDS):
            try:
                return await self._reader.read()
            except ConnectionResetError:
                return b""


async def ask_once(port: int, data: bytes) -> Answer:
    """Send one request on a connection of its own."""
    async with Caller(port) as caller:
        return await caller.ask(data)
