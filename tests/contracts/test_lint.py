"""The lint finds nothing in the documents, and each fault in a broken one."""

import subprocess
import sys
from copy import deepcopy
from typing import Any

import pytest

from contracts.documents import load_document
from contracts.lint import lint, main
from contracts.statements import VENDORS, Statement, StatementsError, load_statements

STATEMENTS = {
    "CO-001": Statement("CO-001", "consero", "The thing exists.", "documented", ("page",), ("things.show",)),
    "CO-002": Statement("CO-002", "consero", "It is assumed to be red.", "inferred", ("page",), ("all",)),
    "CO-003": Statement("CO-003", "consero", "The page is old.", "documented", ("page",), ("all",)),
}
GOOD: dict[str, Any] = {
    "paths": {
        "/things/{id}": {
            "parameters": [{"name": "id", "in": "path", "x-statements": ["CO-001"], "schema": {}}],
            "post": {
                "operationId": "things.show",
                "x-statements": ["CO-001"],
                "requestBody": {"content": {"application/json": {"schema": {"type": "object"}}}},
                "responses": {
                    "200": {
                        "x-statements": ["CO-001"],
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}},
                    }
                },
            },
        }
    },
    "components": {
        "schemas": {
            "Thing": {
                "type": "object",
                "properties": {"colour": {"x-statements": ["CO-002"], "x-evidence": "inferred"}},
            }
        }
    },
    "x-not-expressible": [{"reason": "About the page.", "statements": ["CO-003"]}],
}
PATH = ("paths", "/things/{id}")
OPERATION = (*PATH, "post")
REQUEST = (*OPERATION, "requestBody", "content", "application/json", "schema")
THING = ("components", "schemas", "Thing")
COLOUR = (*THING, "properties", "colour")
EXCUSE = ("x-not-expressible", 0)


def broken(place: tuple[Any, ...], value: Any) -> dict[str, Any]:
    """A copy of the good document with another value at one place."""
    document = deepcopy(GOOD)
    *way, last = place
    node: Any = document
    for step in way:
        node = node[step]
    node[last] = value
    return document


@pytest.mark.parametrize("vendor", VENDORS)
def test_nothing_is_found_in_the_documents(vendor: str) -> None:
    assert [str(one) for one in lint(load_document(vendor), load_statements(vendor))] == []


def test_nothing_is_found_in_a_good_document() -> None:
    assert lint(GOOD, STATEMENTS) == []


ANOTHER_ROW = {"operationId": "x", "x-operation": "things.show", "x-statements": ["CO-001"]}
UNSTATED_EXAMPLE = {"x-statements": ["CO-001"], "content": {"a": {"examples": {"taken": {}}}}}

TRAPS = [
    (REQUEST, {"allOf": []}, "things.show > request > application/json: allOf in a request"),
    (REQUEST, {"items": {"allOf": []}}, "application/json > items: allOf in a request"),
    ((*THING, "allOf"), [], "components > schemas > Thing: allOf in a response"),
    ((*THING, "prefixItems"), [], "components > schemas > Thing: prefixItems is not checked"),
    ((*COLOUR, "nullable"), True, "properties > colour: nullable means nothing in OpenAPI 3.1"),
    ((*COLOUR, "$dynamicRef"), "#x", "properties > colour: $dynamicRef is not followed"),
    ((*OPERATION, "responses", "default"), {"x-statements": ["CO-001"]}, "things.show: a default"),
]
REFERENCES = [
    ((*COLOUR, "$ref"), "#/components/schemas/None", "#/components/schemas/None points at nothing"),
    ((*COLOUR, "$ref"), "other.yaml", "other.yaml points outside the document"),
]
IDS = [
    ((*COLOUR, "x-statements"), ["CO-009"], "no statement of this vendor is numbered CO-009"),
    ((*COLOUR, "x-rule"), ["CO-009"], "no statement of this vendor is numbered CO-009"),
    ((*COLOUR, "x-statements"), ["CO-002", "CO-002"], "CO-002 is named 2 times"),
    ((*COLOUR, "x-statements"), [], "x-statements must be a list with at least one id"),
    ((*COLOUR, "x-statements"), "CO-002", "x-statements must be a list with at least one id"),
]
EVIDENCE = [
    ((*COLOUR, "x-evidence"), "guessed", "x-evidence is 'guessed'; write client or inferred"),
    ((*COLOUR, "x-evidence"), "documented", "x-evidence is 'documented'; write client or inferred"),
    ((*COLOUR, "x-evidence"), "client", "is client, but its statements are only inferred"),
    (COLOUR, {"x-statements": ["CO-002"]}, "is documented, but its statements are only inferred"),
    ((*THING, "x-evidence"), "inferred", "has x-evidence and no x-statements"),
]
UNSTATED = [
    ((*COLOUR[:-1], "size"), {"type": "integer"}, "properties > size: has no x-statements"),
    ((*OPERATION, "parameters"), [{"name": "page"}], "parameters > page: has no x-statements"),
    ((*OPERATION, "responses", "404"), {}, "things.show > 404: has no x-statements"),
    ((*OPERATION, "responses", "422"), UNSTATED_EXAMPLE, "422 > examples > taken: has no x-statements"),
]
OPERATIONS = [
    ((*OPERATION, "operationId"), "things.hide", "things.hide: no statement speaks of this operation"),
    ((*OPERATION, "operationId"), "things.hide", "things.show: statements speak of this operation"),
    ((*PATH, "put"), GOOD["paths"]["/things/{id}"]["post"], "operationId must be given and unique"),
    ((*PATH, "put"), ANOTHER_ROW, "it must be things.show.put"),
]
PLACES = [
    ((*OPERATION, "description"), {"x-statements": ["CO-003"]}, "CO-003 stands in the document as well"),
    (("x-not-expressible",), [], "CO-003: stands nowhere in the document: The page is old."),
    ((*EXCUSE, "statements"), ["CO-003", "CO-002"], "CO-002 stands in the document as well"),
    ((*EXCUSE, "statements"), ["CO-003", "CO-003"], "CO-003 is named 2 times"),
    ((*EXCUSE, "statements"), ["CO-003", "CO-009"], "is numbered CO-009"),
    ((*EXCUSE, "reason"), "", "gives no reason for CO-003"),
]


