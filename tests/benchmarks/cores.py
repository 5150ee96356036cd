"""Which core does what: the server on the first, the client on the second."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence

_CORES = sorted(os.sched_getaffinity(0))
SERVER_CORE = _CORES[0]
CLIENT_CORE = _CORES[1] if len(_CORES) > 1 else _CORES[0]
ARE_APART = SERVER_CORE != CLIENT_CORE and shutil.which("taskset") is not None


def pinned(command: Sequence[str], core: int | None) -> list[str]:
    """Return the command as it runs on one core; None leaves it to the machine."""
    return ["taskset", "--cpu-list", str(core), *command] if ARE_APART and core is not None else list(command)
