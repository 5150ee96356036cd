"""Parameters as they travel: in the query, as JSON, as a form, with files."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any
from urllib.parse import urlencode

from mockserver.access.hmac_signature import value_text
from mockserver.signing.wish import FilePart, SignedRequest, Wish, with_headers

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


def placed(
    wish: Wish,
    url: str,
    query: str,
    parameters: Mapping[str, Any],
    headers: tuple[tuple[str, str], ...],
    random_bytes: Callable[[int], bytes],
) -> SignedRequest:
    """Return the request with `parameters` where its method and its form put them; its own headers win."""
    body = b""
    content_type = ""
    form: tuple[tuple[str, str] | FilePart, ...] = ()
    if wish.raw_body is not None:
        body, content_type = wish.raw_body, JSON
        query = joined(query, parameters)
    elif wish.in_query:
        query = joined(query, parameters)
    elif wish.files:
        form = (*((name, value_text(value)) for name, value in parameters.items()), *wish.files)
        boundary = f"part-{random_bytes(12).hex()}"
        body, content_type = multipart(form, boundary), f"multipart/form-data; boundary={boundary}"
    elif wish.form:
        body, content_type = joined("", parameters).encode(), FORM
    elif parameters:
        body, content_type = json.dumps(parameters, ensure_ascii=False).encode(), JSON
    described = (("Content-Type", content_type),) if content_type else ()
    return SignedRequest(
        method=wish.method,
        url=f"{url}?{query}" if query else url,
        headers=with_headers(headers, described, wish.headers),
        body=body,
        form=form,
    )


def joined(query: str, parameters: Mapping[str, Any]) -> str:
    """Return a query string with further parameters behind it."""
    more = urlencode({name: value_text(value) for name, value in parameters.items()})
    return "&".join(part for part in (query, more) if part)


def multipart(parts: tuple[tuple[str, str] | FilePart, ...], boundary: str) -> bytes:
    """Return the body of a multipart form."""
    lines: list[bytes] = []
    for part in parts:
        lines.append(f"--{boundary}\r\n".encode())
        if isinstance(part, FilePart):
            lines.append(
                f'Content-Disposition: form-data; name="{_quoted(part.name)}"; '
                f'filename="{_quoted(part.filename)}"\r\nContent-Type: {part.content_type}\r\n\r\n'.encode()
            )
            lines.append(part.content)
        else:
            name, value = part
            lines.append(f'Content-Disposition: form-data; name="{_quoted(name)}"\r\n\r\n{value}'.encode())
        lines.append(b"\r\n")
    return b"".join([*lines, f"--{boundary}--\r\n".encode()])


def _quoted(text: str) -> str:
    """Escape as browsers do (WHATWG HTML, multipart/form-data)."""
    return text.replace('"', "%22").replace("\r", "%0D").replace("\n", "%0A")
