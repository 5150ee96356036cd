"""How the routes of this room declare an operation: what it answers follows from what it refuses."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from mockserver.vendor import DocumentedError, Handler, Operations
from mockserver.vendors.proctorexam.errors import PAGES_PRINTING_401
from mockserver.vendors.proctorexam.schemas.refusals import Locked, Refusal, Unprocessable


def declare(
    operations: Operations,
    methods: str,
    path: str,
    operation_id: str,
    *,
    statements: str,
    answer: Any,
    right: str,
    refuses: tuple[DocumentedError, ...] = (),
    creates: bool = False,
    deprecated: bool = False,
) -> Callable[[Handler], Handler]:
    """Declare the decorated handler; `refuses` is what its page prints besides the refused access.

    `right` is what the caller's role has to include (`permissions.py`).
    """
    on_401 = operation_id in PAGES_PRINTING_401 or operation_id == "tool_providers.destroy"
    answers: dict[int, type[BaseModel]] = {200: answer}
    if creates:
        answers[201] = answer  # PE-013
    answers |= {400: Refusal, 401 if on_401 else 403: Refusal}
    answers |= {error.status: Refusal for error in refuses}
    if any(error.status == 423 for error in refuses):
        answers[423] = Locked

    def add(handler: Handler) -> Handler:
        reads = "params" in handler.__annotations__
        return operations.add(
            methods,
            path,
            operation_id,
            statements=statements,
            answers={**answers, 422: Unprocessable} if reads else answers,
            deprecated=deprecated,
            right=right,
            refuses=refuses,
        )(handler)

    return add
