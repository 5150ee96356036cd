"""What a model found wrong with given values, in short sentences: pydantic's own speak to programmers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

MOST_SENTENCES = 20  # a list of wrong values has a complaint for each
PARTS_OF_A_REQUEST = ("body", "query", "path", "header")
NAMELESS = {"missing": "is missing", "extra_forbidden": "has no meaning here"}
MOMENTS = ("datetime_", "timezone_", "date_")
OBJECTS = ("model_type", "model_attributes_type", "dict_type")


def message(error: Mapping[str, Any]) -> str:
    """Return what is wrong with a value, without its place."""
    kind = error["type"]
    if kind in NAMELESS:
        return NAMELESS[kind]
    if kind.startswith(MOMENTS):
        return "write a moment with its offset, such as 2026-11-21T09:30:00Z"
    if kind in OBJECTS:
        return "here belong names with values"
    if kind == "union_tag_invalid":
        return f"there is no {error['ctx']['tag']!r}, use one of {error['ctx']['expected_tags']}"
    if kind == "union_tag_not_found":
        return f"{error['ctx']['discriminator']} is missing"
    return str(error["msg"]).removeprefix("Value error, ")


def sentence(error: Mapping[str, Any], *within: str) -> str:
    """Return a complaint with its place below `within`, without the part of the request it stands in."""
    path = tuple(str(step) for step in error["loc"])
    if path[1:] and path[0] in PARTS_OF_A_REQUEST:
        path = path[1:]
    place = ".".join((*within, *path))
    if error["type"] in NAMELESS:
        return f"{place!r} {message(error)}"
    if place in PARTS_OF_A_REQUEST:
        place = ""
    return f"{place}: {message(error)}" if place else message(error)


def sentences(errors: Iterable[Mapping[str, Any]], *within: str) -> str:
    """Return the first `MOST_SENTENCES` complaints in one line."""
    return "; ".join(sentence(error, *within) for error in islice(errors, MOST_SENTENCES))
