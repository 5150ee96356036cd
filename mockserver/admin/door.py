"""Who may use the control API.

Bound to loopback it is open to callers on this machine that name a loopback host and come from no foreign
web page. Bound anywhere else it wants the admin token. A page in a browser can neither guess the token nor
pretend another `Origin`, and a rebound name shows in `Host`.

The files of the console are the same for everybody and hold no secret: they need no token, so that the page
can ask for it.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import MutableMapping
from typing import Any

from mockserver.access.address import read_address
from mockserver.admin.problem import problem_response
from mockserver.console import MOUNT as CONSOLE
from mockserver.request import App, Receive, Scope, Send
from mockserver.settings import Settings

MAX_PORT = 65_535
OWN_SITES = {b"same-origin", b"none"}  # none: typed into the address bar
HEADERS = (
    (b"cache-control", b"no-store"),  # answers hold credentials
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
)
_ORIGIN = re.compile(rb"https?://([^/?#@\\]+)")
_HOST = re.compile(rb"(?:\[(?P<v6>[0-9A-Fa-f:.]+)\]|(?P<name>[A-Za-z0-9._-]+))(?::(?P<port>[0-9]{1,5}))?")


class Door:
    """Stands before the control API and the console, and lets in or answers 401 or 403."""

    def __init__(self, controls: App, console: App, settings: Settings) -> None:
        self._controls = controls
        self._console = console
        self._settings = settings
        self._token = None if settings.admin_token is None else settings.admin_token.encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        is_console = scope["path"] == CONSOLE or scope["path"].startswith(f"{CONSOLE}/")
        status, detail = self._refusal(scope, is_console=is_console)
        guarded = _with_headers(send)
        if status:
            challenge = {"WWW-Authenticate": 'Bearer realm="mockserver admin"'} if status == 401 else None
            await problem_response(status, detail, challenge)(scope, receive, guarded)
            return
        await (self._console if is_console else self._controls)(scope, receive, guarded)

    def _refusal(self, scope: Scope, *, is_console: bool) -> tuple[int, str]:
        hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
        if len(hosts) > 1:
            return 403, "The control API wants one header Host."
        if len(origins) > 1 or any(not _is_of(origin, hosts) for origin in origins):
            return 403, "The control API does not answer web pages of another origin."
        if not (OWN_SITES.issuperset(_values(scope, b"sec-fetch-site")) or (is_console and _is_visit(scope))):
            return 403, "The control API does not answer web pages of another site."
        if self._bears_token(_values(scope, b"authorization")):
            return 0, ""
        if not self._settings.is_loopback:
            if is_console:
                return 0, ""
            return (
                401,
                "The control API wants 'Authorization: Bearer <admin token>', printed at the start.",
            )
        if not hosts or not _is_loopback_host(hosts[0]):
            return (
                403,
                "The control API answers only under a loopback host name such as 127.0.0.1 or localhost.",
            )
        client = scope.get("client")
        address = read_address(client[0]) if client else None
        if address is None or not address.is_loopback:
            return 403, "The control API answers only callers on this machine."
        return 0, ""

    def _bears_token(self, authorizations: list[bytes]) -> bool:
        if self._token is None or len(authorizations) != 1:
            return False
        scheme, _, presented = authorizations[0].partition(b" ")
        return scheme.lower() == b"bearer" and hmac.compare_digest(presented, self._token)


def _is_visit(scope: Scope) -> bool:
    """Tell whether somebody follows a link from elsewhere to a page, which no script can read then."""
    return (
        scope["method"] == "GET"
        and _values(scope, b"sec-fetch-mode") == [b"navigate"]
        and _values(scope, b"sec-fetch-dest") == [b"document"]
    )


def _is_loopback_host(host: bytes) -> bool:
    match = _HOST.fullmatch(host)
    if match is None or int(match["port"] or 0) > MAX_PORT:
        return False
    if match["v6"] is None:
        name = match["name"].decode("ascii").lower().removesuffix(".")  # a last dot is the root of all names
        if name == "localhost" or (name.endswith(".localhost") and ".." not in name):
            return True
    else:
        name = match["v6"].decode("ascii")
    address = read_address(name)
    return address is not None and address.is_loopback


def _is_of(origin: bytes, hosts: list[bytes]) -> bool:
    match = _ORIGIN.fullmatch(origin.lower())
    return match is not None and [match[1]] == [host.lower() for host in hosts]


def _values(scope: Scope, name: bytes) -> list[bytes]:
    return [value for key, value in scope["headers"] if key == name]


def _with_headers(send: Send) -> Send:
    """Return `send` that adds what every answer of the control API carries, unless the answer has its own."""

    async def guarded(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = {name for name, _ in message["headers"]}
            message["headers"] = [*message["headers"], *(pair for pair in HEADERS if pair[0] not in own)]
        await send(message)

    return guarded
