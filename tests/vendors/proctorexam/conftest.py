"""Customers of ProctorExam. They share one server for each store, but each has a sandbox of its own."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest
from proctorexam_customer import Customer
from starlette.testclient import TestClient

from mockserver.app import create_app
from mockserver.clock import Machine
from mockserver.settings import Settings

AT_MS = 1_795_289_832_000  # 2026-11-21T20:37:12+01:00


class StandingMachine(Machine):
    """A machine whose time stands still: sandboxes move their own."""

    def now_ms(self) -> int:
        return AT_MS


@pytest.fixture(scope="session")
def server_on(request: pytest.FixtureRequest) -> Iterator[Callable[[str], TestClient]]:
    """Return the session's server on `sqlite` or `postgresql`, started when it is asked for first."""
    running: dict[str, TestClient] = {}
    with contextlib.ExitStack() as stack:

        def start(store: str) -> TestClient:
            if store not in running:
                url = "sqlite://" if store == "sqlite" else request.getfixturevalue("postgresql_server")
                app = create_app(Settings(database=url), machine=StandingMachine())
                client = TestClient(app, base_url="http://127.0.0.1:8000", client=("127.0.0.1", 50_000))
                running[store] = stack.enter_context(client)
            return running[store]

        yield start


@pytest.fixture
def default_customer(server_on: Callable[[str], TestClient]) -> Customer:
    """The first user of `default`, which tests only read."""
    return Customer(server_on("sqlite"), StandingMachine().now_ms)


@pytest.fixture
def customer(default_customer: Customer) -> Customer:
    """The first user of a fresh sandbox, on SQLite in memory."""
    return default_customer.new_sandbox()


@pytest.fixture(params=["sqlite", "postgresql"])
def customer_on_each_store(
    request: pytest.FixtureRequest, server_on: Callable[[str], TestClient]
) -> Customer:
    """The first user of a fresh sandbox, on SQLite and on PostgreSQL."""
    return Customer(server_on(request.param), StandingMachine().now_ms).new_sandbox()
