"""What a caller wants to send, and what is sent in the end."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from mockserver.errors import UsageError

LEFT_OUT = "none"  # as an override: the value is not sent at all
_UNESCAPED = "/%:@!$&'()*+,;=~-._"
_SHIFT = re.compile("[+-][0-9]{1,18}")


@dataclass(frozen=True)
class FilePart:
    """A file of a multipart body; `path` is where it was read from, for the curl command."""

    name: str
    path: str
    filename: str
    content_type: str
    content: bytes


@dataclass(frozen=True)
class Wish:
    """A request before it is signed.

    `path` is relative to the vendor's base URL and may carry a query. `parameters` go into the query of GET,
    HEAD and DELETE and into the body of the others: as JSON, or as a form. `raw_body` is sent as it stands.
    `overrides` replace what signing would put in, so that a request can be wrong on purpose.
    """

    method: str
    path: str
    parameters: Mapping[str, Any] = field(default_factory=dict)
    form: bool = False
    files: tuple[FilePart, ...] = ()
    raw_body: bytes | None = None
    headers: tuple[tuple[str, str], ...] = ()
    overrides: Mapping[str, str] = field(default_factory=dict)

    @property
    def in_query(self) -> bool:
        """Whether the parameters belong into the query."""
        return self.method in ("GET", "HEAD", "DELETE")


@dataclass(frozen=True)
class SignedRequest:
    """A request ready to be sent. `form` keeps the parts of a multipart body for the curl command."""

    method: str
    url: str
    headers: tuple[tuple[str, str], ...]
    body: bytes = b""
    form: tuple[tuple[str, str] | FilePart, ...] = ()


def address(wish: Wish, base_url: str, base_path: str) -> tuple[str, str]:
    """Return the URL without query and the query of a wish; the path may repeat the base path.

    Raises:
        UsageError: a URL of another place.
    """
    path, _, query = wish.path.partition("?")
    base_url = base_url.rstrip("/")
    if "://" in path:
        if not f"{path}/".startswith(f"{base_url}/"):
            raise UsageError(f"{path} is not below {base_url}: give the path alone")
        path = path.removeprefix(base_url)
    path = "/" + path.lstrip("/")
    if base_path and f"{path}/".startswith(f"{base_path}/"):
        path = path.removeprefix(base_path)
    return base_url + quote(path, safe=_UNESCAPED), query


def with_headers(*groups: tuple[tuple[str, str], ...]) -> tuple[tuple[str, str], ...]:
    """Return the headers of all groups; a later group replaces those of its names, an empty value removes."""
    found: list[tuple[str, str]] = []
    for group in groups:
        names = {name.lower() for name, _ in group}
        found = [(name, value) for name, value in found if name.lower() not in names]
        found += [(name, value) for name, value in group if value]
    return tuple(found)


def moved(text: str, now: int, *, per_second: int) -> Any:
    """Return an override of a time: `+30` and `-30` are seconds from now, anything else stands as it is."""
    if _SHIFT.fullmatch(text):
        return now + int(text) * per_second
    try:
        return json.loads(text)
    except ValueError:
        return text
