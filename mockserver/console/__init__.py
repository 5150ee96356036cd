"""The web console: static files, without a build step, that work through the control API alone."""

from __future__ import annotations

import functools
import hashlib
from importlib import resources

from starlette.responses import PlainTextResponse, RedirectResponse, Response

from mockserver.request import Receive, Scope, Send

MOUNT = "/__admin/console"
PAGE = "index.html"
MEDIA_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}
POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",  # a browser then refuses to make markup of text
        "trusted-types 'none'",
    )
)


async def console(scope: Scope, receive: Receive, send: Send) -> None:
    """Serve the page and its files; it is an ASGI app that looks at the path as a whole."""
    await _answer(scope)(scope, receive, send)


def _answer(scope: Scope) -> Response:
    if scope["method"] not in ("GET", "HEAD"):
        return PlainTextResponse("The console is only to be read.\n", 405, {"Allow": "GET, HEAD"})
    if scope["path"] == f"{MOUNT}/":
        return RedirectResponse(MOUNT)
    name = scope["path"].removeprefix(MOUNT).removeprefix("/") or PAGE
    content, tag = _files().get(name, (None, ""))
    if content is None:
        return PlainTextResponse("The console has no such file.\n", 404)
    headers = {
        "Cache-Control": "no-cache",  # asked for each time, sent only when it changed
        "Content-Security-Policy": POLICY,
        "Cross-Origin-Opener-Policy": "same-origin",
        "ETag": tag,
    }
    if (b"if-none-match", tag.encode()) in scope["headers"]:
        return Response(status_code=304, headers=headers)
    return Response(content, headers=headers, media_type=MEDIA_TYPES[name.rpartition(".")[2]])


@functools.cache
def _files() -> dict[str, tuple[bytes, str]]:
    """Return every file by its name below the mount, with its entity tag."""
    folder = resources.files(__name__) / "static"
    found = {item.name: item.read_bytes() for item in folder.iterdir()}
    return {
        name: (content, f'"{hashlib.sha256(content).hexdigest()[:32]}"') for name, content in found.items()
    }
