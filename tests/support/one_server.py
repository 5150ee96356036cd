"""Fixtures for folders whose tests share one server in this process: a start takes longer than a test."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.settings import Settings


@pytest.fixture(scope="session")
def one_server() -> Iterator[TestClient]:
    """A server on SQLite in memory."""
    app = create_app(Settings(database="sqlite://"))
    peer = ("127.0.0.1", 50_000)
    with TestClient(app, base_url="http://127.0.0.1:8000", client=peer, follow_redirects=False) as client:
        yield client


@pytest.fixture
def client(one_server: TestClient) -> Iterator[TestClient]:
    """The server, whose sandbox `default` is reset behind each test, its clock as well."""
    yield one_server
    one_server.post("/__admin/sandboxes/default/reset")
    one_server.put("/__admin/sandboxes/default/clock", json={"mode": "real"})
