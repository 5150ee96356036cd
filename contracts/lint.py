"""Our own lint over the OpenAPI documents: `python -m contracts.lint` prints findings.

It looks for what would make the engine judge wrongly (its traps), and for statements out of place: every part
of a document rests on numbered statements, and what a vendor documents stands where it applies.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from contracts.documents import (
    Json,
    Row,
    UnresolvedReferenceError,
    load_document,
    resolve,
    rows,
    statements_in,
)
from contracts.statements import EVIDENCE, VENDORS, Statement, StatementsError, load_statements

Statements = Mapping[str, Statement]
Place = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of a document: where it stands and what to do about it."""

    place: Place
    text: str

    def __str__(self) -> str:
        return f"{' > '.join(self.place)}: {self.text}"


def lint(document: Json, statements: Statements) -> list[Finding]:
    """List everything that is wrong with a document, seen beside its vendor's statements."""
    broken = list(unresolved_references(document, statements))
    if broken:  # the other rules follow references
        return broken
    return [finding for rule in RULES for finding in rule(document, statements)]


def unresolved_references(document: Json, _: Statements) -> Iterator[Finding]:
    """A `$ref` must point at something inside the document."""
    for place, node in _mappings(document):
        if isinstance(node.get("$ref"), str):
            try:
                resolve(document, node)
            except UnresolvedReferenceError as problem:
                yield Finding(place, f"{problem}.")


def engine_traps(document: Json, _: Statements) -> Iterator[Finding]:
    """Constructs that the engine accepts and then judges vacuously or not at all."""
    for row in rows(document):
        here = (row.operation_id,)
        if "default" in row.definition.get("responses", {}):
            yield Finding(here, "a default response makes every status documented; name the statuses.")
        for place, schema in _request_schemas(document, row):
            if "allOf" in schema:
                yield Finding(place, "allOf in a request makes negative data vacuous; flatten it.")
        for place, schema in _response_schemas(document, row):
            if "allOf" in schema:
                yield Finding(place, "allOf in a response hides its fields from the verdict; flatten it.")
            if "prefixItems" in schema:
                yield Finding(place, "prefixItems is not checked in responses; use items.")
    for place, schema in _all_schemas(document):
        if "nullable" in schema:
            yield Finding(place, 'nullable means nothing in OpenAPI 3.1; write type: [..., "null"].')
        if "$dynamicRef" in schema:
            yield Finding(place, "$dynamicRef is not followed by the engine; use $ref.")


def unknown_statements(document: Json, statements: Statements) -> Iterator[Finding]:
    """Every id of x-statements and x-rule must be one of the vendor's, named once."""
    for place, node in _mappings(document):
        for key in ("x-statements", "x-rule"):
            ids = node.get(key, ["?"])
            if not isinstance(ids, list) or not ids:
                yield Finding(place, f"{key} must be a list with at least one id.")
            elif key in node:
                yield from _wrong_ids(place, ids, statements)


def wrong_evidence(document: Json, statements: Statements) -> Iterator[Finding]:
    """What is not documented must say so, and on the word of a statement of that level."""
    for place, node in _mappings(document):
        evidence = node.get("x-evidence", "documented")
        if evidence not in EVIDENCE or node.get("x-evidence") == "documented":
            yield Finding(place, f"x-evidence is {evidence!r}; write client or inferred, or leave it out.")
        elif isinstance(node.get("x-statements"), list):
            levels = {statements[id_].evidence for id_ in node["x-statements"] if id_ in statements}
            if levels and evidence not in levels:
                yield Finding(
                    place, f"is {evidence}, but its statements are only {', '.join(sorted(levels))}."
                )
        elif "x-evidence" in node:
            yield Finding(place, "has x-evidence and no x-statements.")


def parts_without_statements(document: Json, _: Statements) -> Iterator[Finding]:
    """Operations, parameters, properties, statuses and printed messages all rest on statements."""
    for row in rows(document):
        for place, node in _parts(document, row):
            if "x-statements" not in resolve(document, node) and "x-statements" not in node:
                yield Finding(place, "has no x-statements.")
    for place, schema in _all_schemas(document):
        for name, value in schema.get("properties", {}).items():
            if "x-statements" not in resolve(document, value) and "x-statements" not in value:
                yield Finding((*place, "properties", name), "has no x-statements.")


def missing_operations(document: Json, statements: Statements) -> Iterator[Finding]:
    """The operations of the document are those that the statements speak of, and ids are unique."""
    listed = list(rows(document))
    spoken_of = {name for one in statements.values() if not one.applies_to_all for name in one.applies_to}
    present = {row.operation for row in listed}
    for name in sorted(spoken_of - present):
        yield Finding((name,), "statements speak of this operation, but the document lacks it.")
    for name in sorted(present - spoken_of):
        yield Finding((name,), "no statement speaks of this operation.")
    for name, times in Counter(row.operation_id for row in listed).items():
        if times > 1 or not name:
            yield Finding((name or "?",), f"operationId must be given and unique, and stands {times} times.")
    for row in listed:
        if row.operation != row.operation_id and row.operation_id != f"{row.operation}.{row.method.lower()}":
            wanted = f"{row.operation}.{row.method.lower()}"
            yield Finding((row.operation_id,), f"as a further method of {row.operation} it must be {wanted}.")


