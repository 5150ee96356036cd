"""The OpenAPI documents of the vendors: loading, walking, and the form that the engine gets.

Extensions in the documents:

    x-statements       numbered statements on which a part rests, the main one first
    x-rule             statements on which the refusal of a wrong value rests, where it is not x-statements
    x-evidence         `client` or `inferred`, where a part is not documented
    x-operation        the operation of which a row is one more method
    x-known-values     values seen; others are neither promised nor refused
    x-unique           a value that must not have been used before
    x-same-as          a value that must repeat that of another property
    x-refers-to        the resource to which an id belongs
    x-validation       the validation text that the vendor's pages print
    x-claims           the claims inside a signed token
    x-signature        how a request is signed
    x-headers          headers that every request carries besides Authorization
    x-not-expressible  statements that no part of the document can carry, with the reason
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from contracts.statements import LOADER, VENDORS, UnknownVendorError

Json = dict[str, Any]

METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class UnresolvedReferenceError(Exception):
    """A `$ref` that points at nothing inside its document."""


@dataclass(frozen=True, slots=True)
class Row:
    """One method and path of a document, or one webhook; PATCH and PUT rows share their `operation`."""

    operation: str
    operation_id: str
    method: str
    path: str
    webhook: bool
    definition: Json = field(repr=False)


@cache
def load_document(vendor: str) -> Json:
    """Read one vendor's OpenAPI document. The object is shared: do not change it.

    Raises: UnknownVendorError.
    """
    if vendor not in VENDORS:
        raise UnknownVendorError(f"No vendor is called {vendor!r}. Known vendors: {', '.join(VENDORS)}.")
    text = (files("contracts") / vendor / "openapi.yaml").read_text(encoding="utf-8")
    document: Json = yaml.load(text, Loader=LOADER)  # noqa: S506 - as there
    return document


def rows(document: Json) -> Iterator[Row]:
    """List the operations by path and method, then the webhooks; each with the parameters of its path."""
    for webhook, key in ((False, "paths"), (True, "webhooks")):
        for path, item in document.get(key, {}).items():
            for method in METHODS:
                if method in item:
                    shared = item.get("parameters", [])
                    definition = item[method] | {"parameters": shared + item[method].get("parameters", [])}
                    name = definition.get("operationId", "")
                    operation = definition.get("x-operation", name)
                    yield Row(operation, name, method.upper(), path, webhook, definition)


def resolve(document: Json, node: Any) -> Any:
    """Follow `$ref` inside the document until something else stands there.

    Raises: UnresolvedReferenceError.
    """
    while isinstance(node, dict) and "$ref" in node:
        node = _target(document, node["$ref"])
    return node


def statements_in(document: Json, node: Any) -> set[str]:
    """Collect the statements that a part of the document rests on, through every `$ref` in it."""
    found: set[str] = set()
    seen: set[str] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting.extend(one)
        elif isinstance(one, dict):
            found.update(one.get("x-statements", ()), one.get("x-rule", ()))
            waiting.extend(one.values())
            reference = one.get("$ref")
            if isinstance(reference, str) and reference not in seen:
                seen.add(reference)
                waiting.append(_target(document, reference))
    return found


def for_engine(document: Json) -> Json:
    """Copy a document without our extensions, places unchanged; known values become `examples`.

    The engine reads an extension beside a `$ref` as a second schema and then draws one value where it would
    have tried every limit. As `examples`, known values are what it sends, and it expects nothing of others.
    """
    copied = _without_extensions(document)
    assert isinstance(copied, dict)
    return copied


def _without_extensions(node: Any) -> Any:
    if isinstance(node, list):
        return [_without_extensions(item) for item in node]
    if not isinstance(node, dict):
        return node
    copied = {
        key: _without_extensions(value)
        for key, value in node.items()
        if not (isinstance(key, str) and key.startswith("x-"))
    }
    if "x-known-values" in node:
        copied["examples"] = list(node["x-known-values"])
    return copied


def _target(document: Json, reference: str) -> Any:
    node: Any = document
    if not reference.startswith("#/"):
        raise UnresolvedReferenceError(f"{reference} points outside the document")
    for step in reference.removeprefix("#/").split("/"):
        key = step.replace("~1", "/").replace("~0", "~")
        if not isinstance(node, Mapping) or key not in node:
            raise UnresolvedReferenceError(f"{reference} points at nothing")
        node = node[key]
    return node
