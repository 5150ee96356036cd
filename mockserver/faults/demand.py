"""What one request asks for by itself: a documented error, by header or by a magic value.

Source: RFC 7240 for `Prefer`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.faults import registry
from mockserver.faults.effect import Effect, documented_answer
from mockserver.strict_json import write_json
from mockserver.vendor import Answer, Call, Vendor

MARK = "mock-error-"
MOST_SEARCHED = 65_536  # bytes of a body that are searched for a magic value
NUMBER_BASE = 9_990_000  # magic ids: 9990404 for 404, 9991422 for the second 422
_HINTS = (MARK.encode(), b"999", b"eyJ")  # the last begins a JWT, whose claims may hold a magic value
_MARKED = re.compile(r"mock-error-([1-5][0-9]{2})(?:-([1-9][0-9]?))?(?![0-9])", re.ASCII)
_NUMBER = re.compile(r"999([0-9])([1-5][0-9]{2})", re.ASCII)
_CODE = re.compile(r'(?:^|[\s;,])code="?([^\s;,"]{1,20})', re.IGNORECASE)
_VARIANT = re.compile(r'(?:^|[\s;,])variant="?([1-9][0-9]?)(?![0-9])', re.IGNORECASE)


def preferred(call: Call, vendor: Vendor) -> Effect | None:
    """Return what `Prefer: code=NNN` asks for (`; variant=2` for a second error with that code)."""
    header = call.request.header(b"prefer")
    if header is None:
        return None
    code = _CODE.search(header)
    if code is None:
        return None  # another preference: nobody has to honour it
    variant = _VARIANT.search(header)
    return _asked_for(call, vendor, "prefer", code[1], int(variant[1]) if variant else 1)


def may_hold_magic(call: Call) -> bool:
    """Tell, at the cost of a few searches for bytes, whether a closer look for a magic value is worth it."""
    request = call.request
    sent = request.body[:MOST_SEARCHED]
    if request.query_string:
        sent = b"%b\n%b" % (sent, request.query_string)
    for hint in _HINTS:
        # not `in`, which takes bytes for a number first, and costs an exception raised and caught
        if sent.find(hint) >= 0:
            return True
    return MARK in request.path or "999" in request.path


def magic(call: Call, vendor: Vendor, values: Mapping[str, Any]) -> Effect | None:
    """Return what a magic value among the ids of the path and the parameters asks for."""
    for name, value in (*call.path.items(), *values.items()):
        for code, variant in _named(name, value):
            return _asked_for(call, vendor, "magic_value", code, variant, place=name)
    return None


def _named(name: str, value: Any) -> Iterator[tuple[str, int]]:
    if isinstance(value, str) and MARK in value:
        for match in _MARKED.finditer(value):
            yield match[1], int(match[2] or 1)
    elif name.lower().endswith("id") and not isinstance(value, bool) and isinstance(value, (int, str)):
        match_number = _NUMBER.fullmatch(str(value))
        if match_number:
            yield match_number[2], int(match_number[1]) + 1


def _asked_for(call: Call, vendor: Vendor, by: str, code: str, variant: int, **where: str) -> Effect:
    assert call.operation is not None
    errors = registry.errors_of(vendor, call.operation)
    shown = {"by": by, "code": code, "variant": variant, **where}
    if code.isascii() and code.isdigit():
        for registered in errors:
            if (registered.code, registered.variant) == (int(code), variant):
                return Effect(shown, answer=documented_answer(registered.error, vendor, call))
    return Effect({**shown, "unknown": True}, answer=_unknown(call, code, variant, errors))


def _unknown(call: Call, code: str, variant: int, errors: list[registry.Registered]) -> Answer:
    """Return the tool's own answer to a wish that no documented error fulfils: the list of them all."""
    assert call.operation is not None
    wish = f"{code}:" if variant == 1 else f"{code} number {variant}:"
    names = ", ".join(registered.name for registered in errors)
    problem = {
        "type": "about:blank",
        "title": "Not Found",
        "status": 404,
        "detail": f"{call.operation.id} documents no error {wish} ask for one of {names}.",
        "operation": call.operation.id,
        "errors": registry.listed(errors),
    }
    return Answer(404, write_json(problem), "application/problem+json")
