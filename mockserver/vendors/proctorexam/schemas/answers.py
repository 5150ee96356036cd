"""What wraps an answer: the name of the resource, singular for one object, plural for a list (PE-008)."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, create_model

from mockserver.wire import WireModel


class Nothing(WireModel):
    """The empty object that a deletion answers (PE-337, PE-226)."""


def one(key: str, page: type[BaseModel]) -> type[BaseModel]:
    """Return the model of an answer with one object under `key`."""
    return _wrapped(f"{page.__name__}Under{key.title()}", key, page)


def many(key: str, page: type[BaseModel]) -> type[BaseModel]:
    """Return the model of an answer with a list under `key`."""
    return _wrapped(f"{page.__name__}ListUnder{key.title()}", key, list[page])  # type: ignore[valid-type]


def _wrapped(name: str, key: str, content: Any) -> type[BaseModel]:
    fields: dict[str, Any] = {key: (content, ...)}
    return create_model(name.replace("_", ""), __base__=WireModel, **fields)
