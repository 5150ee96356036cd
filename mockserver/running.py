"""The store's own clock: how long servers have been running on it. It only grows and never jumps.

Rows that must not be forgotten too early are dated by it, whatever happens to the machine's clock.
"""

from __future__ import annotations

from mockserver.clock import Machine
from mockserver.store import Connection, Statement

_READ = Statement("SELECT running_ms FROM building")
_WRITE = Statement("UPDATE building SET running_ms = :running_ms WHERE running_ms < :running_ms")


class RunningTime:
    """Counts on from what the store remembers."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine
        self._remembered_ms = 0
        self._since = machine.elapsed_seconds()

    def now_ms(self) -> int:
        """Return the running time in milliseconds."""
        return self._remembered_ms + int((self._machine.elapsed_seconds() - self._since) * 1000)

    def resume(self, db: Connection) -> None:
        """Remember the time in the store, and take over the one of a server that has run for longer."""
        db.put(_WRITE, running_ms=self.now_ms())
        row = db.one(_READ)
        assert row is not None
        self._since = self._machine.elapsed_seconds()
        self._remembered_ms = int(row["running_ms"])
