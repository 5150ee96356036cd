"""The journal as it grows, from a server in a process of its own."""

from __future__ import annotations

import json
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import RunningServer


@contextmanager
def followed(server: RunningServer, sandbox_id: str, query: str = "") -> Iterator[Iterator[dict[str, Any]]]:
    """Open the stream; yields the entries as they come."""
    url = f"{server.url}/__admin/sandboxes/{sandbox_id}/requests/stream{query}"
    with urllib.request.urlopen(url, timeout=20) as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert answer.readline().startswith(b": ")
        yield (json.loads(line[5:]) for line in answer if line.startswith(b"data:"))


def made(server: RunningServer) -> dict[str, Any]:
    request = urllib.request.Request(
        f"{server.url}/__admin/sandboxes", b"{}", {"Content-Type": "application/json"}
    )
    with urllib.request.urlopen(request) as answer:
        sandbox: dict[str, Any] = json.loads(answer.read())
        return sandbox


def listed(sandbox: dict[str, Any]) -> str:
    """List the examinations in a sandbox; returns the request id."""
    access = sandbox["credentials"]["consero"]
    request = urllib.request.Request(
        f"{access['base_url']}/examinations", headers={"x-api-key": access["api_key"]}
    )
    with urllib.request.urlopen(request) as answer:
        request_id: str = answer.headers["x-mock-request-id"]
        return request_id


def removed(server: RunningServer, sandbox_id: str) -> None:
    request = urllib.request.Request(f"{server.url}/__admin/sandboxes/{sandbox_id}", method="DELETE")
    urllib.request.urlopen(request).close()


def test_requests_are_seen_as_they_come(server: RunningServer) -> None:
    sandbox = made(server)
    listed(sandbox)
    with followed(server, sandbox["id"]) as entries:
        ids = [listed(sandbox), listed(sandbox)]
        assert [next(entries)["request_id"], next(entries)["request_id"]] == ids


def test_requests_behind_one_come_first(server: RunningServer) -> None:
    sandbox = made(server)
    ids = [listed(sandbox) for _ in range(3)]
    with followed(server, sandbox["id"], f"?after={ids[0]}") as entries:
        assert [next(entries)["request_id"], next(entries)["request_id"]] == ids[1:]


def test_other_sandboxes_and_other_operations_are_not_seen(server: RunningServer) -> None:
    sandbox, other = made(server), made(server)
    with followed(server, sandbox["id"], "?operation=examinations.list&refused=false") as entries:
        listed(other)
        mine = listed(sandbox)
        assert next(entries)["request_id"] == mine


def test_stream_ends_with_its_sandbox(server: RunningServer) -> None:
    sandbox = made(server)
    with followed(server, sandbox["id"]) as entries:
        removed(server, sandbox["id"])
        assert list(entries) == [None]


@pytest.mark.parametrize("workers", ["2"])
def test_requests_of_all_workers_are_seen_once(
    serve: Callable[..., AbstractContextManager[RunningServer]], tmp_path: Path, workers: str
) -> None:
    with serve("--workers", workers, "--database", f"sqlite:///{tmp_path}/a.db") as server:
        sandbox = made(server)
        with followed(server, sandbox["id"]) as entries:
            ids = [listed(sandbox) for _ in range(30)]
            assert [next(entries)["request_id"] for _ in ids] == ids


def test_stream_of_nobody_is_refused(server: RunningServer) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404") as refused:
        urllib.request.urlopen(f"{server.url}/__admin/sandboxes/nobody/requests/stream")
    refused.value.close()


@pytest.mark.parametrize(
    ("options", "seconds"),
    [((), 1), (("--http", "h11"), 1), (("--workers", "2"), 3)],  # a supervisor alone takes a second to end
)
def test_stream_keeps_no_server_from_stopping(
    serve: Callable[..., AbstractContextManager[RunningServer]],
    tmp_path: Path,
    options: tuple[str, ...],
    seconds: int,
) -> None:
    """A server that waits for its streams would take until the end of its patience, 5 s."""
    with serve("--database", f"sqlite:///{tmp_path}/a.db", *options) as server:
        with followed(server, "default") as entries:
            started = time.monotonic()
            server.process.terminate()
            assert list(entries) == []
        server.process.wait(timeout=10)
        assert time.monotonic() - started < seconds
