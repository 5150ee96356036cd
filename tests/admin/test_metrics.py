"""What Prometheus reads: every answer once, with its operation, status and refusing check."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

from mockserver.metrics.shared import WRITE_EVERY_SECONDS
from mockserver.store.sqlite_file import sqlite3  # locks of two libraries in one process do not meet
from tests.conftest import CONSERO_KEY

Samples = dict[tuple[str, frozenset[tuple[str, str]]], float]
LIST = {"vendor": "consero", "operation": "examinations.list"}


def scraped(client: TestClient, path: str = "/__admin/metrics") -> Samples:
    """Return every sample by its name and labels, read by the parser of Prometheus' own client."""
    families = text_string_to_metric_families(client.get(path).raise_for_status().text)
    return {
        (sample.name, frozenset(sample.labels.items())): sample.value
        for family in families
        for sample in family.samples
    }


def named(name: str, **labels: str) -> tuple[str, frozenset[tuple[str, str]]]:
    return name, frozenset(labels.items())


def within_two_exchanges(holds: Callable[[], bool]) -> bool:
    """Ask until it holds; workers hear of each other once a second."""
    deadline = time.monotonic() + 2 * WRITE_EVERY_SECONDS + 3
    while not holds():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def list_examinations(client: TestClient, key: str = CONSERO_KEY) -> int:
    return client.get("/consero/api/v1/examinations", headers={"x-api-key": key}).status_code


def test_answers_are_counted_by_operation_and_status(client: TestClient) -> None:
    assert [list_examinations(client), list_examinations(client), list_examinations(client, "wrong")] == [
        200,
        200,
        401,
    ]
    found = scraped(client)
    assert found[named("mockserver_requests_total", **LIST, status="200")] == 2
    assert found[named("mockserver_requests_total", **LIST, status="401")] == 1


def test_refusals_are_counted_by_check(client: TestClient) -> None:
    assert list_examinations(client, "wrong") == 401
    assert scraped(client)[named("mockserver_refusals_total", **LIST, check="api_key")] == 1


def test_unknown_path_is_counted_without_its_text(client: TestClient) -> None:
    assert client.get("/consero/canary-in-a-path").status_code in (401, 404)
    assert "canary" not in client.get("/metrics").text
    assert any(("operation", "none") in labels for _, labels in scraped(client))


def test_latency_falls_into_the_bounds(client: TestClient) -> None:
    """The settable machine's time stands still: every answer takes no time at all."""
    assert list_examinations(client) == 200
    found = scraped(client)
    duration = "mockserver_request_duration_seconds"
    assert found[named(f"{duration}_bucket", **LIST, le="0.001")] == 1
    assert found[named(f"{duration}_bucket", **LIST, le="+Inf")] == 1
    assert found[named(f"{duration}_count", **LIST)] == 1
    assert found[named(f"{duration}_sum", **LIST)] == 0


def test_what_is_kept_is_counted_on_each_store(client_on_each_store: TestClient) -> None:
    assert list_examinations(client_on_each_store) == 200
    found = scraped(client_on_each_store)
    assert found[named("mockserver_store_up")] == 1
    assert found[named("mockserver_journal_entries")] == 1
    assert found[named("mockserver_nonces_held")] == 0
    assert found[named("mockserver_deliveries_pending")] == 0
    assert found[named("mockserver_store_waiting")] == 0


def test_same_page_stands_where_prometheus_looks(client: TestClient) -> None:
    assert scraped(client, "/metrics").keys() == scraped(client).keys()
    assert client.get("/metrics").headers["content-type"] == "text/plain; version=0.0.4; charset=utf-8"


def test_page_is_behind_the_door_of_the_control_api(open_client: Callable[..., TestClient]) -> None:
    guarded = open_client(host="0.0.0.0", admin_token="t" * 24)
    assert guarded.get("/metrics").status_code == 401
    with_token = guarded.get("/metrics", headers={"authorization": f"Bearer {'t' * 24}"})
    assert with_token.status_code == 200


def test_counts_are_told_when_the_store_is_away(
    open_client: Callable[..., TestClient], tmp_path: Path
) -> None:
    client = open_client(database=f"sqlite:///{tmp_path}/kept.db")
    assert list_examinations(client) == 200
    with sqlite3.connect(tmp_path / "kept.db") as other:
        other.execute("BEGIN IMMEDIATE")
        found = scraped(client)
        other.rollback()
    other.close()
    assert found[named("mockserver_store_up")] == 0
    assert found[named("mockserver_requests_total", **LIST, status="200")] == 1


def test_workers_of_one_server_tell_the_sum(serve: Callable[..., Any], tmp_path: Path) -> None:
    with serve("--workers", "2", "--database", f"sqlite:///{tmp_path}/shared.db") as server:
        statuses = [
            httpx2.get(
                f"{server.url}/consero/api/v1/examinations", headers={"x-api-key": CONSERO_KEY}
            ).status_code
            for _ in range(12)
        ]
        assert statuses == [200] * 12
        line = 'mockserver_requests_total{vendor="consero",operation="examinations.list",status="200"} 12'
        assert within_two_exchanges(lambda: line in httpx2.get(f"{server.url}/metrics").text.splitlines())
