"""Who may use the control API.

Bound to loopback it is open to callers on this machine that name a loopback host and come from no foreign
web page. Bound anywhere else it wants the admin token. A page in a browser can neither guess the token nor
pretend another `Origin`, and a rebound name shows in `Host`.
"""

from __future__ import annotations

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address
from urllib.parse import urlsplit

from mockserver.access.address import read_address
from mockserver.admin.problem import problem_response
from mockserver.request import Receive, Scope, Send
from mockserver.settings import Settings

LOOPBACK_NAMES = {"localhost", "127.0.0.1", "::1"}


class Door:
    """Stands before the control API and lets in, or answers 401 or 403."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = _first_values(scope)
        status, detail = self._refusal(scope, headers)
        if status:
            challenge = {"WWW-Authenticate": 'Bearer realm="mockserver admin"'} if status == 401 else None
            await problem_response(status, detail, challenge)(scope, receive, send)
            return
        await self._app(scope, receive, send)

    def _refusal(self, scope: Scope, headers: dict[bytes, str]) -> tuple[int, str]:
        host = headers.get(b"host", "")
        origin = headers.get(b"origin")
        if origin is not None and urlsplit(origin).netloc != host:
            return 403, "The control API does not answer web pages of another origin."
        token = self._settings.admin_token
        if token is not None and _bears(headers.get(b"authorization", ""), token):
            return 0, ""
        if not self._settings.is_loopback:
            return (
                401,
                "The control API wants 'Authorization: Bearer <admin token>', printed at the start.",
            )
        if not _is_loopback_name(host):
            return (
                403,
                "The control API answers only under a loopback host name such as 127.0.0.1 or localhost.",
            )
        client = scope.get("client")
        address = read_address(client[0]) if client else None
        if address is None or not address.is_loopback:
            return 403, "The control API answers only callers on this machine."
        return 0, ""


def _bears(authorization: str, token: str) -> bool:
    scheme, _, presented = authorization.partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(presented.encode(), token.encode())


def _is_loopback_name(host: str) -> bool:
    try:
        name = urlsplit(f"//{host}").hostname or ""
        if any(character in host for character in "/?#@\\"):
            return False
    except ValueError:
        return False
    if name in LOOPBACK_NAMES or name.endswith(".localhost"):
        return True
    try:
        return ip_address(name).is_loopback
    except ValueError:
        return False


def _first_values(scope: Scope) -> dict[bytes, str]:
    values: dict[bytes, str] = {}
    for name, value in scope["headers"]:
        values.setdefault(name, value.decode("latin-1"))
    return values
