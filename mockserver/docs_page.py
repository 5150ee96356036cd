"""API docs as one page without scripts: made from an OpenAPI document, readable without a network."""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Any, NamedTuple

EXACT_IN_JSON = 2**53

STYLE = """
:root { color-scheme: light dark; --line: #8884; --soft: #8882; }
body { font: 16px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 60rem; padding: 0 1rem; }
h1 { font-size: 1.6rem; } h2 { font-size: 1.05rem; margin: 0; }
nav { columns: 26rem; margin: 1.5rem 0; } nav a { break-inside: avoid; display: block; }
nav a { overflow-wrap: anywhere; padding-left: 1.5rem; text-decoration: none; text-indent: -1.5rem; }
section { border: 1px solid var(--line); border-radius: 6px; margin: 1rem 0; padding: 1rem; }
section { overflow-x: auto; }
code, .method { font-family: ui-monospace, monospace; font-size: .9em; overflow-wrap: break-word; }
.method { background: var(--soft); border-radius: 4px; font-weight: 600; padding: .15em .5em; }
.old { text-decoration: line-through; }
table { border-collapse: collapse; margin: .5rem 0; width: 100%; }
th, td { border-top: 1px solid var(--line); padding: .25rem .75rem .25rem 0; }
th, td { text-align: left; vertical-align: top; }
th { font-weight: 600; } p { margin: .5rem 0; }
td:first-child { width: 1%; }
details { font-size: .85em; } summary { cursor: pointer; opacity: .8; }
@media (max-width: 35rem) {
  tr:has(th) { display: none; }
  table, tbody, tr { display: block; }
  tr { border-top: 1px solid var(--line); padding: .25rem 0; }
  td, td:first-child { border: 0; display: inline-block; max-width: 100%; padding: 0 .5rem 0 0; width: auto; }
  td, code { overflow-wrap: anywhere; }
}
"""
STYLE_DIGEST = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = (
    f"default-src 'none'; style-src 'sha256-{STYLE_DIGEST}'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)


class Parameter(NamedTuple):
    """What an operation reads; `place` is path, query, header, or the media type of its body."""

    name: str
    place: str
    required: bool
    schema: Mapping[str, Any]
    description: str


def docs_page(document: Mapping[str, Any], statements: Mapping[str, Mapping[str, Any]]) -> str:
    """Return the page for an OpenAPI 3.1 document; `statements` are those that it names, by their ids."""
    title = escape(document["info"]["title"])
    operations = [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]
    index = "".join(
        f'<a href="#{escape(_anchor(method, operation))}"><code>{method.upper()} {escape(path)}</code></a>'
        for path, method, operation in operations
    )
    sections = "".join(
        _section(document, statements, path, method, operation) for path, method, operation in operations
    )
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f'<h1>{title}</h1><p>The same as a document for programs: <a href="openapi.json">openapi.json</a></p>'
        f"<nav>{index}</nav>{sections}</body></html>"
    )


def _anchor(method: str, operation: Mapping[str, Any]) -> str:
    return f"{operation['operationId']}.{method}"


def _section(
    document: Mapping[str, Any],
    statements: Mapping[str, Mapping[str, Any]],
    path: str,
    method: str,
    operation: Mapping[str, Any],
) -> str:
    old = ' class="old"' if operation.get("deprecated") else ""
    parts = [
        f'<section id="{escape(_anchor(method, operation))}">',
        f'<h2><span class="method">{method.upper()}</span> <code{old}>{escape(path)}</code></h2>',
        f"<p>{escape(operation.get('description') or operation.get('summary', ''))}</p>",
    ]
    if operation.get("deprecated"):
        parts.append("<p>Deprecated.</p>")
    if parameters := list(_parameters(document, operation)):
        rows = "".join(_row(document, parameter) for parameter in parameters)
        parts.append(f"<table><tr><th>Parameter<th>In<th><th>Type<th>Meaning</tr>{rows}</table>")
    answers = "".join(
        f"<tr><td>{escape(status)}</td><td>{escape(_answer(document, answer))}</td></tr>"
        for status, answer in operation.get("responses", {}).items()
    )
    parts.append(f"<table><tr><th>Answer<th>Body</tr>{answers}</table>")
    parts.append(_evidence([statements[name] for name in operation.get("x-statements", ())]))
    return "".join([*parts, "</section>"])


