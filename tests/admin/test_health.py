"""Liveness asks only the process; readiness asks the store and what the server does by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from mockserver.courier import Courier
from mockserver.store.sqlite_file import sqlite3  # locks of two libraries in one process do not meet


@pytest.fixture
def locked(open_client: Callable[..., TestClient], tmp_path: Path) -> Iterator[TestClient]:
    """A server whose store another process keeps locked."""
    client = open_client(database=f"sqlite:///{tmp_path}/locked.db")
    other = sqlite3.connect(tmp_path / "locked.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    yield client
    other.close()


def test_ready_server_says_so_on_each_store(client_on_each_store: TestClient) -> None:
    answer = client_on_each_store.get("/__admin/ready")
    assert (answer.status_code, answer.json()["status"]) == (200, "ready")


def test_locked_store_is_not_ready(locked: TestClient) -> None:
    answer = locked.get("/__admin/ready")
    assert answer.status_code == 503
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].startswith("Not ready: the store cannot be written (")


def test_locked_store_is_alive(locked: TestClient) -> None:
    answer = locked.get("/__admin/health")
    assert (answer.status_code, answer.json()["status"]) == (200, "ok")


def test_store_that_comes_back_is_ready_again(open_client: Callable[..., TestClient], tmp_path: Path) -> None:
    client = open_client(database=f"sqlite:///{tmp_path}/back.db")
    other = sqlite3.connect(tmp_path / "back.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    assert client.get("/__admin/ready").status_code == 503
    other.close()
    assert client.get("/__admin/ready").status_code == 200


def test_courier_that_crashed_is_not_ready(
    open_client: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    async def crash(self: Courier) -> None:
        raise RuntimeError("a mistake of ours")

    monkeypatch.setattr(Courier, "look", crash)
    answer = open_client().get("/__admin/ready")
    assert answer.status_code == 503
    assert answer.json()["detail"] == "Not ready: stopped for good: webhooks. The log says why; restart it."
