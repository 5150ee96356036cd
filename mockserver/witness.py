"""Sees every answer once, on its way out: counts it, and has its line written."""

from __future__ import annotations

from mockserver.metrics.counts import Counts, Key, Row
from mockserver.metrics.shared import SharedCounts
from mockserver.request_log import RequestLog


class Witness:
    """Stands at the end of the journey of every request."""

    def __init__(self, log: RequestLog | None = None) -> None:
        self.counts = Counts()
        self.shared: SharedCounts | None = None  # where several workers are one server
        self._log = log

    def saw(
        self,
        request_id: str,
        vendor: str,
        operation: str | None,
        status: int,
        refused_by: str | None,
        seconds: float,
    ) -> None:
        """Note one answer, `seconds` after the first byte of its request."""
        self.counts.add(vendor, operation, status, refused_by, seconds)
        if self._log is not None:
            self._log.write(request_id, vendor, operation, status, refused_by, seconds)

    def rows(self) -> list[tuple[Key, Row]]:
        """Return the counts of the whole server."""
        return self.counts.rows() if self.shared is None else self.shared.rows()
