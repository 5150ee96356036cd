"""Comparing what came with what was expected, in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.client.http import Reply
from mockserver.scenarios.script import Expected

MOST_CHARACTERS = 200


def of_reply(expected: Expected, reply: Reply, entry: Mapping[str, Any] | None) -> Iterator[str]:
    """Give a sentence for each difference; without an expected status it must be 2xx."""
    if expected.no_answer:
        yield f"no_answer: expected none, got {reply.status}"
        return
    if expected.status is None:
        if not reply.ok and "refused_by" not in expected.model_fields_set:
            yield f"status: expected 2xx, got {reply.status}"
    elif reply.status != expected.status:
        yield f"status: expected {expected.status}, got {reply.status}"
    for name, value in expected.headers.items():
        if reply.header(name.lower()) != value:
            yield f"header {name}: expected {value!r}, got {reply.header(name.lower())!r}"
    given = expected.model_fields_set
    if given & {"body", "exactly"}:
        try:
            body = reply.json()
        except ValueError:
            yield f"body: expected JSON, got {shown(reply.text)}"
            return
        if "body" in given:
            yield from missing(expected.body, body, "body")
        if "exactly" in given and not same(expected.exactly, body):
            yield f"body: expected exactly {shown(expected.exactly)}, got {shown(body)}"
    explanation = (entry or {}).get("explanation") or {}
    if "refused_by" in given and explanation.get("check") != expected.refused_by:
        yield f"refused_by: expected {expected.refused_by}, got {explanation.get('check')}"
    mistake = (explanation.get("likely_mistake") or {}).get("name")
    if "likely_mistake" in given and mistake != expected.likely_mistake:
        yield f"likely_mistake: expected {expected.likely_mistake}, got {mistake}"


def missing(expected: Any, found: Any, place: str) -> Iterator[str]:
    """Give a sentence for each expected part that is not there; objects may hold more."""
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        for name, value in expected.items():
            if name in found:
                yield from missing(value, found[name], f"{place}.{name}")
            else:
                yield f"{place}.{name}: expected {shown(value)}, but it is not there"
    elif isinstance(expected, list) and isinstance(found, list) and len(expected) == len(found):
        for index, value in enumerate(expected):
            yield from missing(value, found[index], f"{place}.{index}")
    elif not same(expected, found):
        yield f"{place}: expected {shown(expected)}, got {shown(found)}"


def same(expected: Any, found: Any) -> bool:
    """Compare as JSON does: `true` is no 1, and 74 is 74.0."""
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, Mapping) and isinstance(found, Mapping):
        return expected.keys() == found.keys() and all(same(expected[name], found[name]) for name in expected)
    if isinstance(expected, list) and isinstance(found, list):
        return len(expected) == len(found) and all(map(same, expected, found))
    return bool(expected == found)


def shown(value: Any) -> str:
    """Return a value as JSON, cut off where it gets long."""
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= MOST_CHARACTERS else f"{text[:MOST_CHARACTERS]}…"
