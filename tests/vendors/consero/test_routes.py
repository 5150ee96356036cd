"""Paths and methods that Consero does not have (CO-078, CO-079)."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient


@pytest.mark.parametrize(
    "path", ["/api/v1/xyz", "/api/v1/examinations/119", "/api/v2/examinations", "/api/v1//examinations", "/"]
)
def test_unknown_path(client: TestClient, key: dict[str, str], path: str) -> None:
    """CO-078."""
    answer = client.get(f"/consero{path}", headers=key)
    assert answer.status_code == 404
    assert answer.json() == {"message": f"The route {path.strip('/')} could not be found."}


@pytest.mark.parametrize(
    ("method", "path", "allow"),
    [
        ("GET", "report", "POST"),
        ("DELETE", "allocate-candidate", "POST"),
        ("PUT", "examinations", "GET, HEAD"),
    ],
)
def test_wrong_method(client: TestClient, key: dict[str, str], method: str, path: str, allow: str) -> None:
    """CO-079."""
    answer = client.request(method, f"/consero/api/v1/{path}", headers=key)
    assert answer.status_code == 405
    assert answer.headers["allow"] == allow
    refused = f"The {method} method is not supported for route api/v1/{path}."
    assert answer.json() == {"message": f"{refused} Supported methods: {allow}."}


@pytest.mark.parametrize(
    "path", ["/api/v1/%78", "/API/v1/examinations", "/api/v1;a/examinations", "/api/v1/%00"]
)
def test_odd_path_gives_no_data(client: TestClient, key: dict[str, str], path: str) -> None:
    answer = client.get(f"/consero{path}", headers=key)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/json"
