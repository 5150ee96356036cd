"""Customers of ProctorExam, each with a server of its own."""

from __future__ import annotations

from typing import Any

import pytest
from proctorexam_customer import Customer
from starlette.testclient import TestClient


@pytest.fixture
def customer(client: TestClient, machine: Any) -> Customer:
    """The first user of `default`, on SQLite in memory."""
    return Customer(client, machine.now_ms)


@pytest.fixture
def customer_on_each_store(client_on_each_store: TestClient, machine: Any) -> Customer:
    """The first user of `default`, on SQLite and on PostgreSQL."""
    return Customer(client_on_each_store, machine.now_ms)
