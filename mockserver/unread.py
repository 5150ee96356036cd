"""Which sent fields no model reads: the journal lists them, for a misspelt name is easily overlooked."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from pydantic import BaseModel


def unread_fields(model: type[BaseModel], values: Mapping[str, Any]) -> list[str]:
    """Return the names in `values` that `model` does not read, those inside of objects by their path.

    `{"rules": {"xyz": 1}}` gives `rules.xyz`. Objects are followed as deep as the models go.
    """
    names, nested = _known(model)
    found = [] if values.keys() <= names else [name for name in values if name not in names]
    for name, inner in nested.items():
        value = values.get(name)
        if isinstance(value, dict):
            found += [f"{name}.{deeper}" for deeper in unread_fields(inner, value)]
    return found


@functools.cache
def _known(model: type[BaseModel]) -> tuple[frozenset[str], dict[str, type[BaseModel]]]:
    """Return the names under which a model reads its fields, and which of them are objects of a model."""
    names: set[str] = set()
    nested: dict[str, type[BaseModel]] = {}
    for key, field in model.model_fields.items():
        own = {key, field.alias or key}
        names |= own
        nested.update((name, inner) for name in own for inner in _models_in(field.annotation))
    return frozenset(names), nested


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """Find the models in an annotation such as `PreliminaryCheck | None`."""
    for part in (annotation, *get_args(annotation)):
        if isinstance(part, type) and issubclass(part, BaseModel):
            yield part