@pytest.mark.parametrize(
    ("place", "value", "finding"),
    [*TRAPS, *REFERENCES, *IDS, *EVIDENCE, *UNSTATED, *OPERATIONS, *PLACES],
)
def test_a_fault_is_found(place: tuple[Any, ...], value: Any, finding: str) -> None:
    findings = "\n".join(map(str, lint(broken(place, value), STATEMENTS)))

    assert finding in findings


def test_a_documented_statement_must_stand_in_each_operation_it_names() -> None:
    document = broken((*OPERATION[:1], "/others"), {"get": {"operationId": "others.list"}})
    document["paths"]["/others"]["get"]["x-statements"] = ["CO-003"]
    document["x-not-expressible"] = []
    moved = STATEMENTS | {
        "CO-001": Statement(
            "CO-001", "consero", "Both.", "documented", ("p",), ("things.show", "others.list")
        )
    }

    assert "others.list: CO-001 names this operation and does not stand in it: Both." in map(
        str, lint(document, moved)
    )


def test_what_a_client_shows_must_stand_somewhere() -> None:
    seen = STATEMENTS | {"CO-004": Statement("CO-004", "consero", "A client.", "client", ("p",), ("all",))}

    assert [str(one) for one in lint(GOOD, seen)] == ["CO-004: stands nowhere in the document: A client."]


def test_what_was_inferred_may_stand_in_the_statements_alone() -> None:
    assert lint(broken(COLOUR, {"x-statements": ["CO-001"]}), STATEMENTS) == []


def test_a_property_called_like_a_keyword_is_no_trap() -> None:
    property_ = {"x-statements": ["CO-002"], "x-evidence": "inferred"}

    assert lint(broken((*THING, "properties", "nullable"), property_), STATEMENTS) == []


def test_the_command_exits_zero_when_nothing_is_found() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "contracts.lint"], capture_output=True, text=True, check=False
    )

    assert (done.returncode, done.stdout) == (
        0,
        "Nothing found in the documents of consero, proctorexam, constructor.\n",
    )


def test_the_command_exits_one_with_its_findings(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("contracts.lint.load_document", lambda vendor: broken(("x-not-expressible",), []))
    monkeypatch.setattr("contracts.lint.load_statements", lambda vendor: STATEMENTS)

    assert main() == 1
    assert capsys.readouterr().out.splitlines() == [
        "consero: CO-003: stands nowhere in the document: The page is old.",
        "proctorexam: CO-003: stands nowhere in the document: The page is old.",
        "constructor: CO-003: stands nowhere in the document: The page is old.",
        "3 findings.",
    ]


def test_the_command_exits_two_when_it_cannot_read(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def unreadable(vendor: str) -> None:
        raise StatementsError(f"{vendor} has no list under the key 'statements'.")

    monkeypatch.setattr("contracts.lint.load_statements", unreadable)

    assert main() == 2
    assert capsys.readouterr().err == "consero has no list under the key 'statements'.\n"
