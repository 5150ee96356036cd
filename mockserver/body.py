"""Bodies and query strings as values: JSON, forms and uploads, read strictly and within bounds."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from mockserver.errors import BodyMalformed
from mockserver.request import Request
from mockserver.strict_json import JsonError, read_json

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

MAX_FIELDS = 500
MAX_PARTS = 200
MAX_PART_HEADER_BYTES = 8_192
_UNACCEPTABLE = re.compile("[\x00\ud800-\udfff]")

Pairs = list[tuple[str, Any]]


@dataclass(frozen=True)
class Upload:
    """A file part: its name as sent (never used as a path), its type and its bytes."""

    filename: str
    content_type: str
    content: bytes


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
    """Return the parameters of the query string, decoded, in order."""
    return _form(request.query_string, "the query string") if request.query_string else []


def form_pairs(request: Request) -> Pairs:
    """Return the fields of an urlencoded body, decoded, in order."""
    return _form(request.body, "the form")


def multipart_pairs(request: Request) -> Pairs:
    """Return the fields (text) and files (`Upload`) of a multipart body, in order."""
    _, options = parse_options_header(request.header(b"content-type") or "")
    boundary = options.get(b"boundary")
    if not boundary or len(boundary) > 200:
        raise BodyMalformed("the multipart body has no usable boundary")
    parts = _Parts()
    try:
        parser = MultipartParser(boundary, parts.callbacks())
        parser.write(request.body)
        parser.finalize()
    except (FormParserError, ValueError):
        raise BodyMalformed("the multipart body is broken") from None
    if not parts.ended:
        raise BodyMalformed("the multipart body ends too early")
    return parts.pairs


def acceptable_text(raw: bytes, what: str) -> str:
    """Return `raw` as text that every store can hold.

    Raises:
        BodyMalformed: not UTF-8, or with NUL.
    """
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError:
        raise BodyMalformed(f"{what} is not UTF-8") from None
    if "\x00" in text:
        raise BodyMalformed(f"{what} holds the character NUL")
    return text


def _form(raw: bytes, what: str) -> Pairs:
    try:
        text = raw.decode("ascii")
        pairs = parse_qsl(text, keep_blank_values=True, max_num_fields=MAX_FIELDS, errors="strict")
    except ValueError as problem:  # a UnicodeDecodeError is one as well
        wrong = "has too many fields" if "fields" in str(problem) else "is not urlencoded UTF-8"
        raise BodyMalformed(f"{what} {wrong}") from None
    if any(_UNACCEPTABLE.search(name) or _UNACCEPTABLE.search(value) for name, value in pairs):
        raise BodyMalformed(f"{what} holds the character NUL")
    return list(pairs)


class _Parts:
    """What the multipart parser calls back; one part at a time."""

    def __init__(self) -> None:
        self.pairs: Pairs = []
        self.ended = False
        self._headers: dict[str, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        self._content: list[bytes] = []
        self._count = 0

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._grow(self._name, data[start:end]),
            "on_header_value": lambda data, start, end: self._grow(self._value, data[start:end]),
            "on_header_end": self._header,
            "on_part_data": lambda data, start, end: self._content.append(data[start:end]),
            "on_part_end": self._finish,
            "on_end": self._end,
        }

    def _begin(self) -> None:
        self._count += 1
        if self._count > MAX_PARTS:
            raise BodyMalformed(f"the multipart body has more than {MAX_PARTS} parts")
        self._headers, self._content = {}, []

    def _grow(self, buffer: bytearray, data: bytes) -> None:
        buffer += data
        if len(buffer) > MAX_PART_HEADER_BYTES:
            raise BodyMalformed("a header of the multipart body is too long")

    def _header(self) -> None:
        self._headers[self._name.decode("latin-1").lower()] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _finish(self) -> None:
        disposition, options = parse_options_header(self._headers.get("content-disposition", b""))
        if disposition != b"form-data" or b"name" not in options:
            raise BodyMalformed("a part of the multipart body has no name")
        name = acceptable_text(options[b"name"], "the name of a part")
        content = b"".join(self._content)
        if b"filename" in options:
            filename = acceptable_text(options[b"filename"], "the file name of a part")
            kind = acceptable_text(self._headers.get("content-type", b"application/octet-stream"), "a type")
            self.pairs.append((name, Upload(filename, kind, content)))
        else:
            self.pairs.append((name, acceptable_text(content, f"the part {name[:40]!r}")))

    def _end(self) -> None:
        self.ended = True
