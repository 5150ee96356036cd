"""What is sent: requests with an API key, a signature or a token, and bare bytes."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from attack.case import Request
from attack.world import World

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data; boundary=b0undary"

Headers = tuple[tuple[str, str | bytes], ...]
Late = Callable[[World], Any]  # a value that depends on the sandbox, e.g. on its clock


def http(method: str, path: str, headers: Headers = (), body: bytes | None = None) -> bytes:
    """Return a request as bytes."""
    lines = [f"{method} {path} HTTP/1.1".encode("latin-1"), b"Host: 127.0.0.1"]
    for name, value in headers:
        lines.append(
            name.encode("latin-1") + b": " + (value if isinstance(value, bytes) else value.encode("latin-1"))
        )
    if body is not None:
        lines.append(b"Content-Length: %d" % len(body))
    return b"\r\n".join(lines) + b"\r\n\r\n" + (body or b"")


def now(value: Any, world: World) -> Any:
    """Return the value, worked out now where it is a late one."""
    return value(world) if callable(value) else value


@dataclass(frozen=True)
class Raw:
    """Bytes as they are."""

    data: bytes
    source: str = "127.0.0.1"

    def raw(self, world: World) -> bytes:
        return self.data


@dataclass(frozen=True)
class Keyed:
    """A request to Consero; each of `keys` is a header of its own, None is the right key."""

    method: str = "GET"
    path: str = "/examinations"
    body: bytes | Late | None = None
    keys: tuple[str | bytes | Late, ...] | None = None
    headers: Headers | Late = ()
    content_type: str | None = JSON
    source: str = "127.0.0.1"

    def raw(self, world: World) -> bytes:
        keys = (world.credentials["consero"]["api_key"],) if self.keys is None else self.keys
        headers = [("x-api-key", now(key, world)) for key in keys]
        body = now(self.body, world)
        if body is not None and self.content_type is not None:
            headers.append(("Content-Type", self.content_type))
        path = (
            self.path
            if self.path.startswith("//") or "consero" in self.path.lower()
            else f"/consero/api/v1{self.path}"
        )
        return http(self.method, path, (*headers, *now(self.headers, world)), body)


@dataclass(frozen=True)
class Signed:
    """A request to ProctorExam.

    `parameters` are signed and sent, with timestamp and nonce unless they are given (None leaves one out).
    `signature` makes the signature from secret and text. `changed` replaces parameters after signing (None
    takes one away), `path_ids` are signed but not sent. `encoding` is `query`, `json`, `form` or `multipart`.
    """

    method: str = "GET"
    path: str = "/institutes"
    parameters: Mapping[str, Any] = field(default_factory=dict, hash=False)
    signature: Callable[[bytes, str], Any] | None = None
    changed: Mapping[str, Any] = field(default_factory=dict, hash=False)
    path_ids: Mapping[str, str] = field(default_factory=dict, hash=False)
    text: Callable[[Mapping[str, str]], str] | None = None
    encoding: str = "query"
    token: str | bytes | Late | None = None
    headers: Headers = ()
    body: Callable[[Mapping[str, Any]], bytes] | None = None
    content_type: str | None = None
    query: Callable[[Mapping[str, Any]], str] | None = None
    source: str = "127.0.0.1"

    def raw(self, world: World) -> bytes:
        credentials = world.credentials["proctorexam"]
        wanted = {"timestamp": world.now_ms, "nonce": world.nonce(), **self.parameters}
        sent = {name: now(value, world) for name, value in wanted.items() if value is not None}
        texts = {**{name: in_text(value) for name, value in sent.items()}, **self.path_ids}
        text = (self.text or canonical)(texts)
        sent["signature"] = (self.signature or hexadecimal)(credentials["secret_key"].encode(), text)
        for name, value in self.changed.items():
            sent[name] = now(value, world)
        sent = {name: value for name, value in sent.items() if value is not None}
        token = now(self.token, world)
        if token is None:
            token = f"Token token={credentials['api_token']}"
        headers: Headers = (
            ("Authorization", token),
            ("Accept", "application/vnd.procwise.v3"),
            *self.headers,
        )
        return self._encoded(sent, headers)

    def _encoded(self, sent: Mapping[str, Any], headers: Headers) -> bytes:
        path = f"/proctorexam/api/v3{self.path}"
        if self.query is not None:
            return http(self.method, f"{path}?{self.query(sent)}", headers)
        if self.encoding == "query":
            texts = {name: in_text(value) for name, value in sent.items()}
            return http(self.method, f"{path}?{urlencode(texts, quote_via=quote)}", headers)
        body, content_type = ENCODERS[self.encoding](sent)
        if self.body is not None:
            body = self.body(sent)
        return http(
            self.method,
            path,
            (*headers, ("Content-Type", content_type if self.content_type is None else self.content_type)),
            body,
        )


@dataclass(frozen=True)
class Tokened:
    """A request to Constructor; `token` makes the whole `Authorization` value, or the header is left out."""

    method: str = "GET"
    path: str = "/api/v2/integration/simple/{integration_name}/sessions/b3875623/status/"
    token: Late | None = None
    body: bytes | None = None
    content_type: str = JSON
    headers: Headers = ()
    source: str = "127.0.0.1"

    def raw(self, world: World) -> bytes:
        name = world.credentials["constructor"]["integration_name"]
        headers = self.headers
        if self.token is not None:
            headers = (*headers, ("Authorization", self.token(world)))
        headers = (*headers, ("Content-Type", self.content_type))
        return http(
            self.method, "/constructor" + self.path.replace("{integration_name}", name), headers, self.body
        )


@dataclass(frozen=True)
class Chunked:
    """Another request, its body cut into chunks of `size` bytes instead of counted."""

    request: Request
    size: int = 7
    source: str = "127.0.0.1"

    def raw(self, world: World) -> bytes:
        head, _, body = self.request.raw(world).partition(b"\r\n\r\n")
        lines = [line for line in head.split(b"\r\n") if not line.startswith(b"Content-Length:")]
        chunks = [body[at : at + self.size] for at in range(0, len(body), self.size)]
        return b"".join(
            [
                b"\r\n".join([*lines, b"Transfer-Encoding: chunked"]) + b"\r\n\r\n",
                *(b"%x\r\n%b\r\n" % (len(chunk), chunk) for chunk in chunks),
                b"0\r\n\r\n",
            ]
        )


def in_text(value: Any) -> str:
    """Return a parameter as clients write it into text."""
    if isinstance(value, str):
        return value
    return "" if value is None else json.dumps(value)


def canonical(texts: Mapping[str, str]) -> str:
    """Return the string to sign."""
    return "?".join(f"{name}={texts[name]}" for name in sorted(texts))


def hexadecimal(secret: bytes, text: str) -> str:
    return hmac.new(secret, text.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def as_json(sent: Mapping[str, Any]) -> tuple[bytes, str]:
    return json.dumps(dict(sent)).encode(), JSON


def as_form(sent: Mapping[str, Any]) -> tuple[bytes, str]:
    return urlencode({name: in_text(value) for name, value in sent.items()}).encode(), FORM


def as_multipart(sent: Mapping[str, Any]) -> tuple[bytes, str]:
    parts = [
        f'--b0undary\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{in_text(value)}\r\n'
        for name, value in sent.items()
    ]
    return ("".join(parts) + "--b0undary--\r\n").encode(), MULTIPART


ENCODERS = {"json": as_json, "form": as_form, "multipart": as_multipart}


def segment(value: Any) -> str:
    """Return base64url of bytes, of text, or of anything else as JSON."""
    if not isinstance(value, (bytes, str)):
        value = json.dumps(value)
    raw = value.encode() if isinstance(value, str) else value
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def jws(
    claims: Any = None,
    header: Any = None,
    *,
    secret: bytes | None = None,
    digest: Any = hashlib.sha256,
    change: Callable[[str], str] = lambda token: token,
    scheme: str = "JWT ",
) -> Late:
    """Return what makes an `Authorization` value: by default a good one for 30 seconds."""

    def made(world: World) -> str:
        found = {"exp": world.now_ms / 1000 + 30} if claims is None else now(claims, world)
        key = world.credentials["constructor"]["jwt_secret"].encode() if secret is None else secret
        head = {"alg": "HS256", "typ": "JWT"} if header is None else header
        signing_input = f"{segment(head)}.{segment(found)}"
        mac = hmac.new(key, signing_input.encode(), digest).digest()
        return scheme + change(f"{signing_input}.{segment(mac)}")

    return made
