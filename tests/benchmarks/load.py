"""Sending prepared requests with wrk, pinned to a core of its own."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.benchmarks.cores import CLIENT_CORE, pinned

SCRIPT = Path(__file__).with_name("replay.lua")


@dataclass(frozen=True)
class Load:
    """Requests as bytes; `again`: they may be sent over and over."""

    requests: Sequence[bytes]
    again: bool


class UsedUp(Exception):
    """All requests of a load were sent before its time was over: there are no figures."""


@dataclass(frozen=True)
class Figures:
    """What wrk saw. `refused` counts answers that are neither 2xx nor 3xx."""

    requests: int
    seconds: float
    refused: int
    broken: int
    p50_ms: float
    p99_ms: float

    @property
    def rate(self) -> float:
        """Answers per second."""
        return self.requests / self.seconds


def request(method: str, url: str, headers: Mapping[str, str], body: bytes = b"") -> bytes:
    """Return a request as it goes over the wire."""
    host, _, path = url.removeprefix("http://").partition("/")
    fields = {"Host": host, **headers}
    if body:
        fields["Content-Length"] = str(len(body))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{method} /{path} HTTP/1.1\r\n{head}\r\n".encode() + body


def put_under(
    load: Load, url: str, *, connections: int, seconds: int, core: int | None = CLIENT_CORE
) -> Figures:
    """Send `load` for `seconds`.

    Raises:
        UsedUp: it was too small for that.
    """
    with tempfile.NamedTemporaryFile() as file:
        file.write(b"again\n" if load.again else b"once\n")
        for item in load.requests:
            file.write(b"%d\n%s" % (len(item), item))
        file.flush()
        command = ["wrk", "--threads", "1", "--connections", str(connections), "--duration", f"{seconds}s"]
        command += ["--timeout", "30s", "--latency", "--script", str(SCRIPT), url, "--", file.name]
        output = subprocess.run(pinned(command, core), check=True, capture_output=True, text=True).stdout
    found = json.loads(output.splitlines()[-1])
    if found.pop("used_up"):
        raise UsedUp(f"{len(load.requests)} requests were sent in less than {seconds} s")
    return Figures(**found)


def missing() -> str | None:
    """Return why no load can be sent, None when it can."""
    return None if shutil.which("wrk") else "wrk is not installed (Debian: apt-get install wrk)"
