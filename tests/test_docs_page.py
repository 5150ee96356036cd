"""The API docs tell a type in a few words, as it stands in JSON."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.docs_page import docs_page

BITS = float(2**63)


def page(schema: dict[str, Any]) -> str:
    """Return the docs of one operation with one parameter."""
    parameter = {"name": "given", "in": "query", "schema": schema}
    operation = {"operationId": "things.list", "parameters": [parameter], "responses": {}}
    return docs_page({"info": {"title": "Things"}, "paths": {"/things": {"get": operation}}}, {})


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ({"type": "integer", "minimum": 1.0, "maximum": 300.0}, "integer, 1 to 300"),
        ({"type": "integer", "minimum": 0.0, "maximum": BITS}, "integer, 0 or more"),
        ({"type": "integer", "minimum": -BITS, "maximum": BITS}, "integer"),
        ({"type": "number", "maximum": 0.5}, "number, at most 0.5"),
        ({"enum": [True, 1, "true", "1", None]}, "one of true, 1, null"),
        ({"const": False}, "false"),
        ({"type": ["string", "null"], "maxLength": 5}, "string or null, at most 5 characters"),
        ({}, "any value"),
    ],
)
def test_type_is_told_in_a_few_words(schema: dict[str, Any], words: str) -> None:
    assert f"<td>{words}</td>" in page(schema)
