"""The vendors that are imitated, and what each of them can do."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field

from mockserver.admin.control import Controls, Desk
from mockserver.admin.magic import MagicOperation
from mockserver.faults import registry
from mockserver.faults.magic_page import magic_values
from mockserver.vendor import Vendor

controls = Controls()


class ListedError(BaseModel):
    """An error that an operation documents."""

    code: int
    variant: int = Field(description="Which one, where several have this code.")
    name: str = Field(description="The code, with the variant where that is not the first.")
    when: str = Field(description="What makes the real one answer so.")
    statements: list[str]


class ListedOperation(BaseModel):
    """An operation of a vendor."""

    id: str
    methods: list[str]
    path: str = Field(description="Below the base URL.")
    summary: str
    deprecated: bool
    statements: list[str]
    errors: list[ListedError]
    magic_values: MagicOperation


class ListedVendor(BaseModel):
    """A vendor that is imitated."""

    name: str
    title: str
    base_url: str = Field(description="What a client is configured with.")
    checks: list[str] = Field(description="The access checks, in order.")
    operations: list[ListedOperation]


@controls.add("GET", "/vendors", "vendors.list", answers=list[ListedVendor])
def list_vendors(desk: Desk) -> list[dict[str, Any]]:
    """List the vendors with their operations."""
    return [as_json(vendor, desk.base_url) for vendor in desk.vendors]


def as_json(vendor: Vendor, server_url: str) -> dict[str, Any]:
    """Return a vendor as the control API shows it."""
    return {
        "name": vendor.name,
        "title": vendor.title,
        "base_url": f"{server_url}/{vendor.name}{vendor.base_path}",
        "checks": list(vendor.checks),
        "operations": [
            {
                "id": operation.id,
                "methods": list(operation.methods),
                "path": operation.path,
                "summary": operation.summary,
                "deprecated": operation.deprecated,
                "statements": list(operation.statements),
                "errors": registry.listed(registry.errors_of(vendor, operation)),
                "magic_values": magic_values(vendor, operation),
            }
            for operation in vendor.operations
        ],
    }
