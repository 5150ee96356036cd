"""A server, a sandbox of Constructor Proctor with a session, and a receiver."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from constructor_calls import Integration, claims, integration_of
from starlette.testclient import TestClient
from webhook_receiver import Receiver, receiving

from mockserver.app import create_app
from mockserver.settings import Settings


@pytest.fixture(scope="session")
def shared_client() -> Iterator[TestClient]:
    app = create_app(Settings(database="sqlite://", webhook_hosts=("receiver.example",)))
    with TestClient(
        app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000), follow_redirects=False
    ) as client:
        yield client


@pytest.fixture
def integration(shared_client: TestClient) -> Integration:
    """A fresh sandbox, its clock standing still."""
    return integration_of(shared_client, shared_client.post("/__admin/sandboxes", json={}).json())


@pytest.fixture
def receiver(integration: Integration) -> Iterator[Receiver]:
    with receiving(integration.secret, lambda: integration.now_seconds) as running:
        integration.configure(
            review_url=f"{running.url}/review",
            schedule_url=f"{running.url}/schedule",
            warning_url=f"{running.url}/warning",
            agreement_acceptance_url=f"{running.url}/agreement?source=proctor",
        )
        yield running


@pytest.fixture
def running(integration: Integration, receiver: Receiver) -> Integration:
    """The integration with a session under way, and the receiver listening."""
    integration.start(claims(proctoring="online"))
    return integration


@pytest.fixture
def receiver_on_each_store(client_on_each_store: TestClient) -> Iterator[tuple[Integration, Receiver]]:
    """The same with the sandbox `default`, on SQLite and on PostgreSQL."""
    sandbox = client_on_each_store.get("/__admin/sandboxes/default").json()
    integration = integration_of(client_on_each_store, sandbox)
    with receiving(integration.secret, lambda: integration.now_seconds) as running:
        integration.configure(review_url=f"{running.url}/review", warning_url=f"{running.url}/warning")
        yield integration, running
