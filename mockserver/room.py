"""A vendor mounted as its own app: finds the operation, and sends the request on its journey."""

from __future__ import annotations

import functools
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from mockserver.errors import Failure, MethodNotAllowed, RouteUnknown
from mockserver.journey import House, Journey
from mockserver.path_tree import PathTree
from mockserver.request import Receive, Scope, Send
from mockserver.vendor import Operation, Vendor

if TYPE_CHECKING:
    from mockserver.room_documents import RoomDocuments

DOCUMENTS = ("/openapi.json", "/docs")


class Room:
    """The ASGI app of one vendor; its documents are a FastAPI app of the same operations."""

    def __init__(self, house: House, vendor: Vendor) -> None:
        self.vendor = vendor
        self._journey = Journey(house, vendor)
        self._paths = PathTree()
        for operation in vendor.operations:
            self._paths.add(vendor.path_of(operation), dict.fromkeys(operation.methods, operation))

    def __call__(self, scope: Scope, receive: Receive, send: Send) -> Awaitable[None]:
        path, method = scope["path"], scope["method"]
        if path in DOCUMENTS and method in ("GET", "HEAD"):
            return self._documents(scope, receive, send)
        operation, values, failure = self._find(path, method)
        return self._journey.go(scope, receive, send, operation=operation, path=values, route_failure=failure)

    @functools.cached_property
    def _documents(self) -> RoomDocuments:
        from mockserver.room_documents import RoomDocuments  # noqa: PLC0415 - FastAPI takes a while to load

        return RoomDocuments(self.vendor)

    def _find(self, path: str, method: str) -> tuple[Operation | None, dict[str, str], Failure | None]:
        if self.vendor.trailing_slash == "optional" and path.endswith("/"):
            path = path[:-1]
        if "\x00" in path:  # no vendor's path holds it, and PostgreSQL cannot even look for it
            return None, {}, RouteUnknown()
        methods, values = self._paths.find(path)
        if not methods:
            return None, {}, RouteUnknown()
        operation = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
        if operation is None:
            also = {"HEAD"} if "GET" in methods else set()
            return None, values, MethodNotAllowed(sorted({*methods, *also}))
        return operation, values, None
