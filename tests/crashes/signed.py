"""Signed requests as bytes, each with a nonce of its own: an institute is created, or all are listed."""

from __future__ import annotations

import itertools
import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass

from mockserver.signing import sign
from mockserver.signing.wish import Wish

_numbers = itertools.count(time.time_ns())  # so that names are new in a database that is kept


@dataclass(frozen=True)
class Creation:
    """The request that creates the institute `name`."""

    name: str
    request: bytes


def creation(access: Mapping[str, str], *, name: str = "", nonce: str = "", at_ms: int = 0) -> Creation:
    """Sign the creation of an institute of a new name, now."""
    name = name or f"University {next(_numbers)}"
    overrides = {"nonce": nonce} if nonce else {}
    wish = Wish("POST", "/institutes", {"name": name, "short_name": name[-12:]}, overrides=overrides)
    return Creation(name, on_the_wire(wish, access, at_ms=at_ms))


def creations(access: Mapping[str, str], count: int) -> list[Creation]:
    """Sign `count` of them."""
    return [creation(access) for _ in range(count)]


def listing(access: Mapping[str, str]) -> bytes:
    """Sign the list of institutes."""
    return on_the_wire(Wish("GET", "/institutes"), access)


def on_the_wire(wish: Wish, access: Mapping[str, str], *, at_ms: int = 0) -> bytes:
    """Sign any wish; `at_ms` is the client's time, that of this machine unless told."""
    now_ms = at_ms or time.time_ns() // 1_000_000
    signed = sign("proctorexam", wish, access, now_ms=now_ms, random_bytes=secrets.token_bytes)
    host, _, path = signed.url.removeprefix("http://").partition("/")
    fields = {"Host": host, **dict(signed.headers)}
    if signed.body:
        fields["Content-Length"] = str(len(signed.body))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    return f"{signed.method} /{path} HTTP/1.1\r\n{head}\r\n".encode() + signed.body
