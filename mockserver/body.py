"""Bodies and query strings as values: JSON, forms and uploads, read strictly and within bounds."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl

from mockserver.errors import BodyMalformed
from mockserver.multipart import Upload, read_multipart
from mockserver.request import Request
from mockserver.strict_json import JsonError, read_json

__all__ = [
    "FORM",
    "JSON",
    "MULTIPART",
    "Pairs",
    "Upload",
    "form_pairs",
    "json_value",
    "multipart_pairs",
    "query_pairs",
]

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

MAX_FIELDS = 500

Pairs = list[tuple[str, Any]]


def json_value(request: Request) -> Any:
    """Read the body as JSON.

    Raises:
        BodyMalformed: it is not acceptable JSON.
    """
    try:
        return read_json(request.body)
    except JsonError as problem:
        raise BodyMalformed(str(problem)) from None


def query_pairs(request: Request) -> Pairs:
    """Return the parameters of the query string, decoded, in order.

    Raises:
        BodyMalformed: not urlencoded UTF-8, or more than `MAX_FIELDS`.
    """
    return _form(request.query_string, "the query string") if request.query_string else []


def form_pairs(request: Request) -> Pairs:
    """Return the fields of an urlencoded body, decoded, in order.

    Raises:
        BodyMalformed: not urlencoded UTF-8, or more than `MAX_FIELDS`.
    """
    return _form(request.body, "the form")


def multipart_pairs(request: Request) -> Pairs:
    """Return the fields (text) and files (`Upload`) of a multipart body, in order."""
    content_type = next((value for name, value in request.headers if name == b"content-type"), b"")
    return list(read_multipart(content_type, request.body))


def _form(raw: bytes, what: str) -> Pairs:
    if raw.count(b"&") >= MAX_FIELDS:
        raise BodyMalformed(f"{what} has more than {MAX_FIELDS} fields")
    try:
        pairs = parse_qsl(raw.decode("utf-8"), keep_blank_values=True, errors="strict")
    except ValueError:
        raise BodyMalformed(f"{what} is not urlencoded UTF-8") from None
    if any("\x00" in name or "\x00" in value for name, value in pairs):
        raise BodyMalformed(f"{what} holds the character NUL")
    return list(pairs)
