"""What is true in every room, whatever the vendor."""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest
from openapi_spec_validator import validate
from starlette.testclient import TestClient

from contracts.credentials import FIELDS
from contracts.documents import load_document, rows
from contracts.statements import VENDORS as NUMBERED
from contracts.statements import load_statements
from mockserver.cli.environment import CREDENTIALS
from mockserver.signing import signing_of
from mockserver.store import schema
from mockserver.vendor import Operation, Vendor
from mockserver.vendors import all_vendors

VENDORS = all_vendors()
POSTED_TO = [vendor for vendor in VENDORS if any("POST" in one.methods for one in vendor.operations)]
OPERATIONS = [(vendor, operation) for vendor in VENDORS for operation in vendor.operations]
# Pages of ours play what people do in the vendor's own pages, which no document describes.
API = [(vendor, operation) for vendor, operation in OPERATIONS if not operation.id.startswith("pages.")]


def str_of(pairs: list[tuple[Vendor, Operation]]) -> list[str]:
    """Return the names of the cases."""
    return [f"{vendor.name}-{operation.id}" for vendor, operation in pairs]


each_vendor = pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
each_operation = pytest.mark.parametrize(("vendor", "operation"), OPERATIONS, ids=str_of(OPERATIONS))
each_api_operation = pytest.mark.parametrize(("vendor", "operation"), API, ids=str_of(API))


def url_of(vendor: Vendor, operation: Operation) -> str:
    """Return the operation's path with 1 for every id, and the default integration where one is named."""
    path = vendor.path_of(operation).replace("{integration_name}", "fake-integration")
    return f"/{vendor.name}{re.sub('{[a-z_]+}', '1', path)}"


@each_operation
def test_caller_without_credentials_is_refused(
    client: TestClient, vendor: Vendor, operation: Operation
) -> None:
    answer = client.request(operation.methods[0], url_of(vendor, operation))
    assert 400 <= answer.status_code < 500
    assert answer.headers["x-mock-request-id"].startswith("req-")


@each_api_operation
def test_operation_stands_in_the_document_of_the_contracts(vendor: Vendor, operation: Operation) -> None:
    documented = {
        (row.operation, row.method, row.path) for row in rows(load_document(vendor.name)) if not row.webhook
    }
    for method in operation.methods:
        assert (operation.id, method, operation.path) in documented


@each_operation
def test_operation_rests_on_statements_that_exist(vendor: Vendor, operation: Operation) -> None:
    assert operation.statements
    assert set(operation.statements) <= set(load_statements(vendor.name))


@each_operation
def test_handler_takes_the_ids_of_its_path(vendor: Vendor, operation: Operation) -> None:
    ids = set(re.findall("{([a-z_]+)}", operation.path))
    taken = set(inspect.signature(operation.handler).parameters) - {"call", "params"}
    assert taken == ids


@each_operation
def test_every_refusal_of_an_operation_has_words_and_statements(vendor: Vendor, operation: Operation) -> None:
    refusals = vendor.errors_of(operation)
    assert refusals
    for refusal in refusals:
        assert refusal.when
        assert refusal.statements
        assert set(refusal.statements) <= set(load_statements(vendor.name))


@each_vendor
def test_no_operation_is_declared_twice(vendor: Vendor) -> None:
    places = [(method, operation.path) for operation in vendor.operations for method in operation.methods]
    assert len(places) == len(set(places))


@each_vendor
def test_openapi_document_is_valid(client: TestClient, vendor: Vendor) -> None:
    validate(client.get(f"/{vendor.name}/openapi.json").json())


