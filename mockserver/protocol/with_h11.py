"""HTTP with h11: pure Python, slower."""

from __future__ import annotations

from typing import Any, Literal

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from mockserver.protocol.head import MAX_HEAD_BYTES, HeadRefused, checked_head
from mockserver.protocol.patience import Patience

TOO_LONG = HeadRefused(431, f"The head is longer than {MAX_HEAD_BYTES} bytes.")


class StrictH11(Patience, H11Protocol):  # type: ignore[misc] # uvicorn's eof_received never keeps open
    """uvicorn's protocol, strict and with deadlines."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.conn: h11.Connection = _CheckedConnection(self)

    def awaits(self) -> Literal["head", "body"] | None:
        if self.conn.their_state is h11.IDLE:
            return "head"
        return "body" if self.conn.their_state is h11.SEND_BODY else None

    def _unsupported_upgrade_warning(self) -> None:
        """Say nothing: a caller that offers another protocol gets its answer in this one."""


class _CheckedConnection(h11.Connection):
    """Hands out no request before `head.py` has passed its head."""

    def __init__(self, protocol: StrictH11) -> None:
        super().__init__(h11.SERVER, MAX_HEAD_BYTES)
        self._protocol = protocol

    def next_event(self) -> Any:
        try:
            event = super().next_event()
        except h11.RemoteProtocolError as problem:
            if problem.error_status_hint == TOO_LONG.status:
                self._protocol.refusal = TOO_LONG
            raise
        if not isinstance(event, h11.Request):
            return event
        version = event.http_version.decode("ascii")
        try:
            target, headers = checked_head(event.method, event.target, version, list(event.headers))
        except HeadRefused as refusal:
            self._protocol.refusal = refusal
            raise h11.RemoteProtocolError(refusal.problem) from refusal
        self._protocol.heads += 1
        return h11.Request(
            method=event.method, target=target, headers=headers, http_version=event.http_version
        )