def _parameters(document: Mapping[str, Any], operation: Mapping[str, Any]) -> Iterator[Parameter]:
    """Yield the parameters of path, query and header, then the members of each kind of body."""
    for item in operation.get("parameters", ()):
        description, required = item.get("description") or "", item.get("required", False)
        yield Parameter(item["name"], item["in"], required, item.get("schema", {}), description)
    for media_type, media in operation.get("requestBody", {}).get("content", {}).items():
        model = _resolved(document, media.get("schema", {}))
        required = model.get("required", ())
        for name, schema in model.get("properties", {}).items():
            yield Parameter(name, media_type, name in required, schema, schema.get("description") or "")


def _row(document: Mapping[str, Any], parameter: Parameter) -> str:
    return (
        f"<tr><td><code>{escape(parameter.name)}</code></td><td>{escape(parameter.place)}</td>"
        f"<td>{'required' if parameter.required else ''}</td>"
        f"<td>{escape(_type(document, parameter.schema))}</td><td>{escape(parameter.description)}</td></tr>"
    )


def _evidence(statements: Sequence[Mapping[str, Any]]) -> str:
    """Return on what an operation rests, folded: how much of it is documented, and each statement."""
    levels = Counter(statement["evidence"] for statement in statements)
    counted = ", ".join(f"{number} {level}" for level, number in sorted(levels.items()))
    rows = "".join(
        f"<tr><td>{escape(statement['id'])}</td><td>{escape(statement['evidence'])}</td>"
        f"<td>{escape(statement['text'])}</td></tr>"
        for statement in statements
    )
    return (
        f"<details><summary>Statements: {counted}</summary>"
        f"<table><tr><th>Id<th>Evidence<th>Statement</tr>{rows}</table></details>"
    )


def _resolved(document: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    for option in schema.get("anyOf", ()):
        if option.get("type") != "null":
            return _resolved(document, option)
    if "$ref" in schema:
        found: Mapping[str, Any] = document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        return found
    return schema


def _answer(document: Mapping[str, Any], answer: Mapping[str, Any]) -> str:
    if "text/html" in answer.get("content", {}):
        return "a page"
    schemas = [media.get("schema", {}) for media in answer.get("content", {}).values()]
    fields = [", ".join(_resolved(document, schema).get("properties", {})) for schema in schemas]
    return "; ".join(text for text in fields if text) or ", ".join(
        _type(document, schema) for schema in schemas if schema
    )


def _type(document: Mapping[str, Any], schema: Mapping[str, Any]) -> str:
    """Return a schema in a few words, e.g. `text, one of online, offline`."""
    if "anyOf" in schema:
        return " or ".join(_type(document, option) for option in schema["anyOf"])
    if "$ref" in schema:
        return str(schema["$ref"]).rpartition("/")[2]
    if "const" in schema:
        return _shown(schema["const"])
    kind = schema.get("type", "any value" if "enum" not in schema else ())
    words = [kind if isinstance(kind, str) else " or ".join(kind)] if kind else []
    if kind == "array":
        words.append(f"of {_type(document, schema.get('items', {}))}")
    if "enum" in schema:
        words.append("one of " + ", ".join(dict.fromkeys(_shown(value) for value in schema["enum"])))
    if "maxLength" in schema:
        words.append(f"at most {schema['maxLength']} characters")
    words += _bounds(schema.get("minimum"), schema.get("maximum"))
    return ", ".join(words)


def _bounds(least: float | None, most: float | None) -> list[str]:
    """Return the bounds of a number; one that only says how many bits there are is none."""
    low = "" if least is None or least <= -EXACT_IN_JSON else f"{least:g}"
    high = "" if most is None or most >= EXACT_IN_JSON else f"{most:g}"
    if low and high:
        return [f"{low} to {high}"]
    return [f"{low} or more"] if low else [f"at most {high}"] if high else []


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)
