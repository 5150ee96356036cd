"""`multipart/form-data` (RFC 7578), read strictly: what two readers could split differently is refused."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import unquote_to_bytes

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError

from mockserver.errors import BodyMalformed

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

MAX_PARTS = 200
_BOUNDARY = re.compile(rb"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")  # RFC 2046, 5.1.1
_PARAMETER = re.compile(
    rb";[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*"
    rb'(?:"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]++|\\.)*+)"|([^\x00-\x20\x7f";,]+))[ \t]*)?'
)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_PLAIN_ENCODINGS = (b"7bit", b"8bit", b"binary")


@dataclass(frozen=True)
class Upload:
    """A file part: its name as sent (never used as a path), its type and its bytes."""

    filename: str
    content_type: str
    content: bytes


def read_multipart(content_type: bytes, body: bytes) -> list[tuple[str, str | Upload]]:
    """Return the fields (text) and files of a multipart body, in order.

    Raises:
        BodyMalformed: with a clause that says what is wrong.
    """
    boundary = options_of(content_type)[1].get(b"boundary", b"")
    if not _BOUNDARY.fullmatch(boundary):
        raise BodyMalformed("the multipart body has no usable boundary")
    if not body.startswith((b"--" + boundary, b"\r\n--" + boundary)):
        raise BodyMalformed("the multipart body does not begin with its boundary")
    parts = _Parts()
    try:
        parser = MultipartParser(boundary, parts.callbacks(), max_size=len(body) + 1)
        parser.write(body)
        parser.finalize()
    except (FormParserError, ValueError):
        raise BodyMalformed("the multipart body is broken") from None
    if not parts.ended:
        raise BodyMalformed("the multipart body ends too early")
    return parts.pairs


def options_of(value: bytes) -> tuple[bytes, dict[bytes, bytes]]:
    """Return the word and the parameters of a header such as `form-data; name="a"`.

    Raises:
        BodyMalformed: a parameter comes twice or cannot be read.
    """
    word = value.partition(b";")[0]
    options: dict[bytes, bytes] = {}
    at = len(word)
    while at < len(value):
        match = _PARAMETER.match(value, at)
        if match is None:
            raise BodyMalformed("a parameter of a header cannot be read")
        at = match.end()
        if match[1] is None:  # an empty parameter, as in `a; ; b=1`
            continue
        name = match[1].lower()
        if name in options:
            raise BodyMalformed("a parameter of a header comes twice")
        options[name] = match[3] if match[2] is None else re.sub(rb'\\(["\\])', rb"\1", match[2])
    return word.strip(b" \t").lower(), options


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


class _Parts:
    """What the multipart parser calls back; one part at a time."""

    def __init__(self) -> None:
        self.pairs: list[tuple[str, str | Upload]] = []
        self.ended = False
        self._headers: dict[bytes, bytes] = {}
        self._name, self._value = bytearray(), bytearray()
        self._content: list[bytes] = []
        self._count = 0

    def callbacks(self) -> MultipartCallbacks:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._name.extend(data[start:end]),
            "on_header_value": lambda data, start, end: self._value.extend(data[start:end]),
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

    def _header(self) -> None:
        name = bytes(self._name).lower()
        if name in self._headers:
            raise BodyMalformed("a header of a part comes twice")
        self._headers[name] = bytes(self._value)
        self._name.clear()
        self._value.clear()

    def _finish(self) -> None:
        disposition, options = options_of(self._headers.get(b"content-disposition", b""))
        if disposition != b"form-data" or b"name" not in options:
            raise BodyMalformed("a part of the multipart body has no name")
        if self._headers.get(b"content-transfer-encoding", b"binary").lower() not in _PLAIN_ENCODINGS:
            raise BodyMalformed("a part of the multipart body is encoded, send it plain")
        name = acceptable_text(options[b"name"], "the name of a part")
        content = b"".join(self._content)
        filename = _filename(options)
        if filename is None:
            self.pairs.append((name, acceptable_text(content, f"the part {name[:40]!r}")))
        else:
            kind = acceptable_text(self._headers.get(b"content-type", b"application/octet-stream"), "a type")
            self.pairs.append((name, Upload(filename, kind, content)))

    def _end(self) -> None:
        self.ended = True


def _filename(options: dict[bytes, bytes]) -> str | None:
    """Return the file name, also from `filename*` (RFC 8187), which some clients send against RFC 7578."""
    if b"filename" in options:
        return acceptable_text(options[b"filename"], "the file name of a part")
    if b"filename*" not in options:
        return None
    charset, _, encoded = options[b"filename*"].partition(b"'")
    if charset.lower() != b"utf-8":
        raise BodyMalformed("the file name of a part is not UTF-8")
    name = acceptable_text(unquote_to_bytes(encoded.partition(b"'")[2]), "the file name of a part")
    if _CONTROL.search(name):  # a quoted name cannot hold one either
        raise BodyMalformed("the file name of a part holds a control character")
    return name
