"""Callers who keep a server waiting or flood it, all at once, with good requests between them."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass

from tests.crashes.callers import Caller, ask_once
from tests.crashes.servers import CrashingServer
from tests.crashes.signed import creation

HOST = b"Host: 127.0.0.1\r\n"
POST = b"POST /proctorexam/api/v3/institutes HTTP/1.1\r\n" + HOST + b"Content-Type: application/json\r\n"


@dataclass(frozen=True)
class Hostile:
    """What one caller sends; `statuses` are those that it may be answered with, if it is at all."""

    data: bytes
    statuses: frozenset[int] = frozenset()
    leaves: bool = False


def waiting_heads() -> Mapping[str, Hostile]:
    """Return heads that never end."""
    return {
        "nothing at all": Hostile(b""),
        "half a method": Hostile(b"PO"),
        "half a head": Hostile(POST),
        "half a field": Hostile(POST + b"Authorization: Tok"),
    }


def waiting_bodies() -> Mapping[str, Hostile]:
    """Return bodies that never end."""
    return {
        "no byte of a body": Hostile(POST + b"Content-Length: 100\r\n\r\n"),
        "half a body": Hostile(POST + b'Content-Length: 100\r\n\r\n{"name": "half'),
        "half a chunk": Hostile(POST + b"Transfer-Encoding: chunked\r\n\r\n40\r\n{"),
        "no last chunk": Hostile(POST + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n"),
    }


def oversized() -> Mapping[str, Hostile]:
    """Return what is too large or too much, refused at once."""
    form = POST.replace(b"application/json", b"application/x-www-form-urlencoded")
    fields = b"&".join(b"f%d=1" % number for number in range(20_000))
    return {
        "long head": Hostile(POST + b"X: " + b"a" * 100_000, frozenset({431})),
        "many headers": Hostile(POST + b"X: a\r\n" * 500 + b"\r\n", frozenset({431})),
        "long path": Hostile(b"GET /" + b"a" * 60_000 + b" HTTP/1.1\r\n" + HOST + b"\r\n", frozenset({414})),
        "announced body": Hostile(POST + b"Content-Length: 9000000000\r\n\r\n", frozenset({403, 413})),
        "sent body": Hostile(
            POST + b"Content-Length: 3000000\r\n\r\n" + b"a" * 3_000_000, frozenset({403, 413})
        ),
        "many fields": Hostile(
            form + b"Content-Length: %d\r\n\r\n" % len(fields) + fields, frozenset({400, 401, 403, 413, 422})
        ),
        "deep JSON": Hostile(
            POST + b"Content-Length: 200000\r\n\r\n" + b"[" * 200_000, frozenset({400, 401, 403, 422})
        ),
        "junk": Hostile(b"\x16\x03\x01\x02\x00\r\n\r\n", frozenset({400})),
    }


def leaving() -> Mapping[str, Hostile]:
    """Return callers who are gone before their answer."""
    return {
        "gone in the head": Hostile(POST, leaves=True),
        "gone in the body": Hostile(POST + b"Content-Length: 100\r\n\r\n{", leaves=True),
        "gone before the answer": Hostile(POST + b"Content-Length: 2\r\n\r\n{}", leaves=True),
        "hundred requests at once": Hostile(
            (POST + b"Content-Length: 2\r\n\r\n{}") * 100, frozenset({401, 403}), leaves=True
        ),
    }


async def hostile_set(server: CrashingServer, *, callers: int) -> float:
    """Let `callers` of every kind be there at once; return the slowest good answer in seconds."""
    kinds = {**waiting_heads(), **waiting_bodies(), **oversized(), **leaving()}
    many = [list(kinds.values())[number % len(kinds)] for number in range(callers)]
    async with contextlib.AsyncExitStack() as stack:
        crowd = [(await stack.enter_async_context(Caller(server.port)), item) for item in many]
        for caller, item in crowd:
            caller.send(item.data)
        slowest = await slowest_of_good_answers(server)
        await asyncio.gather(*(_heard(caller, item) for caller, item in crowd if item.statuses))
        return max(slowest, await slowest_of_good_answers(server))


async def slowest_of_good_answers(server: CrashingServer, *, count: int = 20) -> float:
    """Send good requests one after the other; return how long the slowest took.

    Raises:
        AssertionError: one was not let in.
    """
    slowest = 0.0
    for _ in range(count):
        data = creation(server.access).request
        began = time.monotonic()
        answer = await ask_once(server.port, data)
        slowest = max(slowest, time.monotonic() - began)
        assert answer.accepted, answer
    return slowest


async def _heard(caller: Caller, item: Hostile) -> None:
    if item.leaves:
        return
    with contextlib.suppress(ConnectionResetError, BrokenPipeError):
        answer = await caller.answer()
        assert answer.status in item.statuses, answer
