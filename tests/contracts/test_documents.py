"""The OpenAPI documents are valid, complete and true to their own examples."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

from contracts.documents import (
    UnresolvedReferenceError,
    for_engine,
    load_document,
    resolve,
    rows,
    statements_in,
)
from contracts.statements import VENDORS, UnknownVendorError


def examples(node: Any, place: tuple[str, ...] = ()) -> Iterator[Any]:
    """Every example of the document beside the schema it must keep to."""
    if isinstance(node, dict):
        if "schema" in node and "example" in node:
            yield pytest.param(node["schema"], node["example"], id=".".join((*place, "example")))
        for name, one in node.get("examples", {}).items() if "schema" in node else ():
            yield pytest.param(node["schema"], one, id=".".join((*place, name)))
        if isinstance(node.get("examples"), list):
            schema = {key: value for key, value in node.items() if key != "examples"}
            for number, one in enumerate(node["examples"]):
                yield pytest.param(schema, one, id=".".join((*place, str(number))))
        for key, value in node.items():
            yield from examples(value, (*place, str(key)))
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from examples(value, (*place, str(number)))


EVERY_EXAMPLE = [
    pytest.param(vendor, *one.values, id=f"{vendor}:{one.id}")
    for vendor in VENDORS
    for one in examples(load_document(vendor))
]


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_document_is_valid_openapi(vendor: str) -> None:
    OpenAPIV31SpecValidator(load_document(vendor)).validate()


@pytest.mark.parametrize(
    ("vendor", "operations", "method_and_path_rows", "webhooks"),
    [("consero", 4, 4, 0), ("proctorexam", 52, 59, 1), ("constructor", 6, 8, 4)],
)
def test_the_whole_public_surface_is_described(
    vendor: str, operations: int, method_and_path_rows: int, webhooks: int
) -> None:
    found = Counter(row.webhook for row in rows(load_document(vendor)))
    names = {row.operation for row in rows(load_document(vendor)) if not row.webhook}

    assert (len(names), found[False], found[True]) == (operations, method_and_path_rows, webhooks)


@pytest.mark.parametrize(
    ("vendor", "path"),
    [
        ("consero", "/examinations"),
        ("proctorexam", "/student_sessions/{id}"),
        ("constructor", "/api/v2/integration/simple/{integration_name}/exams/"),
    ],
)
def test_paths_are_relative_to_the_address_of_a_client(vendor: str, path: str) -> None:
    assert path in load_document(vendor)["paths"]


def test_patch_and_put_share_one_operation() -> None:
    found = [row for row in rows(load_document("proctorexam")) if row.operation == "student_sessions.update"]

    assert [(row.operation_id, row.method) for row in found] == [
        ("student_sessions.update.put", "PUT"),
        ("student_sessions.update", "PATCH"),
    ]


def test_parameters_of_the_path_belong_to_each_of_its_rows() -> None:
    (found,) = (row for row in rows(load_document("constructor")) if row.operation_id == "sessions.status")
    names = [resolve(load_document("constructor"), one)["name"] for one in found.definition["parameters"]]

    assert names == ["integration_name", "session_id"]


@pytest.mark.parametrize(
    ("vendor", "schema", "fields"),
    [
        ("consero", "Report", 13),
        ("proctorexam", "Institute", 30),
        ("proctorexam", "Exam", 31),
        ("proctorexam", "Student", 55),
        ("proctorexam", "StudentListItem", 58),
        ("proctorexam", "LtiStudent", 56),
        ("constructor", "VisibleWarnings", 23),
        ("constructor", "ScoreConfig", 17),
    ],
)
def test_no_field_of_a_printed_object_is_missing(vendor: str, schema: str, fields: int) -> None:
    assert len(load_document(vendor)["components"]["schemas"][schema]["properties"]) == fields


@pytest.mark.parametrize("schema", ["Institute", "Exam", "Student", "StudentListItem", "LtiStudent", "User"])
def test_every_printed_field_is_required_in_answers(schema: str) -> None:
    definition = load_document("proctorexam")["components"]["schemas"][schema]

    assert definition["required"] == list(definition["properties"])


@pytest.mark.parametrize(("vendor", "schema", "example"), EVERY_EXAMPLE)
def test_every_example_keeps_to_its_schema(vendor: str, schema: Any, example: Any) -> None:
    document = load_document(vendor)
    value = resolve(document, example)
    value = value["value"] if isinstance(example, dict) and ("value" in value or "$ref" in example) else value
    rooted = {"components": document["components"], "allOf": [schema]}

    jsonschema_rs.Draft202012Validator(rooted, validate_formats=True).validate(value)


def test_the_signature_parameters_are_not_generated() -> None:
    parameters = [
        resolve(load_document("proctorexam"), one)["name"]
        for row in rows(load_document("proctorexam"))
        for one in row.definition["parameters"]
    ]

    assert not {"timestamp", "nonce", "signature"} & set(parameters)


def test_statements_are_collected_through_references() -> None:
    document = {
        "paths": {"x-statements": ["CO-001"], "schema": {"$ref": "#/components/One"}},
        "components": {
            "One": {"x-rule": ["CO-002"], "items": {"$ref": "#/components/One"}},
            "Two": {"x-statements": ["CO-003"]},
        },
    }

    assert statements_in(document, document["paths"]) == {"CO-001", "CO-002"}


@pytest.mark.parametrize("reference", ["#/components/Two", "other.yaml#/One", "#/components/One/deeper"])
def test_a_reference_to_nothing_is_named(reference: str) -> None:
    with pytest.raises(UnresolvedReferenceError, match=reference):
        resolve({"components": {"One": 1}}, {"$ref": reference})


def test_an_unknown_vendor_is_named() -> None:
    with pytest.raises(UnknownVendorError, match="'acme'"):
        load_document("acme")


def test_the_engine_gets_no_extensions_and_known_values_as_examples() -> None:
    schema = {
        "$ref": "#/One",
        "x-statements": ["CO-001"],
        "items": [{"x-known-values": ["a"], "type": "string"}],
    }

    assert for_engine(schema) == {"$ref": "#/One", "items": [{"examples": ["a"], "type": "string"}]}
    assert "x-statements" in schema


@pytest.mark.parametrize("vendor", VENDORS)
def test_the_document_for_the_engine_is_valid_too(vendor: str) -> None:
    OpenAPIV31SpecValidator(for_engine(load_document(vendor))).validate()
