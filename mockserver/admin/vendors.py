"""The vendors that are imitated, and what each of them can do."""

from __future__ import annotations

from typing import Any

from mockserver.admin.control import Controls, Desk
from mockserver.faults import registry
from mockserver.faults.magic_page import magic_values
from mockserver.vendor import Vendor

controls = Controls()


@controls.add("GET", "/vendors", "vendors.list")
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
