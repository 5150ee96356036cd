"""The documents of a room, written by FastAPI from the room's operations when somebody asks for them.

Describing sixty operations takes a third of a second, which no start of a server should wait for. What was
written once is kept: writing it for every request would let a few callers keep the server busy.
"""

from __future__ import annotations

import functools
import inspect
import json
import warnings
from collections.abc import Callable
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import FastAPI, Form, Path, Query
from fastapi.requests import Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic.warnings import UnsupportedFieldAttributeWarning

from mockserver import __version__
from mockserver.docs_page import POLICY, docs_page
from mockserver.request import Receive, Scope, Send
from mockserver.statements import read_statements
from mockserver.vendor import Operation, Vendor

READING_METHODS = {"GET", "HEAD", "DELETE"}


class RoomDocuments:
    """Answers `/openapi.json` and `/docs` of one vendor."""

    def __init__(self, vendor: Vendor) -> None:
        self._vendor = vendor

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._app(scope, receive, send)

    @functools.cached_property
    def _app(self) -> FastAPI:
        vendor = self._vendor
        app = FastAPI(
            title=vendor.title,
            version=__version__,
            openapi_url=None,
            docs_url=None,
            redoc_url=None,
            servers=[{"url": f"/{vendor.name}"}],
        )

        @functools.cache
        def document() -> bytes:
            return json.dumps(app.openapi(), ensure_ascii=False, separators=(",", ":")).encode()

        @functools.cache
        def page() -> bytes:
            statements = {statement["id"]: statement for statement in read_statements(vendor.name)}
            return docs_page(app.openapi(), statements).encode()

        async def show_document(request: Request) -> Response:
            del request
            return Response(document(), media_type="application/json")

        async def show_page(request: Request) -> Response:
            del request
            return HTMLResponse(page(), headers={"Content-Security-Policy": POLICY})

        app.add_route("/openapi.json", show_document)
        app.add_route("/docs", show_page)
        for operation in vendor.operations:
            for method in operation.methods:
                _describe(app, vendor.path_of(operation), operation, method)
        with warnings.catch_warnings():
            # FastAPI silences this for its own fields; those of models made late come up only here.
            warnings.simplefilter("ignore", UnsupportedFieldAttributeWarning)
            _leave_out_framework(app.openapi())  # kept by the app and served from now on
        return app


def _describe(app: FastAPI, path: str, operation: Operation, method: str) -> None:
    """Add the description of one method; a further method has an id of its own, as documents want it."""
    is_first = method == operation.methods[0]
    app.add_api_route(
        path,
        documented(operation, method),
        methods=[method],
        operation_id=operation.id if is_first else f"{operation.id}.{method.lower()}",
        summary=operation.summary,
        description=inspect.getdoc(operation.handler),
        deprecated=operation.deprecated or None,
        responses={status: _answer(operation, status, model) for status, model in operation.answers.items()},
        status_code=min(operation.answers),
        response_class=HTMLResponse if _shows_page(operation) else JSONResponse,
        openapi_extra={"x-statements": list(operation.statements)},
        include_in_schema=not operation.is_page,
    )


def _answer(operation: Operation, status: int, model: Any) -> dict[str, Any]:
    answer: dict[str, Any] = {"description": HTTPStatus(status).phrase}
    if model:
        answer["model"] = model
    elif _shows_page(operation) and status != HTTPStatus.FOUND:
        answer["content"] = {"text/html": {"schema": {"type": "string"}}}
    return answer


def _shows_page(operation: Operation) -> bool:
    return operation.options.get("shows") == "page"


def _leave_out_framework(document: dict[str, Any]) -> None:
    """Remove the 422 with which FastAPI itself would refuse: no room answers so."""
    for methods in document["paths"].values():
        for described in methods.values():
            if "HTTPValidationError" in str(described["responses"].get("422")):
                del described["responses"]["422"]
    for name in ("HTTPValidationError", "ValidationError"):
        document["components"]["schemas"].pop(name, None)


def documented(operation: Operation, method: str) -> Callable[..., Any]:
    """Return a function with the signature that FastAPI documents: path ids and parameters, no `call`.

    An operation whose parameters travel inside of something else, such as a token, names the model of what
    is sent as its option `sends`.
    """

    def endpoint() -> None:  # never called: the journey calls the handler itself
        raise AssertionError

    parameters = []
    sends = operation.options.get("sends")
    for name, parameter in inspect.signature(operation.handler, eval_str=True).parameters.items():
        if name == "call":
            continue
        annotation = parameter.annotation
        if name != "params":
            annotation = Annotated[annotation, Path()]
        elif method in READING_METHODS:
            annotation = Annotated[sends or annotation, Query()]
        elif sends:
            annotation = Annotated[sends, Form()]
        parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, annotation=annotation))
    endpoint.__name__ = operation.handler.__name__
    endpoint.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    return endpoint
