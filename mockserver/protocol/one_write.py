"""An answer in one piece: its head waits for the first bytes of the body, at most until the turn's end.

uvicorn writes the head and then the body, and uvloop sends each write at once: two system calls instead of
one, and two packets for which the caller has to wake up.
"""

from __future__ import annotations

import asyncio
from typing import Any


class OneWrite:
    """The transport as one answer sees it. `cycle` is uvicorn's state of that answer."""

    __slots__ = ("_cycle", "_head", "_is_head_due", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, cycle: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._cycle = cycle
        self._loop = loop
        self._head: bytes | None = None
        self._is_head_due = True

    def write(self, data: bytes) -> None:
        """Send `data`, together with a head that waits; keep the head itself for a moment."""
        if self._head is not None:
            data, self._head = self._head + data, None
        elif self._is_head_due and self._cycle.response_started:  # before that: 100 (Continue)
            self._is_head_due = False
            self._head = data
            self._loop.call_soon(self._flush)
            return
        self._transport.write(data)

    def is_closing(self) -> bool:
        """Tell whether the connection is closed or being closed."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close the connection behind what was written."""
        self._flush()
        self._transport.close()

    def _flush(self) -> None:
        """Send the head by itself: the body is empty, or takes its time."""
        if self._head is not None and not self._transport.is_closing():
            self._transport.write(self._head)
        self._head = None
