"""Constructor's calls: one server for all tests of the room, and a sandbox for each."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from constructor_calls import Integration, integration_of
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.settings import Settings


@pytest.fixture(scope="session")
def shared_client() -> Iterator[TestClient]:
    app = create_app(Settings(database="sqlite://"))
    with TestClient(
        app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), follow_redirects=False
    ) as client:
        yield client


@pytest.fixture
def integration(shared_client: TestClient) -> Integration:
    """A fresh sandbox with the examples of the pages, its clock standing still."""
    return integration_of(shared_client, shared_client.post("/__admin/sandboxes", json={}).json())


@pytest.fixture
def default_integration(shared_client: TestClient) -> Integration:
    """The sandbox `default`, whose secret is known beforehand; shared, so to be left as it is."""
    return integration_of(shared_client, shared_client.get("/__admin/sandboxes/default").json())


@pytest.fixture
def empty_integration(shared_client: TestClient) -> Integration:
    """A fresh sandbox with nothing in it."""
    sandbox = shared_client.post("/__admin/sandboxes", json={"seed": False}).json()
    return integration_of(shared_client, sandbox)


@pytest.fixture
def integration_on_each_store(client_on_each_store: TestClient) -> Integration:
    """The sandbox `default`, on SQLite and on PostgreSQL."""
    sandbox = client_on_each_store.get("/__admin/sandboxes/default").json()
    return integration_of(client_on_each_store, sandbox)


@pytest.fixture
def open_integration(open_client: Callable[..., TestClient]) -> Callable[..., Integration]:
    """Start a server of one's own: `open_integration(credentials=…)`."""

    def start(**settings: Any) -> Integration:
        client = open_client(**settings)
        return integration_of(client, client.get("/__admin/sandboxes/default").json())

    return start
