"""The bodies of controls: bounded in size and time, and strict JSON, before anything acts on them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from mockserver.admin.problem import problem_response
from mockserver.errors import BodyTooLarge, BodyTooSlow, RequestUnreadable
from mockserver.request import (
    ClientGone,
    Limits,
    Receive,
    Request,
    Scope,
    Send,
    receive_request,
    throw_away_rest,
)
from mockserver.settings import Settings
from mockserver.strict_json import JsonError, read_json


class Intake:
    """Reads the body of each control, or answers 408, 413 or 422."""

    def __init__(self, app: Callable[[Scope, Receive, Send], Awaitable[None]], settings: Settings) -> None:
        self._app = app
        most = settings.max_upload_bytes  # a whole world can be carried over in one body
        self._limits = Limits(body_bytes=most, upload_bytes=most, body_seconds=settings.body_seconds)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            request = await receive_request(scope, receive, self._limits)
        except ClientGone:
            return
        status, detail = _refusal(request)
        if status:
            await problem_response(status, detail)(scope, receive, send)
            if request.unreadable:
                await throw_away_rest(receive)
            return
        await self._app(scope, _once(request.body, receive), send)


def _refusal(request: Request) -> tuple[int, str]:
    match request.unreadable:
        case BodyTooLarge(limit_bytes=most):
            return 413, f"The body is too large: send at most {most} bytes."
        case BodyTooSlow(limit_seconds=seconds):
            return 408, f"The body did not arrive within {seconds:g} seconds."
        case RequestUnreadable() as failure:
            return 422, f"body: {failure}"
    if request.body:
        if not request.content_type.endswith("json"):
            return 422, "body: send it as JSON, with 'Content-Type: application/json'."
        try:
            read_json(request.body)
        except JsonError as problem:
            return 422, f"body: this is no acceptable JSON: {problem}."
    return 0, ""


def _once(body: bytes, receive: Receive) -> Receive:
    """Return what hands the body out once more, then waits for the caller to hang up."""
    messages: list[MutableMapping[str, Any]] = [{"type": "http.request", "body": body, "more_body": False}]

    async def again() -> MutableMapping[str, Any]:
        return messages.pop() if messages else await receive()

    return again
