"""Processes that end with the block that uses them."""

from __future__ import annotations

import contextlib
import subprocess
from collections.abc import Iterator, Sequence
from typing import Any


@contextlib.contextmanager
def running_process(command: Sequence[str], **options: Any) -> Iterator[subprocess.Popen[Any]]:
    """Run `command` until the block ends, as `subprocess.Popen` does; kill it when the block fails.

    `Popen` alone waits there for a process that nobody has told to end: a failed test would hang.
    """
    with subprocess.Popen(command, **options) as process:
        try:
            yield process
        except BaseException:
            process.kill()
            raise
