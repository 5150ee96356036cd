"""How a fault changes the server: a function replaced, an answer altered, a model that takes more."""

from __future__ import annotations

import dataclasses
import functools
import json
from collections.abc import Callable
from typing import Any

from pydantic import Field, create_model

from mockserver.errors import Failure
from mockserver.vendor import Answer, Call, Operation, Vendor

Function = Callable[..., Any]
Make = Callable[[Function], Function]


class _Undone(Exception):
    """Leaves the savepoint of a handler whose work must not be kept."""


def wrap(owner: Any, name: str, make: Make) -> None:
    """Replace a function of a module by what `make` makes of it."""
    setattr(owner, name, make(getattr(owner, name)))


def wrap_part(room: Vendor, name: str, make: Make) -> None:
    """Replace one of the functions of a room, which is frozen for everybody else."""
    object.__setattr__(room, name, make(getattr(room, name)))


def wrap_handler(room: Vendor, operation_id: str, make: Make) -> None:
    """Replace the handler of one operation."""
    at, operation = _operation(room, operation_id)
    handler = functools.wraps(operation.handler)(make(operation.handler))
    room.operations[at] = dataclasses.replace(operation, handler=handler)


def change_json(room: Vendor, operation_id: str, change: Callable[[Any], Any]) -> None:
    """Let every answer of an operation carry what `change` makes of its JSON body."""
    change_answer(room, operation_id, lambda answer: with_json(answer, change))


def change_answer(room: Vendor, operation_id: str, change: Callable[[Answer], Answer]) -> None:
    """Let every answer of an operation be what `change` makes of it."""
    wrap_handler(room, operation_id, lambda real: lambda call, **given: change(real(call, **given)))


def change_refusal(room: Vendor, kind: type[Failure], change: Callable[[Answer], Answer]) -> None:
    """Let every refusal of one kind be worded as `change` makes it."""

    def make(real: Function) -> Function:
        def phrase(failure: Failure, call: Call) -> Answer:
            answer: Answer = real(failure, call)
            return change(answer) if isinstance(failure, kind) else answer

        return phrase

    wrap_part(room, "phrase", make)


def take(room: Vendor, operation_id: str, **fields: Any) -> None:
    """Let an operation read some fields as another type; `...` as default of a tuple means required."""
    at, operation = _operation(room, operation_id)
    assert operation.reads is not None
    loose: dict[str, Any] = {
        name: kind if isinstance(kind, tuple) else (kind, Field(default=None))
        for name, kind in fields.items()
    }
    model = create_model(operation.reads.__name__, __base__=operation.reads, **loose)
    room.operations[at] = dataclasses.replace(operation, reads=model)


def forget(room: Vendor, operation_id: str) -> None:
    """Let an operation answer as if all were well, and keep nothing of what it did."""

    def make(real: Function) -> Function:
        def handler(call: Call, **given: Any) -> Answer:
            answer: Answer | None = None
            try:
                with call.db.savepoint():
                    answer = real(call, **given)
                    raise _Undone
            except _Undone:
                assert answer is not None
            return answer

        return handler

    wrap_handler(room, operation_id, make)


def with_json(answer: Answer, change: Callable[[Any], Any]) -> Answer:
    """Return the answer with another JSON body."""
    return dataclasses.replace(answer, body=json.dumps(change(json.loads(answer.body))).encode())


def with_status(status: int) -> Callable[[Answer], Answer]:
    """Return what gives an answer another status."""
    return lambda answer: dataclasses.replace(answer, status=status)


def with_type(content_type: str) -> Callable[[Answer], Answer]:
    """Return what gives an answer another content type."""
    return lambda answer: dataclasses.replace(answer, content_type=content_type)


def with_text(old: str, new: str) -> Callable[[Answer], Answer]:
    """Return what replaces a text in a body."""
    return lambda answer: dataclasses.replace(answer, body=answer.body.replace(old.encode(), new.encode()))


def _operation(room: Vendor, operation_id: str) -> tuple[int, Operation]:
    return next((at, one) for at, one in enumerate(room.operations) if one.id == operation_id)
