"""The control API as a FastAPI app, made from the declared controls."""

from __future__ import annotations

import inspect
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response

from mockserver import __version__
from mockserver.admin import (
    clock,
    deliveries,
    events,
    faults,
    health,
    magic,
    metrics,
    requests,
    sandboxes,
    settings,
    snapshots,
    statements,
    vendors,
)
from mockserver.admin.control import Control, Desk, Errand
from mockserver.admin.door import Door
from mockserver.admin.intake import Intake
from mockserver.admin.problem import AdminProblem, Problem, problem_response
from mockserver.complaints import MOST_SENTENCES, message, sentences
from mockserver.console import console
from mockserver.courier import Courier
from mockserver.errors import StoreUnavailable
from mockserver.journey import House
from mockserver.store import Connection
from mockserver.vendor import Vendor
from mockserver.worlds import Worlds

NOUNS = (
    health,
    metrics,
    vendors,
    magic,
    statements,
    sandboxes,
    snapshots,
    settings,
    clock,
    faults,
    requests,
    events,
    deliveries,
)


def all_controls() -> list[Control]:
    """Return every control, in the order of the nouns."""
    return [control for noun in NOUNS for control in noun.controls]


def create_admin(
    house: House,
    worlds: Worlds,
    rooms: Sequence[Vendor],
    courier: Courier,
    building: Callable[..., Awaitable[None]],
    stopped: Callable[[], list[str]],
    started: float,
) -> Door:
    """Return the control API behind its door; `started` is the machine's monotonic time of the start."""
    app = FastAPI(
        title="mockserver control API",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        servers=[{"url": "/__admin"}],
    )

    def uptime_seconds() -> float:
        return house.machine.elapsed_seconds() - started

    def desk(db: Connection, request: Request) -> Desk:
        base_url = f"{request.url.scheme}://{request.url.netloc}"
        return Desk(db, house, worlds, rooms, base_url, uptime_seconds())

    def errand(request: Request) -> Errand:
        return Errand(
            house,
            courier,
            building,
            lambda work: house.store.run(lambda db: work(desk(db, request))),
            request.scope["state"].get("is_stopping", _never),
            stopped,
            uptime_seconds(),
        )

    for control in all_controls():
        app.add_api_route(
            control.path,
            _endpoint(control, house, desk, errand),
            methods=[control.method],
            status_code=control.status,
            operation_id=control.name,
            summary=control.summary,
            description=inspect.getdoc(control.handler),
            response_class=JSONResponse if control.answers_json else Response,
            response_model=control.returns if control.answers_json else None,
            response_model_exclude_unset=True,
            responses=_documented(control),
        )
    app.add_exception_handler(AdminProblem, _admin_problem)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(StoreUnavailable, _store(house))
    return Door(Intake(app, house.settings), console, house.settings)


def _documented(control: Control) -> dict[int | str, dict[str, Any]]:
    """Return the answers of a control besides the one that its model describes."""
    problem = {"description": "Why not, and what to do instead.", "model": Problem}
    refused = (401, 403, 422) if control.method in ("GET", "DELETE") else (401, 403, 408, 413, 422)
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    found: dict[int | str, dict[str, Any]] = {
        status: {**problem, "content": content} for status in (*control.problems, *refused)
    }
    if not control.answers_json and control.status != 204:
        found[control.status] = {
            "description": "",
            "content": {control.media_type: {"schema": {"type": "string"}}},
        }
    return found


def _endpoint(
    control: Control,
    house: House,
    desk: Callable[[Connection, Request], Desk],
    errand: Callable[[Request], Errand],
) -> Callable[..., Any]:
    async def endpoint(request: Request, **arguments: Any) -> Any:
        if control.takes_its_time:
            return await control.handler(errand(request), **arguments)
        return await house.store.run(lambda db: control.handler(desk(db, request), **arguments))

    takes_request = inspect.Parameter("request", inspect.Parameter.KEYWORD_ONLY, annotation=Request)
    parameters = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in control.parameters]
    endpoint.__signature__ = inspect.Signature([takes_request, *parameters])  # type: ignore[attr-defined]
    return endpoint


def _never() -> bool:
    """Stand for a server without sockets, which is not told before it stops."""
    return False


async def _admin_problem(request: Request, problem: Exception) -> Response:
    del request
    assert isinstance(problem, AdminProblem)
    return problem_response(problem.status, problem.detail, **problem.members)


async def _invalid(request: Request, problem: Exception) -> Response:
    del request
    assert isinstance(problem, RequestValidationError)
    found = problem.errors()[:MOST_SENTENCES]
    errors = [{"field": ".".join(map(str, error["loc"])), "message": message(error)} for error in found]
    return problem_response(422, sentences(found), errors=errors)


async def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    detail = f"{request.method} {request.url.path} is not a control; /__admin/openapi.json lists them all."
    return problem_response(problem.status_code, detail, problem.headers)


def _store(house: House) -> Callable[[Request, Exception], Awaitable[Response]]:
    async def answer(request: Request, problem: Exception) -> Response:
        del request, problem
        house.sandboxes.forget_all()  # copies may have been read from what was not committed
        return problem_response(
            503, "The store cannot be written at the moment, nothing was stored.", {"Retry-After": "1"}
        )

    return answer
