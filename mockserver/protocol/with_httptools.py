"""HTTP with httptools: quick, and without any bound of its own."""

from __future__ import annotations

from typing import Literal

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from mockserver.protocol.head import MAX_HEAD_BYTES, HeadRefused, checked_head
from mockserver.protocol.patience import Patience

TOO_LONG = HeadRefused(431, f"The head is longer than {MAX_HEAD_BYTES} bytes.")
TOO_WORDY = HeadRefused(400, "The body is cut into too many chunks, or its trailer is too long.")
FRAMING_BYTES = 8  # that each byte of a body may bring along: `1\r\n` before and `\r\n` behind, and some more


class StrictHttpTools(Patience, HttpToolsProtocol):  # type: ignore[misc] # uvicorn's eof_received never keeps open
    """uvicorn's protocol, strict, bounded and with deadlines."""

    _part: Literal["head", "body"] | None = None
    _received = 0  # bytes of the part that is under way
    _taken = 0  # bytes of the body among them

    def awaits(self) -> Literal["head", "body"] | None:
        if self._part is None and (self.cycle is None or self.cycle.response_complete):
            return "head"  # the caller has sent nothing but empty lines
        return self._part

    def data_received(self, data: bytes) -> None:
        self._received += len(data)
        super().data_received(data)
        if self._part == "head" and self._received > MAX_HEAD_BYTES:
            self.refuse(TOO_LONG)
        elif self._part == "body" and self._received > MAX_HEAD_BYTES + FRAMING_BYTES * self._taken:
            self.refuse(TOO_WORDY)

    def on_message_begin(self) -> None:
        self._part = "head"
        super().on_message_begin()

    def on_header(self, name: bytes, value: bytes) -> None:
        if self._part == "head":  # a field of the trailer must not pass for one of the head (RFC 9110, 6.5.1)
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        version = self.parser.get_http_version()
        try:
            self.url, headers = checked_head(self.parser.get_method(), self.url, version, self.headers)
        except HeadRefused as refusal:
            self.refusal = refusal
            raise
        self.headers[:] = headers
        if version == "1.0":
            self.expect_100_continue = False  # RFC 9110, 10.1.1
        super().on_headers_complete()
        if self.parser.should_upgrade():
            self.cycle.keep_alive = False  # the parser stops here: what follows could be another protocol
        self._part, self._received, self._taken = "body", 0, 0
        self.heads += 1

    def on_body(self, body: bytes) -> None:
        self._taken += len(body)
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._part, self._received = None, 0
        super().on_message_complete()

    def refuse(self, refusal: HeadRefused) -> None:
        if self.pipeline and self.cycle.more_body:
            self.transport.close()  # the broken request waits behind others: there is no place for an answer
            return
        super().refuse(refusal)

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a caller that offers another protocol gets its answer in this one."""
