"""`multipart/form-data` (RFC 2046, 7578): what two readers could split differently is refused.

What stands before the first boundary and behind the last is passed over, blanks behind a boundary too, and
headers may be folded: the standards want that, and nobody reads other parts for it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from mockserver.errors import BodyMalformed

MAX_PARTS = 200
MAX_PREAMBLE_BYTES = 4_096
MAX_PART_HEAD_BYTES = 4_096
_BOUNDARY = re.compile(rb"[0-9A-Za-z'()+_,./:=? -]{0,69}[0-9A-Za-z'()+_,./:=?-]")  # RFC 2046, 5.1.1
_PARAMETER = re.compile(
    rb";[ \t]*(?:([!#$%&'*+.^_`|~0-9A-Za-z-]+)[ \t]*=[ \t]*"
    rb'(?:"((?:[^"\\\x00-\x08\x0a-\x1f\x7f]++|\\.)*+)"|([^\x00-\x20\x7f";,]+))[ \t]*)?'
)
_HEADER = re.compile(rb"([!#$%&'*+.^_`|~0-9A-Za-z-]+):[ \t]*([^\x00-\x08\x0a-\x1f\x7f]*)")
_FOLD = re.compile(rb"\r\n(?=[ \t])")
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
    return [_read_part(part) for part in _parts(body, boundary)]


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


def _parts(body: bytes, boundary: bytes) -> list[bytes]:
    """Return the parts, each with its headers, between the lines that hold the boundary (RFC 2046, 5.1.1).

    A boundary that begins a line is nothing else: `--b` followed by more text, or behind a bare CR or LF, is
    a boundary to some readers and text to others.
    """
    mark = b"--" + boundary
    preamble, *rest = (b"\r\n" + body).split(b"\r\n" + mark, MAX_PARTS + 1)
    if len(preamble) > MAX_PREAMBLE_BYTES or not rest or (preamble and rest[0].startswith(b"--")):
        raise BodyMalformed("the multipart body does not begin with its boundary")
    parts = [preamble]
    for text in rest:
        padding, _, part = text.partition(b"\r\n")
        padding = padding.rstrip(b" \t")
        if padding not in (b"", b"--") or any(start + mark in parts[-1] for start in (b"\r", b"\n")):
            raise BodyMalformed("a line of the multipart body begins with its boundary, and goes on")
        if padding:
            return parts[1:]
        parts.append(part)
    if len(parts) - 1 > MAX_PARTS:
        raise BodyMalformed(f"the multipart body has more than {MAX_PARTS} parts")
    raise BodyMalformed("the multipart body ends too early")


def _read_part(part: bytes) -> tuple[str, str | Upload]:
    head, empty_line, content = part.partition(b"\r\n\r\n")
    if not empty_line or len(head) > MAX_PART_HEAD_BYTES:
        raise BodyMalformed(f"a part has no empty line within {MAX_PART_HEAD_BYTES} bytes")
    headers = _headers(head)
    disposition, options = options_of(headers.get(b"content-disposition", b""))
    if disposition != b"form-data" or b"name" not in options:
        raise BodyMalformed("a part of the multipart body has no name")
    if headers.get(b"content-transfer-encoding", b"binary").lower() not in _PLAIN_ENCODINGS:
        raise BodyMalformed("a part of the multipart body is encoded, send it plain")
    name = acceptable_text(options[b"name"], "the name of a part")
    filename = _filename(options)
    if filename is None:
        return name, acceptable_text(content, f"the part {name[:40]!r}")
    kind = acceptable_text(headers.get(b"content-type", b"application/octet-stream"), "a type")
    return name, Upload(filename, kind, content)


def _headers(head: bytes) -> dict[bytes, bytes]:
    found: dict[bytes, bytes] = {}
    for line in _FOLD.sub(b"", head).split(b"\r\n"):
        match = _HEADER.fullmatch(line)
        if match is None:
            raise BodyMalformed("a header of a part cannot be read")
        name = match[1].lower()
        if name in found:
            raise BodyMalformed("a header of a part comes twice")
        found[name] = match[2].rstrip(b" \t")
    return found


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
