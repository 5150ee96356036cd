"""The last step of a request: the answer leaves, whole or as a fault has it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Awaitable
from typing import NamedTuple

from mockserver.clock import http_date
from mockserver.faults.effect import Delivery, Effect
from mockserver.request import Receive, Request, Scope, Send, throw_away_rest
from mockserver.vendor import Answer

HANG_UP_SECONDS = 5.0


class Outcome(NamedTuple):
    """What a unit of work hands back: the answer, what its headers need, and what is to go wrong with it.

    `reason` is the one line that explains a refusal, `refused_by` the check behind it.
    """

    answer: Answer
    now_ms: int
    request_id: str
    reason: str | None = None
    effect: Effect | None = None
    refused_by: str | None = None


def send_outcome(
    scope: Scope, receive: Receive, send: Send, request: Request, outcome: Outcome
) -> Awaitable[None]:
    """Send an answer; after the commit, so that nothing is promised that could still be undone.

    Raises:
        ConnectionResetError: the connection is to be broken and there is no socket, as inside of a test.
    """
    if outcome.effect is None:
        return _send_whole(scope, receive, send, request, outcome)
    return _send_struck(outcome.effect, scope, receive, send, request, outcome)


async def _send_struck(
    effect: Effect, scope: Scope, receive: Receive, send: Send, request: Request, outcome: Outcome
) -> None:
    if effect.delay_ms:
        await asyncio.sleep(effect.delay_ms / 1000)
    if effect.delivery is Delivery.WHOLE:
        await _send_whole(scope, receive, send, request, outcome)
        return
    if effect.delivery is Delivery.HALF:
        body = outcome.answer.body
        await send(
            {
                "type": "http.response.start",
                "status": outcome.answer.status,
                "headers": _headers(request, outcome),
            }
        )
        await send({"type": "http.response.body", "body": body[: len(body) // 2], "more_body": True})
    await _hang_up(scope, receive)


async def _send_whole(scope: Scope, receive: Receive, send: Send, request: Request, outcome: Outcome) -> None:
    answer = outcome.answer
    headers = _headers(request, outcome)
    body = b"" if request.method == "HEAD" else answer.body
    unread = request.unreadable is not None
    if unread:
        headers.append((b"connection", b"close"))  # the rest of the body is not waited for
    elif _sent_with_one_write(scope, answer.status, headers, body):
        return
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": unread})
    if unread:
        await throw_away_rest(receive)
        await send({"type": "http.response.body"})


def _sent_with_one_write(scope: Scope, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> bool:
    """Send the answer past the ASGI interface where our own protocol takes it whole; tell whether it did."""
    send_whole = scope.get("state", {}).get("send_whole")
    return send_whole is not None and send_whole(status, headers, body)


def _headers(request: Request, outcome: Outcome) -> list[tuple[bytes, bytes]]:
    answer = outcome.answer
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
        (b"date", http_date(outcome.now_ms).encode()),
        (b"x-mock-request-id", outcome.request_id.encode()),
        *((name.lower().encode(), value.encode("latin-1")) for name, value in answer.headers),
    ]
    if outcome.effect is not None:
        headers.append((b"x-mock-injected", str(outcome.effect.shown["by"]).encode()))
    if outcome.reason and request.header(b"x-mock-explain") == "1":
        headers.append((b"x-mock-explain", outcome.reason.encode("ascii", "replace")))
    return headers


async def _hang_up(scope: Scope, receive: Receive) -> None:
    """Close the connection as it is; what was sent before still reaches the caller."""
    close = scope.get("state", {}).get("close_connection")
    if close is None:
        raise ConnectionResetError("this connection was closed by a fault")
    close()
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(HANG_UP_SECONDS):
            while (await receive())["type"] != "http.disconnect":
                pass
