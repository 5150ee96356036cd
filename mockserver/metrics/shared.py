"""The counts of all workers of one server, exchanged through files.

A scrape reaches any worker, and has to hear of all. Each writes its counts into a folder of the server once
a second; the file of a worker that died stays, because a sum must never shrink.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
from collections.abc import Iterator
from pathlib import Path

from mockserver.metrics.counts import Counts, Key, Row

WRITE_EVERY_SECONDS = 1.0
log = logging.getLogger("mockserver")


class SharedCounts:
    """One worker's counts beside those of its neighbours, in `folder`; `name` is no other worker's."""

    def __init__(self, folder: str, name: str, counts: Counts) -> None:
        self._folder = Path(folder)
        self._file = self._folder / f"{name}.json"
        self._counts = counts
        self._written = ""
        self._supervisor = os.getppid()

    async def keep_writing(self) -> None:
        """Write what is new, again and again; ends by being cancelled."""
        while True:
            await asyncio.sleep(WRITE_EVERY_SECONDS)
            try:
                self.write()
            except OSError as problem:
                log.warning("the counts of this worker cannot be written: %s", problem)

    def write(self) -> None:
        """Write the counts, if there are new ones."""
        text = json.dumps(self._counts.rows())
        if text != self._written:
            draft = self._file.with_suffix(".draft")
            draft.write_text(text, encoding="utf-8")
            draft.replace(self._file)
            self._written = text

    def leave(self) -> None:
        """Take the folder along where the supervisor, which would do that, has died."""
        if os.getppid() != self._supervisor:
            import shutil  # noqa: PLC0415 - only a server without its supervisor needs it

            shutil.rmtree(self._folder, ignore_errors=True)  # the neighbours do the same

    def rows(self) -> list[tuple[Key, Row]]:
        """Return this worker's counts as they are, and the others' as they were a second ago at most."""
        return [*self._counts.rows(), *self._others()]

    def _others(self) -> Iterator[tuple[Key, Row]]:
        for file in self._folder.glob("*.json"):
            if file != self._file:
                yield from ((tuple(key), row) for key, row in json.loads(file.read_text("utf-8")))
