"""A request as received: read once, bounded in size and time, before anything looks at it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.errors import BodyMalformed, BodyTooLarge, BodyTooSlow, RequestUnreadable

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]


REST_PAUSE_SECONDS = 0.25
REST_SECONDS = 5.0


class ClientGone(Exception):
    """The caller hung up while sending: there is nobody to answer."""


@dataclass(frozen=True)
class Limits:
    """How much, and for how long, a request may send its body."""

    body_bytes: int
    upload_bytes: int
    body_seconds: float


@dataclass(slots=True)
class Request:
    """Method, path, headers and body, all as received. `unreadable` keeps what went wrong with the body."""

    method: str
    path: str
    query_string: bytes
    headers: list[tuple[bytes, bytes]]
    peer: str | None
    scheme: str
    body: bytes = b""
    unreadable: RequestUnreadable | None = None
    cache: dict[str, Any] = field(default_factory=dict)
    content_type: str = field(init=False)
    _first: dict[bytes, bytes] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Index the headers: a dozen look-ups follow. Backwards, so that the first of a name stays.

        `content_type` is the media type in lower case without parameters, empty where none is given.
        """
        self._first = dict(reversed(self.headers))
        self.content_type = (self.header(b"content-type") or "").partition(";")[0].strip().lower()

    def header(self, name: bytes) -> str | None:
        """Return the first field of that lower-case name as text, None where there is none."""
        value = self._first.get(name)
        return None if value is None else value.decode("latin-1")

    def header_values(self, name: bytes) -> list[bytes]:
        """Return all fields of that lower-case name, in order."""
        if len(self._first) == len(self.headers):  # no name stands twice
            return [self._first[name]] if name in self._first else []
        return [value for key, value in self.headers if key == name]


async def receive_request(scope: Scope, receive: Receive, limits: Limits) -> Request:
    """Read the whole request; a body that cannot be taken is kept as `unreadable`, not raised.

    So the checks at the door come first, and the vendor's room words the refusal.

    Raises:
        ClientGone: the connection ended.
    """
    client = scope.get("client")
    request = Request(
        method=scope["method"],
        path=scope["path"],
        query_string=scope["query_string"],
        headers=scope["headers"],
        peer=client[0] if client else None,
        scheme=scope["scheme"],
    )
    try:
        request.body = await _body(request, scope, receive, limits)
    except RequestUnreadable as failure:
        request.unreadable = failure.with_traceback(None)  # which leads to the request again
    return request


async def _body(request: Request, scope: Scope, receive: Receive, limits: Limits) -> bytes:
    most = limits.upload_bytes if request.content_type == "multipart/form-data" else limits.body_bytes
    length = request.header(b"content-length")
    if length is not None and length.isascii() and length.isdigit() and int(length[:20]) > most:
        raise BodyTooLarge(most)
    encoding = request.header(b"content-encoding")
    if encoding is not None and encoding.strip().lower() != "identity":
        raise BodyMalformed(f"the content encoding {encoding[:40]!r} is not taken, send it plain")
    if length is None and request.header(b"transfer-encoding") is None:
        return b""
    at_hand = _at_hand(scope)
    if at_hand is not None:
        if len(at_hand) > most:
            raise BodyTooLarge(most)
        return at_hand
    alarm = _Alarm(limits.body_seconds)
    try:
        return await _received(receive, most)
    except asyncio.CancelledError:
        if alarm.rang:
            raise BodyTooSlow(limits.body_seconds) from None
        raise
    finally:
        alarm.off()


def _at_hand(scope: Scope) -> bytes | None:
    """Return the body where it is known to have come with the head, so that nothing has to be waited for."""
    find = scope.get("state", {}).get("body_at_hand")  # from our own protocol
    body: bytes | None = None if find is None else find()
    return body


async def _received(receive: Receive, most: int) -> bytes:
    chunks: list[bytes] = []
    received = 0
    is_more = True
    while is_more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientGone
        chunk = message.get("body", b"")
        received += len(chunk)
        if received > most:
            raise BodyTooLarge(most)
        chunks.append(chunk)
        is_more = message.get("more_body", False)
    return chunks[0] if len(chunks) == 1 else b"".join(chunks)


class _Alarm:
    """Cancels the task that sets it after `seconds`: what `asyncio.timeout` does, in a third of its time."""

    def __init__(self, seconds: float) -> None:
        self.rang = False
        task = asyncio.current_task()
        assert task is not None
        self._task = task
        self._timer = task.get_loop().call_later(seconds, self._ring)

    def off(self) -> None:
        """Cancel nothing any more, and count one that was caught as done with."""
        self._timer.cancel()
        if self.rang:
            self._task.uncancel()

    def _ring(self) -> None:
        self.rang = self._task.cancel()


async def throw_away_rest(receive: Receive) -> None:
    """Take what is still being sent of a refused body, for a moment, so that the answer gets through.

    Closing a connection on unread bytes resets it, and a caller busy with sending would never see why.
    """
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(REST_SECONDS):
            more = True
            while more:
                async with asyncio.timeout(REST_PAUSE_SECONDS):
                    more = (await receive()).get("more_body", False)
