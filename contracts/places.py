"""Which statements stand at which place of an answer's schema, and whether the answer keeps to them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from contracts.documents import Json
from contracts.surface import Operation, Surface

Path = tuple[str | int, ...]


@dataclass(frozen=True)
class Fault:
    """One place of an answer that breaks its schema; `statement` leads the nearest place that names any."""

    statement: str | None
    path: Path
    message: str
    extra_field: bool


class AnswerSchema:
    """The schema of one documented answer, compiled once."""

    def __init__(self, surface: Surface, schema: Json) -> None:
        self._surface = surface
        self._schema = schema
        rooted = {**schema, "components": surface.document.get("components", {})}
        import jsonschema_rs  # noqa: PLC0415 - comes with the engine; listing contracts does without it

        self._validator = jsonschema_rs.Draft202012Validator(rooted, validate_formats=True)

    def fits(self, body: Any) -> bool:
        return self._validator.is_valid(body)

    def faults(self, body: Any) -> Iterator[Fault]:
        for error in self._validator.iter_errors(body):
            path = tuple(error.instance_path)
            keyword = str(error.schema_path[-1]) if error.schema_path else ""
            extra = keyword in {"additionalProperties", "unevaluatedProperties"}
            yield Fault(self._statement_at(path, error.message), path, error.message, extra)

    def kept(self, body: Any, faulty: Sequence[Path]) -> Iterator[tuple[Path, str]]:
        """Places of the body that keep to their schema, each with its leading statement."""
        for path, node in self._walk(self._schema, body, ()):
            statements = node.get("x-statements")
            if statements and not any(broken[: len(path)] == path for broken in faulty):
                yield path, statements[0]

    def extra_fields(self, body: Any) -> Iterator[str]:
        """Fields of the body that its schema does not name, written as a path."""
        for path, node in self._walk(self._schema, body, ()):
            value = _value_at(body, path)
            names = node.get("properties")
            if names and isinstance(value, dict) and not isinstance(node.get("additionalProperties"), dict):
                yield from (_dotted((*path, name)) for name in value if name not in names)

    def _statement_at(self, path: Path, message: str) -> str | None:
        """The leading statement of the deepest place on the way; for a missing field, of that field."""
        node, found = self._surface.definition(self._schema), None
        for step in (*path, None):
            if node.get("x-statements"):
                found = str(node["x-statements"][0])
            if step is None:
                break
            node = self._child(node, step)
        for name, child in node.get("properties", {}).items():
            if message.startswith(f'"{name}" is a required property'):
                statements = self._surface.definition(child).get("x-statements")
                return str(statements[0]) if statements else found
        return found

    def _walk(self, node: Any, value: Any, path: Path) -> Iterator[tuple[Path, Json]]:
        if not isinstance(node, dict):
            return
        node = self._chosen(node, value)
        yield path, node
        if isinstance(value, dict):
            for name, item in value.items():
                child = node.get("properties", {}).get(name, node.get("additionalProperties"))
                yield from self._walk(child, item, (*path, name))
        if isinstance(value, list):
            # One item stands for all: the validator looks at every one.
            for index, item in enumerate(value[:1]):
                yield from self._walk(node.get("items"), item, (*path, index))

    def _chosen(self, node: Any, value: Any) -> Json:
        """The node; where it says "an object, or null", that one of the two which the value is."""
        found = self._surface.definition(node)
        either = [self._surface.definition(one) for one in found.get("anyOf", ())]
        nothing = [one for one in either if one.get("type") == "null"]
        if len(either) != 2 or len(nothing) != 1:
            return found
        return nothing[0] if value is None else next(one for one in either if one is not nothing[0])

    def _child(self, node: Json, step: str | int) -> Json:
        node = self._chosen(node, ...)
        if isinstance(step, int):
            child = node.get("items", {})
        else:
            child = node.get("properties", {}).get(step, node.get("additionalProperties"))
        return self._surface.definition(child)


@cache
def _compiled(surface: Surface, row: str, status: int) -> AnswerSchema | None:
    operation = next(one for one in surface.operations if one.row == row)
    response = surface.response(operation, status) or {}
    for media_type, media in response.get("content", {}).items():
        if media_type == "application/json" and "schema" in media:
            return AnswerSchema(surface, media["schema"])
    return None


def answer_schema(surface: Surface, operation: Operation, status: int) -> AnswerSchema | None:
    """The JSON schema documented for this status, or None."""
    return _compiled(surface, operation.row, status)


def _value_at(body: Any, path: Path) -> Any:
    for step in path:
        body = body[step]
    return body


def _dotted(path: Path) -> str:
    return ".".join("[]" if isinstance(step, int) else str(step) for step in path)
