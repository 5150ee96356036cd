"""One POST over HTTP/1.1: no redirect followed, no proxy of the environment, everything bounded."""

from __future__ import annotations

import asyncio
import contextlib
from dataclasses import dataclass
from typing import Any

from mockserver import __version__
from mockserver.webhooks.targets import Target

MAX_ANSWER_BYTES = 64 * 1024  # read at most
KEPT_ANSWER_CHARACTERS = 2_000  # shown in the log
CHUNK_BYTES = 16 * 1024


class PostFailed(Exception):
    """No answer came; the message is one clause."""


@dataclass(frozen=True)
class Reply:
    """The answer of a receiver: its status and the beginning of its body."""

    status: int
    body: str


async def post(
    target: Target,
    address: str,
    headers: tuple[tuple[str, str], ...],
    body: bytes,
    *,
    timeout_seconds: float,
) -> Reply:
    """Send `body` to `target` at `address` and return the answer.

    Raises:
        PostFailed: no connection, no HTTP, or not in time.
    """
    try:
        async with asyncio.timeout(timeout_seconds):
            return await _exchange(target, address, headers, body)
    except TimeoutError:
        raise PostFailed(f"no answer within {timeout_seconds:g} seconds") from None
    except OSError as problem:  # a failed TLS handshake is one as well
        raise PostFailed(f"no connection: {problem.strerror or problem}") from None


async def _exchange(target: Target, address: str, headers: tuple[tuple[str, str], ...], body: bytes) -> Reply:
    import h11  # noqa: PLC0415 - only a server that sends webhooks needs it

    options: dict[str, Any] = {}
    if target.scheme == "https":
        import ssl  # noqa: PLC0415 - as above

        options = {"ssl": ssl.create_default_context(), "server_hostname": target.host}
    reader, writer = await asyncio.open_connection(address, target.port, **options)
    try:
        connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_ANSWER_BYTES)
        request = h11.Request(
            method="POST",
            target=target.path,
            headers=[
                ("Host", target.authority),
                ("User-Agent", f"mockserver/{__version__}"),
                ("Content-Length", str(len(body))),
                ("Connection", "close"),
                *headers,
            ],
        )
        for part in (request, h11.Data(body), h11.EndOfMessage()):
            writer.write(connection.send(part) or b"")
        await writer.drain()
        return await _answer(connection, reader)
    except h11.ProtocolError:
        raise PostFailed("what came back is no HTTP") from None
    finally:
        writer.close()
        with contextlib.suppress(OSError):
            await writer.wait_closed()


async def _answer(connection: Any, reader: asyncio.StreamReader) -> Reply:
    """Read up to the end of the answer, or to the limit: what lies beyond is not looked at."""
    import h11  # noqa: PLC0415 - as above

    status, received, content = None, 0, bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            if received > MAX_ANSWER_BYTES and status is None:
                raise PostFailed("the head of the answer is too long")
            chunk = await reader.read(CHUNK_BYTES)
            if not chunk and not received:
                raise PostFailed("the connection was closed without an answer")
            received += len(chunk)
            connection.receive_data(chunk)
        elif isinstance(event, h11.Response):
            status = event.status_code
        elif isinstance(event, h11.Data):
            content += event.data
        if status is not None and (
            isinstance(event, (h11.EndOfMessage, h11.ConnectionClosed)) or len(content) > MAX_ANSWER_BYTES
        ):
            text = bytes(content).decode("utf-8", "replace").replace("\x00", "�")
            return Reply(status, text[:KEPT_ANSWER_CHARACTERS])
        if event is h11.PAUSED:
            raise PostFailed("the answer is followed by more than an answer")
