"""The magic values of every operation, made from its declaration: which value asks for which error."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mockserver.faults import registry
from mockserver.faults.demand import MARK, NUMBER_BASE
from mockserver.vendor import Operation, Vendor

HOW = (
    f"A text that holds {MARK}CODE asks for the documented error with this status, {MARK}CODE-2 for the "
    f"second one with it. So do the ids {NUMBER_BASE} + CODE and {NUMBER_BASE} + 1000 + CODE. Any text "
    "parameter and any id will do, in the path as well; these are the natural ones. Access is checked first."
)
NATURAL = ("candidate_email", "name", "examName", "email", "tool_name")
_PATH_ID = re.compile(r"\{([a-z_]+)\}")
_CREDENTIALS = ("integration_name", "token")  # ids of the path that choose the sandbox


def magic_values(vendor: Vendor, operation: Operation) -> dict[str, Any]:
    """Return where an operation takes a magic value, and the value for each of its documented errors."""
    place, name = _place(operation)
    return {
        "operation": operation.id,
        "in": place,
        "name": name,
        "values": [
            {
                "code": registered.code,
                "variant": registered.variant,
                "value": _value(registered, name, is_text=place in ("text", "query")),
                "when": registered.error.when,
            }
            for registered in registry.errors_of(vendor, operation)
        ],
    }


def _place(operation: Operation) -> tuple[str, str]:
    """Return what carries the value, a `text` or `id` parameter, the `path` or the `query`; and its name."""
    properties: Mapping[str, Any] = {}
    if operation.reads is not None:
        properties = operation.reads.model_json_schema().get("properties", {})
    texts = [name for name, schema in properties.items() if _is_text(schema)]
    for name in (*NATURAL, *texts):
        if name in properties:
            return "text", name
    path_ids = [name for name in _PATH_ID.findall(operation.path) if name not in _CREDENTIALS]
    if path_ids:
        return "path", path_ids[-1]
    for name in properties:
        if name.lower().endswith("id"):
            return "id", name
    return "query", "mock"


def _is_text(schema: Mapping[str, Any]) -> bool:
    kinds = [schema, *schema.get("anyOf", ())]
    return any(kind.get("type") == "string" and "enum" not in kind for kind in kinds)


def _value(registered: registry.Registered, name: str, *, is_text: bool) -> str | int:
    if not is_text and name.lower().endswith("id"):
        return NUMBER_BASE + 1000 * (registered.variant - 1) + registered.code
    return f"{MARK}{registered.name}{'@example.com' if 'email' in name else ''}"
