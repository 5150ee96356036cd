"""The statuses that our routes declare are those of the contracts' documents."""

from __future__ import annotations

import pytest

from contracts.surface import load_surface
from mockserver.vendor import Operation
from mockserver.vendors import all_vendors

# Answers of a whole room, which no route declares: unknown objects of the path, slow or too large bodies.
OF_THE_ROOM = {404, 408, 413}
# Assumed of a vendor's server; ours takes the other way that the statements leave open.
OTHER_WAYS = {"sessions.archive": {302}, "sessions.browser_finish": {401}}
# 201 instead of 200 is a setting of ProctorExam's room (PE-013).
BY_SETTING = {201}
ROUTES = [
    (vendor.name, operation)
    for vendor in all_vendors()
    for operation in vendor.operations
    if not operation.id.startswith("pages.")
]
each_route = pytest.mark.parametrize(
    ("vendor", "operation"), ROUTES, ids=[f"{vendor}-{operation.id}" for vendor, operation in ROUTES]
)


def documented(vendor: str, operation: Operation) -> set[int]:
    surface = load_surface(vendor)
    rows = [row for row in surface.operations if row.id == operation.id]
    return {status for row in rows for status in surface.statuses(row)}


@each_route
def test_declared_status_is_documented(vendor: str, operation: Operation) -> None:
    assert set(operation.answers) - BY_SETTING <= documented(vendor, operation)


@each_route
def test_documented_status_is_declared(vendor: str, operation: Operation) -> None:
    expected = documented(vendor, operation) - OF_THE_ROOM - OTHER_WAYS.get(operation.id, set())
    assert expected - BY_SETTING <= set(operation.answers)
