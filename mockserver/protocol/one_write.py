"""An answer in one piece: its head waits for the first bytes of the body, at most until the turn's end.

uvicorn writes the head and then the body, and uvloop sends each write at once: two system calls instead of
one, and two packets for which the caller has to wake up.
"""

from __future__ import annotations

import asyncio
from typing import Any


class OneWrite:
    """The transport as one answer sees it. `cycle` is uvicorn's state of that answer.

    The cycle holds this too, so it is let go of as soon as the head is there: what leads back to itself is
    found by the collector alone, late, and costs more than all else here.
    """

    __slots__ = ("_cycle", "_head", "_loop", "_transport")

    def __init__(self, transport: asyncio.Transport, cycle: Any, loop: asyncio.AbstractEventLoop) -> None:
        self._transport = transport
        self._cycle = cycle  # until the head is there
        self._loop = loop
        self._head: bytes | None = None

    def write(self, data: bytes) -> None:
        """Send `data`, together with a head that waits; keep the head itself for a moment."""
        if self._head is not None:
            data, self._head = self._head + data, None
        elif self._cycle is not None and self._cycle.response_started:  # before that: 100 (Continue)
            self._cycle = None
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
