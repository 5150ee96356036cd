"""`name=value` and `name:=json` from the command line as values."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

from mockserver.errors import UsageError

_PAIR = re.compile(r"(?P<name>[^=:][^=]*?)(?P<typed>:?)=(?P<value>.*)", re.DOTALL)


def read_pairs(words: Sequence[str]) -> dict[str, tuple[str, bool]]:
    """Return each name with its text, and whether it was written with `:=`.

    Raises:
        UsageError: a word is no pair, a name comes twice, or a byte is no UTF-8.
    """
    found: dict[str, tuple[str, bool]] = {}
    for word in words:
        match = _PAIR.fullmatch(word)
        if match is None:
            raise UsageError(f"{word!r} is no parameter: write name=value for text, name:=value for JSON")
        if match["name"] in found:
            raise UsageError(f"{match['name']!r} is given twice")
        if not word.isprintable() and any("\udc80" <= char <= "\udcff" for char in word):
            raise UsageError(f"the value of {match['name']!r} is not UTF-8")
        found[match["name"]] = (match["value"], bool(match["typed"]))
    return found


def read_parameters(words: Sequence[str]) -> dict[str, Any]:
    """Return parameters: `name=value` is text, `name:=value` is JSON.

    Raises:
        UsageError: a word is no pair, or its value no JSON.
    """
    return {
        name: read_json(name, text) if typed else text for name, (text, typed) in read_pairs(words).items()
    }


def read_json(name: str, text: str) -> Any:
    """Return the JSON value of a parameter.

    Raises:
        UsageError: it is none.
    """
    try:
        return json.loads(text)
    except ValueError as problem:
        raise UsageError(f"{name}:={text} is no JSON ({problem}): for text write {name}={text}") from None


def by_schema(words: Sequence[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    """Return the members of a body as its JSON schema wants them: `code=503` is a number where it wants one.

    Raises:
        UsageError: a word is no pair, or its value no JSON.
    """
    properties = schema.get("properties", {})
    found: dict[str, Any] = {}
    for name, (text, typed) in read_pairs(words).items():
        kinds = _kinds(properties.get(name, {}))
        if typed:
            found[name] = read_json(name, text)
        elif "string" in kinds:
            found[name] = text
        else:
            found[name] = _json_or_text(text)
    return found


def _kinds(schema: Mapping[str, Any]) -> set[str]:
    kinds = {schema["type"]} if isinstance(schema.get("type"), str) else set()
    if "enum" in schema or "const" in schema:
        kinds.add("string")
    return kinds.union(*(_kinds(part) for part in schema.get("anyOf", ())))


def _json_or_text(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text
