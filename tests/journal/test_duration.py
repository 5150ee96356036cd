"""How long a request took stands in its entry."""

from __future__ import annotations

import asyncio
import json
from typing import Any

from mockserver.app import create_app, running
from mockserver.settings import Settings
from tests.conftest import CONSERO_KEY, SettableMachine

BODY = b'{"inviteId": 142}'


def scope(method: str, path: str, *headers: tuple[bytes, bytes]) -> dict[str, Any]:
    """Return the scope of a request from this machine."""
    return {
        "type": "http",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": [(b"host", b"127.0.0.1:8000"), *headers],
        "client": ("127.0.0.1", 50_000),
        "server": ("127.0.0.1", 8000),
        "state": {},
    }


async def entry_of_slow_request(machine: SettableMachine) -> dict[str, Any]:
    """Send a request whose body comes a quarter of a second behind its head; return its entry."""
    sent = bytearray()

    async def late_body() -> dict[str, Any]:
        machine.passes(0.25)
        return {"type": "http.request", "body": BODY, "more_body": False}

    async def nothing() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def ignore(message: Any) -> None:
        del message

    async def keep(message: Any) -> None:
        sent.extend(message.get("body", b""))

    length = (b"content-length", str(len(BODY)).encode())
    async with running(create_app(Settings(database="sqlite://"), machine=machine)) as app:
        request = scope("POST", "/consero/api/v1/report", (b"x-api-key", CONSERO_KEY.encode()), length)
        await app(request, late_body, ignore)
        await app(scope("GET", "/__admin/sandboxes/default/requests"), nothing, keep)
    [entry] = json.loads(sent)
    return dict(entry)


def test_duration_counts_from_the_head_to_the_answer(machine: SettableMachine) -> None:
    assert asyncio.run(entry_of_slow_request(machine))["duration_ms"] == 250.0
