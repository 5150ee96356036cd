"""How long a caller is waited for, and how one is refused who does not speak HTTP.

uvicorn waits for ever for a request that never ends. Here a connection is closed when the caller takes

    30 s  from connecting, or from the first byte of a further head, to the end of the head
    60 s  from there to the end of the body
    60 s  to take what was sent

When the server stops, an idle connection stays open for another half second: a request may be on
its way, and closing on it would leave the caller without an answer.

A refusal is sent, and what still arrives is thrown away for a second: closing a connection with unread
bytes would reset it, and the caller could lose the answer.
"""

from __future__ import annotations

import asyncio
import http
from email.utils import formatdate
from typing import TYPE_CHECKING, Any, Literal

from mockserver.protocol.head import Refusal

HEAD_SECONDS = 30.0
BODY_SECONDS = 60.0
SEND_SECONDS = 60.0
LINGER_SECONDS = 1.0
ENDING_SECONDS = 0.5
TOO_LATE = Refusal(408, "The request did not arrive in time.")
UNPARSABLE = Refusal(400, "This is not an HTTP request.")

if TYPE_CHECKING:

    class _Protocol(asyncio.Protocol):
        """What uvicorn's two protocols have in common."""

        loop: asyncio.AbstractEventLoop
        transport: asyncio.Transport
        cycle: Any
        flow: Any
        scope: Any
        app_state: dict[str, Any]

        def on_response_complete(self) -> None: ...
        def shutdown(self) -> None: ...

else:
    _Protocol = object


class Patience(_Protocol):
    """Stands before one of uvicorn's protocols in the list of bases."""

    heads = 0  # how many heads have been read to their end
    stopping: asyncio.Event
    refusal: Refusal | None = None
    _deadline: asyncio.TimerHandle | None = None
    _awaited: tuple[str, int] | None = None
    _sending: asyncio.TimerHandle | None = None
    _lingering: asyncio.TimerHandle | None = None
    _is_lost = False

    def awaits(self) -> Literal["head", "body"] | None:
        """Return what the caller still owes: a head, a body, or nothing."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.stopping = asyncio.Event()
        self.app_state = {  # what the ASGI interface has no word for
            **self.app_state,
            "close_connection": transport.close,  # faults hang up (sending.py)
            "is_stopping": self.stopping.is_set,  # ends answers that have no end (admin/live.py)
        }
        self._watch("head")

    def connection_lost(self, exc: Exception | None) -> None:
        self._watch(None)
        self._stop_sending_watch()
        if self._lingering is not None:
            self._lingering.cancel()
        super().connection_lost(exc)
        self._is_lost = True
        self._let_go()

    def on_response_complete(self) -> None:
        super().on_response_complete()
        if self._is_lost:
            self._let_go()

    def _let_go(self) -> None:
        """Forget the last request: it leads back here, and the collector would have to find the two."""
        if self.cycle is None or self.cycle.response_complete:
            self.cycle = self.scope = None
            self.app_state = {}

    def data_received(self, data: bytes) -> None:
        if self._lingering is not None:
            return
        super().data_received(data)
        if self.stopping.is_set() and self.cycle is not None:
            self.cycle.keep_alive = False
        self._watch(None if self.transport.is_closing() else self.awaits())

    def shutdown(self) -> None:
        """End with the answer that is under way, or a moment later where there is none: the server stops."""
        self.stopping.set()
        if self.cycle is None or self.cycle.response_complete:
            self.loop.call_later(ENDING_SECONDS, self._end)
        else:
            super().shutdown()

    def _end(self) -> None:
        if not self.transport.is_closing():
            super().shutdown()

    def eof_received(self) -> bool:
        """Keep the connection of a caller who has only ended its own side, until the answer is sent."""
        if self._lingering is not None or self.cycle is None:
            return False
        if self.cycle.more_body or self.cycle.response_started:
            return False
        self.cycle.keep_alive = False
        return True

    def pause_writing(self) -> None:
        super().pause_writing()
        self._sending = self._sending or self.loop.call_later(SEND_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        self._stop_sending_watch()
        super().resume_writing()

    def send_400_response(self, msg: str) -> None:
        """Refuse what cannot be parsed, or what `head.py` refused; uvicorn's own sentence is not sent."""
        del msg
        self.refuse(self.refusal or UNPARSABLE)

    def refuse(self, refusal: Refusal) -> None:
        """Answer with `refusal` and close, but never in front of an earlier answer."""
        if self._lingering is not None:
            return
        cycle = self.cycle
        if cycle is not None and not cycle.response_complete and not cycle.more_body:
            cycle.keep_alive = False  # the refused bytes come after a request that is being answered
            self.flow.pause_reading()
            return
        if cycle is not None and cycle.response_started and self.awaits() == "body":
            self.transport.close()  # the request has its answer, only its body is broken
            return
        if cycle is not None and not cycle.response_complete:
            cycle.disconnected = True  # its body will never be whole
            cycle.message_event.set()
        self.transport.write(_answer(refusal))
        self.transport.write_eof()
        self._watch(None)
        self._lingering = self.loop.call_later(LINGER_SECONDS, self.transport.close)

    def _watch(self, awaited: str | None) -> None:
        key = None if awaited is None else (awaited, self.heads)
        if key == self._awaited:
            return
        if self._deadline is not None:
            self._deadline.cancel()
            self._deadline = None
        if awaited is not None:
            seconds = HEAD_SECONDS if awaited == "head" else BODY_SECONDS
            self._deadline = self.loop.call_later(seconds, self.refuse, TOO_LATE)
        self._awaited = key

    def _stop_sending_watch(self) -> None:
        if self._sending is not None:
            self._sending.cancel()
            self._sending = None


def _answer(refusal: Refusal) -> bytes:
    body = f"{refusal.problem}\n".encode()
    head = (
        f"HTTP/1.1 {refusal.status} {http.HTTPStatus(refusal.status).phrase}\r\n"
        f"date: {formatdate(usegmt=True)}\r\n"
        "content-type: text/plain; charset=utf-8\r\n"
        f"content-length: {len(body)}\r\n"
        "connection: close\r\n\r\n"
    )
    return head.encode() + body
