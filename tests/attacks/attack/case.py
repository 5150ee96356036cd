"""One attack as data: what is sent, and what must come back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Protocol

from attack.world import World


class Request(Protocol):
    """Something that can be sent; made into bytes at the last moment, because time is part of it."""

    source: str

    def raw(self, world: World) -> bytes:
        """Return the bytes to send."""


@dataclass(frozen=True)
class Expected:
    """What must come back: one of `statuses`, a body that `shape` passes, rows written or not.

    `uses_nonce` says that no other row than that of the nonce may be written, `writes` that any may.
    `close` says that the connection must be closed after the answer. `echo` is a path into the JSON of the
    answer and what must stand there.
    """

    statuses: frozenset[int]
    shape: Callable[[int, bytes], None]
    writes: bool = False
    uses_nonce: bool = False
    close: bool = False
    echo: tuple[tuple[str, ...], Any] | None = None


@dataclass(frozen=True)
class Advance:
    """A step that moves the clock of the sandbox by seconds, back when negative."""

    seconds: float


@dataclass(frozen=True)
class Settings:
    """A step that changes settings of the sandbox, e.g. `consero.allowed_networks`."""

    changes: dict[str, Any] = field(hash=False)


Step = tuple[Request, Expected] | Advance | Settings


@dataclass(frozen=True)
class Case:
    """An attack: its id, its scheme, what it tries in a sentence, and its steps."""

    id: str
    scheme: str
    case: str
    steps: tuple[Step, ...]


def one(case_id: str, scheme: str, case: str, request: Request, expected: Expected) -> Case:
    """Return a case of one request."""
    return Case(case_id, scheme, case, ((request, expected),))


def replaced(expected: Expected, **changes: Any) -> Expected:
    """Return `expected` with other fields."""
    return Expected(**{**vars(expected), **changes})
