"""What the building itself answers, outside of every room: what there is, and that there is nothing."""

from __future__ import annotations

from collections.abc import Sequence

from mockserver import __version__
from mockserver.request import App, Receive, Scope, Send
from mockserver.strict_json import write_json
from mockserver.vendor import Answer, json_answer


def index(rooms: Sequence[str]) -> App:
    """Return what answers `GET /`: where the vendors, their docs, the control API and the console are."""
    return _telling(
        json_answer(
            200,
            {
                "name": "mockserver",
                "version": __version__,
                "vendors": {room: f"/{room}" for room in rooms},
                "docs": {room: f"/{room}/docs" for room in rooms},
                "control_api": "/__admin",
                "console": "/__admin/console",
            },
        )
    )


def nowhere(path: str, rooms: Sequence[str]) -> App:
    """Return what answers a path at which nothing is mounted, and says what is."""
    body = write_json(
        {
            "type": "about:blank",
            "title": "Not Found",
            "status": 404,
            "detail": f"Nothing is mounted at {path[:200]!r}. Vendors are at "
            + ", ".join(f"/{room}" for room in rooms)
            + ", the control API is at /__admin.",
        }
    )
    return _telling(Answer(404, body, "application/problem+json"))


def _telling(answer: Answer) -> App:
    headers = [
        (b"content-type", answer.content_type.encode()),
        (b"content-length", str(len(answer.body)).encode()),
    ]

    async def tell(scope: Scope, receive: Receive, send: Send) -> None:
        del scope, receive
        await send({"type": "http.response.start", "status": answer.status, "headers": headers})
        await send({"type": "http.response.body", "body": answer.body})

    return tell