@each_vendor
def test_openapi_document_names_the_answers_of_each_operation_and_no_others(
    client: TestClient, vendor: Vendor
) -> None:
    document = client.get(f"/{vendor.name}/openapi.json").json()
    described = {
        (path, method.upper()): set(operation["responses"])
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    assert described == {
        (vendor.path_of(operation), method): set(map(str, operation.answers))
        for operation in vendor.operations
        for method in operation.methods
        if not operation.is_page
    }
    assert "HTTPValidationError" not in str(document)


@each_vendor
def test_docs_page_shows_every_operation(client: TestClient, vendor: Vendor) -> None:
    page = client.get(f"/{vendor.name}/docs").text
    for operation in vendor.operations:
        assert (vendor.path_of(operation) in page) != operation.is_page


@each_vendor
def test_docs_page_shows_on_what_each_operation_rests(client: TestClient, vendor: Vendor) -> None:
    statements = load_statements(vendor.name)
    sections = client.get(f"/{vendor.name}/docs").text.split('<section id="')[1:]
    shown = {
        section.partition('"')[0]: re.findall(r"<tr><td>([A-Z]{2}-\d{3})</td><td>(\w+)</td>", section)
        for section in sections
    }
    for operation in vendor.operations:
        if not operation.is_page:
            expected = [(name, statements[name].evidence) for name in operation.statements]
            assert shown[f"{operation.id}.{operation.methods[0].lower()}"] == expected


@each_vendor
def test_unknown_path_is_answered_in_the_vendor_s_own_shape(client: TestClient, vendor: Vendor) -> None:
    answer = client.get(f"/{vendor.name}/no/such/path")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
    assert "mockserver" not in answer.text


@each_vendor
def test_tables_carry_the_vendor_s_name_and_the_sandbox(vendor: Vendor) -> None:
    text = (Path(schema.__file__).parent / "sqlite" / "0001_initial.sql").read_text(encoding="utf-8")
    declared = dict(re.findall(r"CREATE TABLE (\w+) \((.*?)\n\)", text, re.DOTALL))
    own = {name for name in declared if name.startswith(f"{vendor.name}_")}
    assert own == set(vendor.tables)
    for name in own:
        assert re.search(r"PRIMARY KEY \(sandbox_id", declared[name])


@each_vendor
def test_only_the_vendor_s_own_tables_are_described(vendor: Vendor) -> None:
    named = {name for one in vendor.belongings for name in (one.table, one.owner)}
    assert named | set(vendor.rows()) <= set(vendor.tables)


@each_vendor
def test_owners_are_declared_first(vendor: Vendor) -> None:
    """A world is read the other way round, so that nobody is read without its owner (copies.py)."""
    for one in vendor.belongings:
        assert vendor.tables.index(one.owner) < vendor.tables.index(one.table)


@each_vendor
def test_credentials_of_two_sandboxes_differ(client: TestClient, vendor: Vendor) -> None:
    first, second = (client.post("/__admin/sandboxes", json={}).json()["credentials"] for _ in range(2))
    for name in vendor.default_credentials:
        assert first[vendor.name][name] != second[vendor.name][name]


@each_vendor
def test_default_credentials_are_obviously_fake(vendor: Vendor) -> None:
    for value in vendor.default_credentials.values():
        assert "fake" in value


@each_vendor
def test_statements_of_the_vendor_are_numbered(vendor: Vendor) -> None:
    assert vendor.name in NUMBERED, "contracts/statements.py: PREFIXES has no letters for it"


@each_vendor
def test_client_of_the_vendor_can_sign(vendor: Vendor) -> None:
    signing = signing_of(vendor.name)
    assert vendor.base_path == signing.BASE_PATH
    assert set(signing.CREDENTIALS) == set(vendor.default_credentials)


@each_vendor
def test_credentials_can_be_given_to_the_server_and_to_the_contracts(vendor: Vendor) -> None:
    assert CREDENTIALS.get(vendor.name) == FIELDS.get(vendor.name) == tuple(vendor.default_credentials)


@pytest.mark.parametrize("vendor", POSTED_TO, ids=lambda vendor: vendor.name)
def test_body_too_large_is_refused_in_the_vendor_s_own_shape(client: TestClient, vendor: Vendor) -> None:
    operation = next(operation for operation in vendor.operations if "POST" in operation.methods)
    answer = client.post(url_of(vendor, operation), content=b"x" * (1024 * 1024 + 1))
    assert 400 <= answer.status_code < 500
    assert "mockserver" not in answer.text
