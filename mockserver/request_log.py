"""One line for each request, when `--log-requests` asks for it.

No path, query, header or body: nothing that a caller chose, and so no secret. `mockserver explain REQUEST_ID`
shows the rest from the journal.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Mapping
from typing import Any, TextIO

from mockserver.clock import Machine, iso

WISHES = ("none", "refused", "all")


class RequestLog:
    """Writes to `stream`: text or JSON, every answer or only refusals."""

    def __init__(self, wish: str, log_format: str, machine: Machine, stream: TextIO) -> None:
        self._wants_all = wish == "all"
        self._line = _json_line if log_format == "json" else _text_line
        self._machine = machine
        self._stream = stream

    def write(
        self,
        request_id: str,
        vendor: str,
        operation: str | None,
        status: int,
        refused_by: str | None,
        seconds: float,
    ) -> None:
        """Write one line; a reader that has gone stops no request."""
        if refused_by is None and not self._wants_all:
            return
        facts = {
            "request_id": request_id,
            "vendor": vendor,
            "operation": operation,
            "status": status,
            "refused_by": refused_by,
            "duration_ms": round(seconds * 1000, 3),
        }
        line = self._line(iso(self._machine.now_ms()), facts)
        with contextlib.suppress(OSError):
            self._stream.write(line)
            self._stream.flush()


def _json_line(at: str, facts: Mapping[str, Any]) -> str:
    return json.dumps({"at": at, "level": "info", "logger": "mockserver.requests", **facts}) + "\n"


def _text_line(at: str, facts: Mapping[str, Any]) -> str:
    reason = f" refused by {facts['refused_by']}" if facts["refused_by"] else ""
    return (
        f"{at} {facts['request_id']} {facts['vendor']} {facts['operation'] or '-'} "
        f"{facts['status']}{reason} {facts['duration_ms']} ms\n"
    )
