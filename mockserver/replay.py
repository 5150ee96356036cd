"""Sending a journal entry once more, signed anew: fresh nonce, timestamp, signature or token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

from mockserver.body import FORM
from mockserver.journal import MAX_BODY_CHARACTERS
from mockserver.redaction import CUT
from mockserver.request import Scope
from mockserver.signing import sign
from mockserver.signing.wish import SignedRequest, Wish
from mockserver.strict_json import JsonError, read_json
from mockserver.vendor import Vendor

# Made anew by signing or by sending.
_LEFT_OUT = (
    "authorization",
    "connection",
    "content-length",
    "cookie",
    "host",
    "keep-alive",
    "transfer-encoding",
)


class NotReplayable(ValueError):
    """An entry that does not hold all that was sent; the message says what is missing."""


@dataclass(frozen=True)
class Replayed:
    """What came back."""

    status: int
    headers: Mapping[str, str]


def signed_anew(
    entry: Mapping[str, Any],
    vendor: Vendor,
    access: Mapping[str, str],
    *,
    now_ms: int,
    random_bytes: Callable[[int], bytes],
) -> SignedRequest:
    """Return the request of an entry with credentials and signature of now.

    `access` holds `base_url` and the credentials of the sandbox.

    Raises:
        NotReplayable: the journal keeps no files, no long bodies and no secrets.
    """
    request = entry["request"]
    if request["body_bytes"] > MAX_BODY_CHARACTERS or request["body"].startswith("[multipart"):
        raise NotReplayable("its body was too long, or held files, and is not in the journal")
    dropped = vendor.signature_parameters
    query = [pair for pair in parse_qsl(request["query"], keep_blank_values=True) if pair[0] not in dropped]
    kept, raw_body, form = _body(request, dropped)
    claims = entry["notes"].get("claims")
    wish = Wish(
        method=entry["method"],
        path=entry["path"] + (f"?{urlencode(query)}" if query else ""),
        parameters=claims if claims is not None else kept,
        raw_body=raw_body if claims is None else None,
        form=form,
        headers=tuple(
            (name, value) for name, value in request["headers"] if name not in _LEFT_OUT and "…" not in value
        ),
    )
    if CUT in f"{wish.path}{wish.parameters}{wish.raw_body!r}":
        raise NotReplayable("a secret was sent with it, which is not in the journal")
    return sign(vendor.name, wish, access, now_ms=now_ms, random_bytes=random_bytes)


def scope_of(request: SignedRequest, *, peer: str | None) -> Scope:
    """Return the ASGI scope of a request that comes from `peer`."""
    parts = urlsplit(request.url)
    headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in request.headers]
    return {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": request.method,
        "scheme": parts.scheme,
        "path": unquote(parts.path),
        "raw_path": quote(parts.path, safe="%/:").encode(),
        "query_string": parts.query.encode(),
        "root_path": "",
        "headers": [
            (b"host", parts.netloc.encode()),
            *headers,
            (b"content-length", str(len(request.body)).encode()),
        ],
        "client": (peer, 0) if peer else None,
        "server": (parts.hostname, parts.port),
        "state": {},
    }


async def answered(building: Any, request: SignedRequest, *, peer: str | None) -> Replayed:
    """Let the server itself answer, without a socket.

    Raises:
        ConnectionResetError: a fault hung up.
    """
    started: dict[str, Any] = {}

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": request.body, "more_body": False}

    async def send(message: Mapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            started.update(message)

    await building(scope_of(request, peer=peer), receive, send)
    headers = {name.decode(): value.decode("latin-1") for name, value in started["headers"]}
    return Replayed(started["status"], headers)


def _body(request: Mapping[str, Any], dropped: tuple[str, ...]) -> tuple[dict[str, Any], bytes | None, bool]:
    """Return the parameters of a body, or the body itself where none was signed; and whether it is a form."""
    text = request["body"]
    media_type = next((value for name, value in request["headers"] if name == "content-type"), "")
    if not text:
        return {}, None, False
    if media_type.partition(";")[0].strip().lower() == FORM:
        pairs = parse_qsl(text, keep_blank_values=True)
        return {name: value for name, value in pairs if name not in dropped}, None, True
    try:
        value = read_json(text.encode())
    except JsonError:
        value = None
    if isinstance(value, dict) and any(name in dropped for name in value):
        return {name: item for name, item in value.items() if name not in dropped}, None, False
    return {}, text.encode(), False
