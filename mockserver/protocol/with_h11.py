"""HTTP with h11: pure Python, slower."""

from __future__ import annotations

from typing import Any, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from mockserver.protocol.h11_lines import StrictLines
from mockserver.protocol.head import (
    BODY_TOO_WORDY,
    CONTROL,
    HEAD_TOO_LONG,
    MAX_HEAD_BYTES,
    TARGET_TOO_LONG,
    HeadRefused,
    Refusal,
    checked_head,
)
from mockserver.protocol.patience import Patience


class StrictH11(Patience, H11Protocol):  # type: ignore[misc] # uvicorn's eof_received never keeps open
    """uvicorn's protocol, strict and with deadlines."""

    in_body = False

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.conn: h11.Connection = _CheckedConnection(self)

    def awaits(self) -> Literal["head", "body"] | None:
        if self.in_body:
            return "body"
        return "head" if self.conn.their_state is h11.IDLE else None

    def _let_go(self) -> None:
        super()._let_go()
        if self.cycle is None:
            self.conn = None  # type: ignore[assignment] # what checks the heads knows this protocol

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a caller that offers another protocol gets its answer in this one."""


class _CheckedConnection(h11.Connection):
    """Hands out no request before `head.py` has passed its head."""

    def __init__(self, protocol: StrictH11) -> None:
        super().__init__(h11.SERVER, MAX_HEAD_BYTES)
        self._receive_buffer = self._lines = StrictLines()
        self._protocol = protocol

    def next_event(self) -> Any:
        in_head = self.their_state is h11.IDLE
        if in_head:
            self._lines.skip_empty_lines()
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as problem:
            if problem.error_status_hint == HEAD_TOO_LONG.status:
                self._protocol.refusal = self._too_long() if in_head else BODY_TOO_WORDY
            raise
        if isinstance(event, h11.EndOfMessage):
            if any(name in (b"transfer-encoding", b"content-length") for name, _ in event.headers):
                raise h11.RemoteProtocolError("a trailer frames nothing any more")
            self._protocol.in_body = False
        if not isinstance(event, h11.Request):
            return event
        version = event.http_version.decode("ascii")
        if any(CONTROL.search(value) for _, value in event.headers):  # h11 lets them through
            raise h11.RemoteProtocolError("a header value holds a control character")
        try:
            target, headers = checked_head(event.method, event.target, version, list(event.headers))
        except HeadRefused as refused:
            self._protocol.refusal = refused.refusal
            raise h11.RemoteProtocolError(str(refused)) from refused
        self._protocol.heads += 1
        self._protocol.in_body = True
        if target == event.target:
            return event
        return h11.Request(
            method=event.method, target=target, headers=headers, http_version=event.http_version
        )

    def _too_long(self) -> Refusal:
        return HEAD_TOO_LONG if b"\n" in self.trailing_data[0] else TARGET_TOO_LONG
