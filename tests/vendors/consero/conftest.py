"""Consero's key and addresses, as its clients are configured with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

BASE_URL = "/consero/api/v1"


@pytest.fixture
def key() -> dict[str, str]:
    return {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}


@pytest.fixture
def post(client: TestClient, key: dict[str, str]) -> Callable[..., Any]:
    """Post JSON with the key: `post("/report", {"inviteId": 142})`."""
    return lambda path, body: client.post(BASE_URL + path, headers=key, json=body)


@pytest.fixture
def configure(client: TestClient) -> Callable[..., None]:
    """Change settings of the sandbox: `configure(repeated_allocation="new_invite")`."""

    def change(**settings: Any) -> None:
        answer = client.patch("/__admin/sandboxes/default/settings", json={"consero": settings})
        assert answer.status_code == 200, answer.text

    return change
