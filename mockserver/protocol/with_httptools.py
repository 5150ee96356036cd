"""HTTP with httptools: quick, and without any bound of its own."""

from __future__ import annotations

import asyncio
from typing import Any, Literal

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mockserver.protocol.head import (
    BODY_TOO_WORDY,
    HEAD_TOO_LONG,
    MAX_HEAD_BYTES,
    MAX_TARGET_BYTES,
    TARGET_TOO_LONG,
    Headers,
    HeadRefused,
    Refusal,
    checked_head,
)
from mockserver.protocol.patience import Patience
from mockserver.protocol.whole_answer import send_whole

FRAMING_BYTES = 8  # that each byte of a body may bring along: `1\r\n` before and `\r\n` behind, and some more
ODD_REQUEST_LINE = Refusal(400, "The request line is not method, target and version with one blank between.")


class StrictHttpTools(Patience, HttpToolsProtocol):  # type: ignore[misc] # uvicorn's eof_received never keeps open
    """uvicorn's protocol, strict, bounded and with deadlines."""

    _part: Literal["head", "body"] | None = None
    _begins_here = False  # a request begins with the first byte of what has arrived
    _received = 0  # bytes of the part that is under way
    _taken = 0  # bytes of the body among them
    _answering: Any = None

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.parser: httptools.HttpRequestParser = _Parser(self)
        self._arrived = bytearray()  # since the first byte of the head that is under way, or a little more

    def awaits(self) -> Literal["head", "body"] | None:
        if self._part is None and (self.cycle is None or self.cycle.response_complete):
            return "head"  # the caller has sent nothing but empty lines
        return self._part

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self.app_state["body_at_hand"] = self._body_at_hand  # nothing to wait for (request.py)
        self.app_state["send_whole"] = self._send_whole  # nothing to follow (sending.py)

    def connection_lost(self, exc: Exception | None) -> None:
        """Tell the request that is being answered as well: uvicorn tells the one that was read last."""
        self.pipeline.clear()
        if self._answering is not None:
            self._answering.disconnected = True
            self._answering.message_event.set()
        super().connection_lost(exc)

    def _let_go(self) -> None:
        super()._let_go()
        if self.cycle is None:
            self._answering = None

    def data_received(self, data: bytes) -> None:
        if self._part != "head":
            self._begins_here = self._part is None
        self._arrived += data
        self._received += len(data)
        super().data_received(data)
        if self._part != "head":
            self._arrived.clear()
        if self._part == "head" and self._received > MAX_HEAD_BYTES:
            self.refuse(TARGET_TOO_LONG if len(self.url) > MAX_TARGET_BYTES else HEAD_TOO_LONG)
        elif self._part == "body" and self._received > MAX_HEAD_BYTES + FRAMING_BYTES * self._taken:
            self.refuse(BODY_TOO_WORDY)

    def on_message_begin(self) -> None:
        self._part = "head"
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._part == "head":  # a field of the trailer must not pass for one of the head (RFC 9110, 6.5.1)
            # the parser cuts only blanks in front of a value
            self.headers.append((name.lower(), value.rstrip(b" \t")))

    def on_headers_complete(self) -> None:
        method, version = self.parser.get_method(), self.parser.get_http_version()
        arrived = len(self._arrived)
        try:
            self._check_request_line(method, version)
            self.url, headers = checked_head(method, self.url, version, self.headers, most_bytes=arrived)
        except HeadRefused as refused:
            self.refusal = refused.refusal
            raise
        self.headers[:] = headers
        # The only expectation that passes; HTTP/1.0 has none (RFC 9110, 10.1.1).
        self.expect_100_continue = version == "1.1" and b"expect" in dict(headers)
        if self.parser.should_upgrade():
            return  # the parser ends the message here; `read_without_offer` has it read again
        super().on_headers_complete()
        self._part, self._received, self._taken = "body", 0, 0
        self.heads += 1

    def _check_request_line(self, method: bytes, version: str) -> None:
        """Refuse two blanks in a row and the names of other protocols: the parser takes both."""
        line = b"%b %b HTTP/%b\r\n" % (method, self.url, version.encode())
        at = self._arrived.find(line)
        if at < 0 or (self._begins_here and self._arrived[:at].strip(b"\r\n")):
            raise HeadRefused(*ODD_REQUEST_LINE)
        self._begins_here = False
        del self._arrived[: at + len(line)]

    def on_body(self, body: bytes) -> None:
        self._taken += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        if self._part == "body":
            super().on_message_complete()
            self._part, self._received = None, 0

    def _start_asgi_task(self, cycle: Any, app: Any) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def _body_at_hand(self) -> bytes | None:
        """Return the body if all of it has come with the head; None where it, or the caller, is missing."""
        cycle = self._answering
        return None if cycle.more_body or cycle.disconnected else bytes(cycle.body)

    def _send_whole(self, status: int, headers: Headers, body: bytes) -> bool:
        return send_whole(self._answering, status, headers, body)

    def read_without_offer(self, rest: bytes) -> None:
        """Read the head again without its header `Upgrade`, then `rest`.

        A caller may offer to speak another protocol from here on (`curl --http2` does). The offer is not
        taken, but the parser would take it and leave the body unread.
        """
        version = self.parser.get_http_version().encode()
        line = b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, version)
        fields = [b"%b: %b\r\n" % field for field in self.headers if field[0] != b"upgrade"]
        self._arrived[:0] = line
        self.parser = _Parser(self)
        self.parser.feed_data(line + b"".join(fields) + b"\r\n" + rest)

    def refuse(self, refusal: Refusal) -> None:
        """Pass over a broken request that waits behind others: these are answered, then it ends."""
        if self.pipeline and self.cycle.more_body:
            self.pipeline.popleft()
            self.cycle = self.pipeline[0][0] if self.pipeline else self._answering
        super().refuse(refusal)


class _Parser(httptools.HttpRequestParser):
    """Hands an offer of another protocol back to the protocol."""

    def __init__(self, protocol: StrictHttpTools) -> None:
        super().__init__(protocol)
        self._protocol = protocol
        # Bytes behind a request that ends the connection are no reason to leave it unanswered.
        self.set_dangerous_leniencies(lenient_data_after_close=True)

    def feed_data(self, data: Any) -> None:
        try:
            super().feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            self._protocol.read_without_offer(data[offer.args[0] :])
