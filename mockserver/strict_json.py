"""JSON as RFC 8259 has it, and nothing beyond: what two readers could understand differently is refused."""

from __future__ import annotations

import json
import math
import re
from typing import Any

import orjson

MAX_DEPTH = 64
INT64_MIN, INT64_MAX = -(2**63), 2**63 - 1
# Possessive, and content with a text that never ends: no input makes it go over the same bytes twice.
_STRING = re.compile(r'"(?:[^"\\]++|\\.?)*+"?', re.DOTALL)
_BRACKETS = re.compile(r"[\[\]{}]+")
_SURROGATE = re.compile("[\ud800-\udfff]")


class JsonError(ValueError):
    """The text is not acceptable JSON; the message is one short clause without the text itself."""


class Decimal(float):
    """A float that remembers how it was written: signatures are made over the written form."""

    __slots__ = ("text",)
    text: str

    def __new__(cls, text: str) -> Decimal:
        """Read `text`; numbers beyond the range of a double are refused."""
        number = super().__new__(cls, text)
        if not math.isfinite(number):
            raise JsonError("a number is beyond the range of a double")
        number.text = text
        return number


def read_json(raw: bytes, *, max_depth: int = MAX_DEPTH) -> Any:
    """Read one JSON text in UTF-8.

    Refused, beyond what every parser refuses: a byte order mark, duplicate keys, NaN and infinities,
    integers beyond 64 bits, NUL and lone surrogates in text, nesting deeper than `max_depth`.

    Raises:
        JsonError: with a clause that says what is wrong.
    """
    try:
        text = raw.decode("utf-8").strip(" \t\n\r")
    except UnicodeDecodeError:
        raise JsonError("it is not UTF-8") from None
    if raw.count(b"[") + raw.count(b"{") > max_depth and _is_deeper(text, max_depth):
        raise JsonError(f"it is nested deeper than {max_depth} levels")
    try:
        value, end = _DECODER.raw_decode(text)
    except JsonError:
        raise
    except (ValueError, RecursionError):
        raise JsonError("it is not JSON") from None
    if end != len(text):
        raise JsonError("it is not JSON")
    if "\\u" in text:  # only an escape can smuggle these in: raw ones are not UTF-8, or not JSON
        _check_text(value)
    return value


def write_json(value: Any) -> bytes:
    """Return a value, as `read_json` gives it, as compact JSON in UTF-8."""
    return orjson.dumps(value, default=float)  # `Decimal` is all that it does not know


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise JsonError("a key appears twice in one object")
    return found


def _integer(text: str) -> int:
    if len(text) > 20 or not INT64_MIN <= (number := int(text)) <= INT64_MAX:
        raise JsonError("an integer is beyond 64 bits")
    return number


def _refuse_constant(name: str) -> Any:
    raise JsonError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(  # made once: making one takes as long as reading a short text
    object_pairs_hook=_unique, parse_int=_integer, parse_float=Decimal, parse_constant=_refuse_constant
)


def _is_deeper(text: str, most: int) -> bool:
    """Tell whether the nesting exceeds `most`, counting brackets outside of strings."""
    depth = 0
    for run in _BRACKETS.findall(_STRING.sub("", text)):
        for bracket in run:
            depth += 1 if bracket in "[{" else -1
            if not 0 <= depth <= most:
                return depth > most  # below zero it is no JSON, however it goes on
    return False


def _check_text(value: Any) -> None:
    if isinstance(value, str):
        if "\x00" in value:
            raise JsonError("a text holds the character NUL")
        if _SURROGATE.search(value):
            raise JsonError("a text holds a lone surrogate")
    elif isinstance(value, dict):
        for key, item in value.items():
            _check_text(key)
            _check_text(item)
    elif isinstance(value, list):
        for item in value:
            _check_text(item)
