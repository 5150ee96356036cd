"""Every documented error of every operation, reached in each of the four ways."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest
from readme_tables import README
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.clock import Machine
from mockserver.faults import registry
from mockserver.faults.magic_page import magic_values
from mockserver.faults.registry import Registered
from mockserver.settings import Settings
from mockserver.vendor import Operation, Vendor
from tests.support.any_call import OPERATIONS, call

FAULTS = "/__admin/sandboxes/default/faults"
ERRORS = [
    pytest.param(vendor, operation, registered, id=f"{vendor.name}-{operation.id}-{registered.name}")
    for vendor, operation in OPERATIONS
    for registered in registry.errors_of(vendor, operation)
]
BY_OPERATION = [
    pytest.param(vendor, operation, id=f"{vendor.name}-{operation.id}") for vendor, operation in OPERATIONS
]
MACHINE = Machine()


@pytest.fixture(scope="module")
def shared() -> Iterator[TestClient]:
    """One server for all errors: none of them changes anything in it."""
    app = create_app(Settings(database="sqlite://"))
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as client:
        yield client


@pytest.fixture(scope="module")
def seeded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A server whose seed file holds each error of each operation once, one behind the other."""
    rules = [
        {
            "fault": "status",
            "vendor": vendor.name,
            "operation": operation.id,
            "code": registered.code,
            "variant": registered.variant,
            "times": 1,
        }
        for vendor, operation in OPERATIONS
        for registered in registry.errors_of(vendor, operation)
    ]
    file = tmp_path_factory.mktemp("seed") / "seed.yaml"
    file.write_text(json.dumps({"sandboxes": {"default": {"faults": rules}}}))
    app = create_app(Settings(database="sqlite://", seed_file=str(file)))
    with TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000)) as client:
        yield client


def body_of(answer: Any) -> Any:
    return answer.json() if answer.headers["content-type"] == "application/json" else answer.text


def expect(answer: Any, registered: Registered, by: str) -> None:
    assert answer.status_code == registered.code
    assert body_of(answer) == registered.error.body
    assert answer.headers["content-type"] == registered.error.content_type
    assert answer.headers["x-mock-injected"] == by


@pytest.mark.parametrize(("vendor", "operation", "registered"), ERRORS)
def test_by_prefer(shared: TestClient, vendor: Vendor, operation: Operation, registered: Registered) -> None:
    prefer = {"Prefer": f"code={registered.code}; variant={registered.variant}"}
    answer = call(shared, MACHINE, vendor, operation, headers=prefer)
    expect(answer, registered, "prefer")


@pytest.mark.parametrize(("vendor", "operation", "registered"), ERRORS)
def test_by_magic_value(
    shared: TestClient, vendor: Vendor, operation: Operation, registered: Registered
) -> None:
    page = magic_values(vendor, operation)
    value = next(
        item["value"]
        for item in page["values"]
        if (item["code"], item["variant"]) == (registered.code, registered.variant)
    )
    sent: dict[str, dict[str, Any]] = {
        "path": {"path_id": value},
        "query": {"query": f"?{page['name']}={value}"},
        "text": {"parameters": {page["name"]: value}},
        "id": {"parameters": {page["name"]: value}},
    }
    answer = call(shared, MACHINE, vendor, operation, **sent[page["in"]])
    expect(answer, registered, "magic_value")


@pytest.mark.parametrize(("vendor", "operation", "registered"), ERRORS)
def test_by_rule(shared: TestClient, vendor: Vendor, operation: Operation, registered: Registered) -> None:
    rule = {"fault": "status", "code": registered.code, "variant": registered.variant, "times": 1}
    armed = shared.post(FAULTS, json={**rule, "vendor": vendor.name, "operation": operation.id})
    assert armed.status_code == 201
    expect(call(shared, MACHINE, vendor, operation), registered, "fault")
    assert shared.delete(f"{FAULTS}/{armed.json()['id']}").status_code == 204


@pytest.mark.parametrize(("vendor", "operation"), BY_OPERATION)
def test_by_seed_file(seeded: TestClient, vendor: Vendor, operation: Operation) -> None:
    errors = registry.errors_of(vendor, operation)
    answers = [call(seeded, MACHINE, vendor, operation) for _ in errors]
    assert [answer.status_code for answer in answers] == [registered.code for registered in errors]
    assert [body_of(answer) for answer in answers] == [registered.error.body for registered in errors]
    assert {answer.headers["x-mock-injected"] for answer in answers} == {"seed_file"}


def test_errors_are_counted() -> None:
    """52 ProctorExam operations, 6 of Constructor, 4 of Consero; README says how many errors they have."""
    assert len(OPERATIONS) == 62
    assert f"{len(ERRORS)} errors of {len(OPERATIONS)} operations" in README.read_text(encoding="utf-8")
