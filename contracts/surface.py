"""The vendor's document as the harness uses it: operations by address, statements by place."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

from contracts.documents import Json, load_document, resolve, rows


@dataclass(frozen=True)
class Operation:
    """One method and path row; `id` is the operation of the fact sheet, shared by PATCH and PUT rows."""

    id: str
    row: str
    method: str
    path: str
    definition: Json = field(repr=False)

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        # A name may stand in the template as {id}; the value is whatever lies between two slashes.
        parts = re.split(r"\{([^}]+)\}", self.path)
        text = "".join(
            re.escape(part) if i % 2 == 0 else f"(?P<{part}>[^/]*)" for i, part in enumerate(parts)
        )
        return re.compile(text + "/?")

    @cached_property
    def statements(self) -> tuple[str, ...]:
        return tuple(self.definition.get("x-statements", ()))


@dataclass(frozen=True)
class Match:
    operation: Operation
    values: Mapping[str, str]


class Surface:
    """All operations of one vendor's OpenAPI document."""

    def __init__(self, document: Json) -> None:
        self.document = document
        self.operations = [
            Operation(row.operation, row.operation_id, row.method, row.path, row.definition)
            for row in rows(document)
            if not row.webhook
        ]
        self._definitions: dict[int, Json] = {}

    @property
    def not_expressible(self) -> dict[str, str]:
        """Why no part of the document carries some statements, by statement id."""
        rows = self.document.get("x-not-expressible", [])
        return {str(statement): str(row["reason"]).strip() for row in rows for statement in row["statements"]}

    def match(self, method: str, path: str) -> Match | None:
        """The row that a request goes to; rows with fewer path values win."""
        found = [
            Match(operation, hit.groupdict())
            for operation in self.operations
            if operation.method == method and (hit := operation.pattern.fullmatch(path))
        ]
        return min(found, key=lambda match: len(match.values), default=None)

    def resolve(self, node: Any) -> Any:
        """The node itself, or what its `$ref` points to inside the document."""
        return resolve(self.document, node)

    def definition(self, node: Json) -> Json:
        """What a schema node says; where it only refers to another, its own x- fields count first."""
        if "$ref" not in node:
            return node
        # The nodes live as long as the document, so their ids are theirs alone.
        if id(node) not in self._definitions:
            own = {name: value for name, value in node.items() if name.startswith("x-")}
            self._definitions[id(node)] = {**self.resolve(node), **own}
        return self._definitions[id(node)]

    def response(self, operation: Operation, status: int) -> Json | None:
        responses = operation.definition.get("responses", {})
        found = responses.get(str(status), responses.get(status))
        return None if found is None else self.resolve(found)

    def statuses(self, operation: Operation) -> set[int]:
        return {
            int(status)
            for status in operation.definition.get("responses", {})
            if re.fullmatch("[0-9]{3}", str(status))
        }


@cache
def load_surface(vendor: str) -> Surface:
    """The surface of contracts/<vendor>/openapi.yaml."""
    return Surface(load_document(vendor))
