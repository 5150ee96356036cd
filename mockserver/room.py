"""A vendor mounted as its own FastAPI app: routes and documents come from the room's operations."""

from __future__ import annotations

import inspect
import re
from collections import defaultdict
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import FastAPI, Form, Path, Query
from fastapi.requests import Request
from fastapi.responses import HTMLResponse
from fastapi.routing import APIRoute

from mockserver import __version__
from mockserver.docs_page import POLICY, docs_page
from mockserver.errors import Failure, MethodNotAllowed, RouteUnknown
from mockserver.journey import House, Journey
from mockserver.request import Receive, Scope, Send
from mockserver.vendor import Operation, Vendor

READING_METHODS = {"GET", "HEAD", "DELETE"}


class Room:
    """The ASGI app of one vendor: finds the operation, then sends the request on its journey.

    The operations are routes of a FastAPI app, which writes the documents; finding a route is done here
    by a look-up instead of trying every pattern in turn.
    """

    def __init__(self, house: House, vendor: Vendor) -> None:
        self.vendor = vendor
        self._journey = Journey(house, vendor)
        self.app = FastAPI(
            title=vendor.title,
            version=__version__,
            openapi_url="/openapi.json",
            docs_url=None,
            redoc_url=None,
            servers=[{"url": f"/{vendor.name}"}],
        )
        self.app.add_route("/docs", self._docs)
        self._literal: dict[str, dict[str, APIRoute]] = defaultdict(dict)
        self._patterns: dict[int, list[tuple[re.Pattern[str], dict[str, APIRoute]]]] = defaultdict(list)
        self._operations: dict[int, Operation] = {}
        for operation in vendor.operations:
            self._add(operation)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope["path"]
        if path in ("/openapi.json", "/docs") and scope["method"] in ("GET", "HEAD"):
            await self.app(scope, receive, send)
            return
        route, values, failure = self._find(path, scope["method"])
        operation = self._operations[id(route)] if route else None
        await self._journey.go(scope, receive, send, operation=operation, path=values, route_failure=failure)

    async def _docs(self, request: Request) -> HTMLResponse:
        del request
        return HTMLResponse(docs_page(self.app.openapi()), headers={"Content-Security-Policy": POLICY})

    def _add(self, operation: Operation) -> None:
        path = self.vendor.path_of(operation)
        methods = {method: self._route(path, operation, method) for method in operation.methods}
        route = methods[operation.methods[0]]
        if "{" not in path:
            self._literal[path].update(methods)
            return
        candidates = self._patterns[path.count("/")]
        known = next((found for pattern, found in candidates if pattern == route.path_regex), None)
        if known is None:
            candidates.append((route.path_regex, methods))
        else:
            known.update(methods)

    def _route(self, path: str, operation: Operation, method: str) -> APIRoute:
        """Return the documented route; a further method has an id of its own, as documents want it."""
        is_first = method == operation.methods[0]
        route = APIRoute(
            path,
            documented(operation, method),
            methods=[method],
            operation_id=operation.id if is_first else f"{operation.id}.{method.lower()}",
            summary=operation.summary,
            description=inspect.getdoc(operation.handler),
            deprecated=operation.deprecated or None,
            responses={
                status: {"description": "", "model": model} if model else {"description": ""}
                for status, model in operation.answers.items()
            },
            status_code=min(operation.answers),
            openapi_extra={"x-statements": list(operation.statements)},
            include_in_schema=not operation.is_page,
        )
        self.app.router.routes.append(route)
        self._operations[id(route)] = operation
        return route

    def _find(self, path: str, method: str) -> tuple[APIRoute | None, dict[str, str], Failure | None]:
        if self.vendor.trailing_slash == "optional" and path.endswith("/"):
            path = path[:-1]
        methods = self._literal.get(path)
        values: dict[str, str] = {}
        if methods is None:
            for pattern, candidate in self._patterns.get(path.count("/"), ()):
                match = pattern.match(path)
                if match is not None:
                    methods, values = candidate, match.groupdict()
                    break
        if methods is None:
            return None, values, RouteUnknown()
        route = methods.get(method) or (methods.get("GET") if method == "HEAD" else None)
        if route is None:
            return None, values, MethodNotAllowed(sorted(methods))
        return route, values, None


def documented(operation: Operation, method: str) -> Callable[..., Any]:
    """Return a function with the signature that FastAPI documents: path ids and parameters, no `call`.

    An operation whose parameters travel inside of something else, such as a token, names the model of what
    is sent as its option `sends`.
    """

    def endpoint() -> None:  # never called: the journey calls the handler itself
        raise AssertionError

    parameters = []
    for name, parameter in inspect.signature(operation.handler, eval_str=True).parameters.items():
        if name == "call":
            continue
        annotation = parameter.annotation
        if name != "params":
            annotation = Annotated[annotation, Path()]
        elif method in READING_METHODS:
            annotation = Annotated[operation.options.get("sends", annotation), Query()]
        elif "sends" in operation.options:
            annotation = Annotated[operation.options["sends"], Form()]
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation))
    endpoint.__name__ = operation.handler.__name__
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return endpoint
