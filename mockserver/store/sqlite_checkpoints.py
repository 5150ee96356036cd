"""Copying the write-ahead log into the SQLite file, beside the requests.

SQLite would do it in the commit that fills the log: everybody waits for a thousand pages and for the disk.
Here a thread does it with a connection of its own. While it copies, requests add to the log; what they add
is little and copied next, and the last rest with the write lock held, so that the log begins anew.

A page that was written often is copied once: the longer the log, the less there is to copy.
"""

from __future__ import annotations

import contextlib
import threading
from pathlib import Path

from mockserver.store.sqlite_file import sqlite3

UNITS = 4_000  # units of work between two checkpoints: about 50 MB of log
LOCK_SECONDS = 0.5  # how long the last step waits for a moment in which nobody writes
_STEPS = ("PASSIVE", "PASSIVE", "FULL")


class Checkpoints:
    """The checkpoints of one file, None for a database in memory, which has no log."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._units = 0
        self._thread: threading.Thread | None = None

    def committed(self, units: int) -> None:
        """Count what was committed, and begin a checkpoint when it is time."""
        self._units += units
        if self._units < UNITS or self._file is None or self._is_under_way():
            return
        self._units = 0
        self._thread = threading.Thread(target=_checkpoint, args=(self._file,), name="checkpoint")
        self._thread.start()

    def close(self) -> None:
        """Wait for the one that is under way."""
        if self._thread is not None:
            self._thread.join()

    def _is_under_way(self) -> bool:
        return self._thread is not None and self._thread.is_alive()


def _checkpoint(file: Path) -> None:
    """Copy what is in the log; what fails is tried again with the next one, or by SQLite itself."""
    with contextlib.suppress(sqlite3.Error):
        # `rw` creates nothing where the file is gone
        driver = sqlite3.connect(f"{file.as_uri()}?mode=rw", uri=True, timeout=LOCK_SECONDS)
        with contextlib.closing(driver):
            driver.execute("PRAGMA synchronous = NORMAL")
            for step in _STEPS:
                driver.execute(f"PRAGMA wal_checkpoint({step})")