def lost_statements(document: Json, statements: Statements) -> Iterator[Finding]:
    """A documented statement stands in each operation it names, a client's somewhere, or a reason is given.

    What we inferred may stand in the statements alone.
    """
    excused = set(_excused(document))
    everywhere = statements_in(
        document, {key: document[key] for key in document if key != "x-not-expressible"}
    )
    within = {row.operation: set[str]() for row in rows(document)}
    for row in rows(document):
        within[row.operation] |= statements_in(document, row.definition)
    for one in statements.values():
        if one.id in excused:
            if one.id in everywhere:
                yield Finding(("x-not-expressible",), f"{one.id} stands in the document as well.")
        elif one.id not in everywhere and one.evidence != "inferred":
            yield Finding((one.id,), f"stands nowhere in the document: {one.text}")
        elif one.evidence == "documented" and not one.applies_to_all:
            for name in one.applies_to:
                if one.id not in within.get(name, {one.id}):
                    yield Finding(
                        (name,), f"{one.id} names this operation and does not stand in it: {one.text}"
                    )


def unreasoned_excuses(document: Json, statements: Statements) -> Iterator[Finding]:
    """Each entry of x-not-expressible gives a reason and known statements."""
    for entry in document.get("x-not-expressible", []):
        if not entry.get("reason"):
            yield Finding(
                ("x-not-expressible",), f"gives no reason for {', '.join(entry.get('statements', []))}."
            )
    yield from _wrong_ids(("x-not-expressible",), _excused(document), statements)


RULES: tuple[Callable[[Json, Statements], Iterator[Finding]], ...] = (
    engine_traps,
    unknown_statements,
    wrong_evidence,
    parts_without_statements,
    missing_operations,
    lost_statements,
    unreasoned_excuses,
)


def _wrong_ids(place: Place, ids: list[str], statements: Statements) -> Iterator[Finding]:
    for id_, times in Counter(ids).items():
        if id_ not in statements:
            yield Finding(place, f"no statement of this vendor is numbered {id_}.")
        if times > 1:
            yield Finding(place, f"{id_} is named {times} times.")


def _excused(document: Json) -> list[str]:
    return [id_ for entry in document.get("x-not-expressible", []) for id_ in entry.get("statements", [])]


def _mappings(node: Any, place: Place = ()) -> Iterator[tuple[Place, Json]]:
    if isinstance(node, dict):
        yield place, node
        for key, value in node.items():
            yield from _mappings(value, (*place, str(key)))
    elif isinstance(node, list):
        for number, item in enumerate(node):
            yield from _mappings(item, (*place, str(number)))


def _parts(document: Json, row: Row) -> Iterator[tuple[Place, Json]]:
    here = (row.operation_id,)
    yield here, row.definition
    for parameter in row.definition["parameters"]:
        yield (*here, "parameters", resolve(document, parameter).get("name", "?")), parameter
    for status, response in row.definition.get("responses", {}).items():
        yield (*here, str(status)), response
        for media in resolve(document, response).get("content", {}).values():
            for name, example in media.get("examples", {}).items():
                yield (*here, str(status), "examples", name), example


def _request_schemas(document: Json, row: Row) -> Iterator[tuple[Place, Json]]:
    here = (row.operation_id, "request")
    for parameter in row.definition["parameters"]:
        yield from _subschemas(document, resolve(document, parameter).get("schema", {}), here, set())
    body = resolve(document, row.definition.get("requestBody", {}))
    for media_type, media in body.get("content", {}).items():
        yield from _subschemas(document, media.get("schema", {}), (*here, media_type), set())


def _response_schemas(document: Json, row: Row) -> Iterator[tuple[Place, Json]]:
    for status, response in row.definition.get("responses", {}).items():
        for media in resolve(document, response).get("content", {}).values():
            yield from _subschemas(document, media.get("schema", {}), (row.operation_id, str(status)), set())


def _all_schemas(document: Json) -> Iterator[tuple[Place, Json]]:
    for name, schema in document.get("components", {}).get("schemas", {}).items():
        yield from _subschemas(document, schema, ("components", "schemas", name), None)
    for row in rows(document):
        for place, schema in (*_request_schemas(document, row), *_response_schemas(document, row)):
            if "components" not in place:
                yield place, schema


def _subschemas(
    document: Json, schema: Any, place: Place, seen: set[str] | None
) -> Iterator[tuple[Place, Json]]:
    """Walk a schema and those inside it; with `seen`, through references too, each once."""
    if not isinstance(schema, dict):
        return
    yield place, schema
    reference = schema.get("$ref")
    if seen is not None and reference is not None and reference not in seen:
        seen.add(reference)
        name = reference.removeprefix("#/").split("/")
        yield from _subschemas(document, resolve(document, schema), tuple(name), seen)
    for keyword in ("properties", "patternProperties", "$defs"):
        for name, inner in schema.get(keyword, {}).items():
            yield from _subschemas(document, inner, (*place, keyword, name), seen)
    for keyword in ("items", "additionalProperties", "not", "contains", "if", "then", "else"):
        yield from _subschemas(document, schema.get(keyword), (*place, keyword), seen)
    for keyword in ("allOf", "anyOf", "oneOf", "prefixItems"):
        for number, inner in enumerate(schema.get(keyword, [])):
            yield from _subschemas(document, inner, (*place, keyword, str(number)), seen)


def main() -> int:
    """Lint the documents of all vendors. Exit code 1: there are findings; 2: a file cannot be read."""
    try:
        findings = [
            f"{vendor}: {finding}"
            for vendor in VENDORS
            for finding in lint(load_document(vendor), load_statements(vendor))
        ]
    except StatementsError as problem:
        print(problem, file=sys.stderr)
        return 2
    for line in findings:
        print(line)
    nothing = f"Nothing found in the documents of {', '.join(VENDORS)}."
    print(f"{len(findings)} findings." if findings else nothing)
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main())
