"""A call of any operation that passes the access checks; what it asks for may be nonsense."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from starlette.testclient import TestClient

from mockserver.clock import Machine
from mockserver.signing import sign
from mockserver.signing.wish import Wish
from mockserver.vendor import Operation, Vendor
from mockserver.vendors import all_vendors

VENDORS = {vendor.name: vendor for vendor in all_vendors()}
OPERATIONS = [
    (vendor, operation)
    for vendor in VENDORS.values()
    for operation in vendor.operations
    if not operation.is_page
]


def call(
    client: TestClient,
    machine: Machine,
    vendor: Vendor,
    operation: Operation,
    *,
    parameters: Mapping[str, Any] | None = None,
    path_id: Any = "1",
    query: str = "",
    headers: Mapping[str, str] | None = None,
    credentials: Mapping[str, str] | None = None,
) -> Any:
    """Send a signed request to an operation; every id of the path is `path_id`."""
    access = {
        "base_url": f"http://127.0.0.1:8000/{vendor.name}{vendor.base_path}",
        **(credentials or vendor.default_credentials),
    }
    path = operation.path.replace("{integration_name}", access.get("integration_name", ""))
    path = re.sub(r"\{[a-z_]+\}", str(path_id), path)
    wish = Wish(
        operation.methods[0],
        vendor.prefix + path + query,
        dict(parameters or {}),
        headers=tuple((headers or {}).items()),
    )
    request = sign(vendor.name, wish, access, now_ms=machine.now_ms(), random_bytes=machine.random_bytes)
    return client.request(request.method, request.url, headers=dict(request.headers), content=request.body)
