"""A signed request as it arrived, and what an entry of the catalogue is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from mockserver.explain.explanation import Mistake

Texts = list[tuple[str, str]]
"""Name and text of each parameter."""


@dataclass(frozen=True)
class Attempt:
    """What is known of a request whose signature does not match.

    `values` are the parameters in the order sent, without the signature and without files; `url_ids` those
    of the path; `accepted_ids` says how they may be signed: `either`, `required` or `never`. `files` are
    name and content by parameter. `others` are secrets of others, each with the mistake of using it.
    """

    presented: str
    values: Mapping[str, Any]
    secret: str
    token: str
    url_ids: Mapping[str, str] = field(default_factory=dict)
    accepted_ids: str = "either"
    files: Mapping[str, tuple[str, bytes]] = field(default_factory=dict)
    body: bytes = b""
    method: str = "GET"
    path: str = "/"
    others: tuple[tuple[Mistake, str], ...] = ()


Makes = Callable[[Any, Attempt], Iterable[Any]]


@dataclass(frozen=True)
class Entry:
    """One mistake, and what becomes of the state of its stage by it.

    There may be several ways to make it: the first `with_others` of them are tried together with a second
    mistake as well, the rest alone.
    """

    mistake: Mistake
    makes: Makes
    with_others: int


def entry(name: str, remedy: str, makes: Makes, *, with_others: int = 1) -> Entry:
    """Return an entry of the catalogue."""
    return Entry(Mistake(name, remedy), makes, with_others)
