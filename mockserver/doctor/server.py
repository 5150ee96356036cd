"""Does the server answer, and does it let in a request that is signed as it should be?"""

from __future__ import annotations

import socket
from collections.abc import Iterator
from datetime import UTC, datetime
from urllib.parse import urlsplit

from mockserver import __version__
from mockserver.client.controls import ControlApi
from mockserver.client.http import ServerUnreachable
from mockserver.client.sandbox import SandboxHandle
from mockserver.clock import Machine, as_datetime
from mockserver.doctor import Finding
from mockserver.errors import UsageError
from mockserver.signing import signing_of

MOST_SECONDS_APART = 5


def examine_server(api: ControlApi, sandbox_id: str, *, wanted: bool) -> Iterator[Finding]:
    """Look at the server, the sandbox's clock, and one signed request to each vendor.

    `wanted` says that somebody named the server: then it is bad if it is not there.
    """
    try:
        health = api.call("health.show")
    except ServerUnreachable as problem:
        yield Finding("server", "bad", str(problem)) if wanted else port(api.url)
        return
    except UsageError as problem:
        yield Finding("server", "bad", str(problem))
        return
    yield version(api.url, health["version"])
    try:
        sandbox = SandboxHandle.open(api, sandbox_id)
    except UsageError as problem:
        yield Finding("sandbox", "bad", str(problem))
        return
    yield clock(sandbox.clock.show(), Machine().now_ms())
    for facts in api.call("vendors.list"):
        yield vendor(sandbox, facts["name"], facts["checks"])


def port(url: str) -> Finding:
    """Tell whether a server could start where none answers."""
    parts = urlsplit(url)
    try:
        socket.create_server((parts.hostname or "", parts.port or 80)).close()
    except OSError:
        return Finding(
            "server", "note", f"none runs, and port {parts.port} is taken: choose another with --port"
        )
    return Finding("server", "note", f"none runs, port {parts.port} is free: run 'mockserver serve'")


def version(url: str, running: str) -> Finding:
    """Compare the running server's version with that of this command."""
    if running != __version__:
        return Finding(
            "server", "note", f"{url} runs {running}, this is {__version__}: restart it to use the new one"
        )
    return Finding("server", "ok", f"{url} runs {running}")


def clock(shown: dict[str, str], machine_ms: int) -> Finding:
    """Compare the sandbox's time with this machine's: requests are dated by the one who sends them."""
    if shown["mode"] != "real":
        return Finding(
            "server's clock",
            "note",
            f"{shown['mode']}, {shown['now']}: 'mockserver clock real' sets it right",
        )
    apart = datetime.fromisoformat(shown["now"]).astimezone(UTC) - as_datetime(machine_ms)
    seconds = abs(apart.total_seconds())
    if seconds > MOST_SECONDS_APART:
        return Finding(
            "server's clock", "bad", f"{seconds:.0f} seconds away from this machine's: set both right"
        )
    return Finding("server's clock", "ok", "the same as this machine's")


def vendor(sandbox: SandboxHandle, name: str, checks: list[str]) -> Finding:
    """Send the vendor's probe, signed; it is well if no check at the door refuses it."""
    try:
        signing = signing_of(name)
    except UsageError:
        return Finding(name, "note", "this command cannot sign for it")
    try:
        reply = sandbox.send(name, *signing.PROBE)
        entry = sandbox.entry_of(reply)
    except UsageError as problem:
        return Finding(name, "bad", str(problem))
    if entry is None:
        return Finding(
            name, "bad", f"answered {reply.status} and wrote nothing down: look at the server's log"
        )
    if entry["refused_by"] in checks:
        return Finding(
            name,
            "bad",
            f"a signed request is refused by {entry['refused_by']}: "
            f"'mockserver explain {entry['request_id']}' says why",
        )
    if entry["injected"]:
        return Finding(
            name, "note", f"an error on demand answered ({reply.status}): see 'mockserver fault list'"
        )
    return Finding(name, "ok", "lets in a signed request")
