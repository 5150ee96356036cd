"""Faults as a socket sees them: a server in a process of its own, with each parser, with several workers."""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.conftest import CONSERO_KEY, RunningServer

Serve = Callable[..., AbstractContextManager[RunningServer]]
BODY = b'[{"testId":119,"testName":"Technology - Email Test"}]'


@pytest.fixture(scope="module", params=["httptools", "h11"])
def wired(request: pytest.FixtureRequest) -> Iterator[RunningServer]:
    from tests.conftest import serving

    with serving("--database", "sqlite://", "--http", request.param) as server:
        yield server


def arm(server: RunningServer, **rule: Any) -> None:
    url = f"{server.url}/__admin/sandboxes/default/faults"
    request = urllib.request.Request(url, json.dumps(rule).encode(), {"Content-Type": "application/json"})
    urllib.request.urlopen(request).close()


def received(server: RunningServer) -> bytes:
    """List the examinations; return every byte until the server closes."""
    host = urlsplit(server.url)
    with socket.create_connection((host.hostname, host.port), timeout=10) as connection:
        headers = f"Host: {host.netloc}\r\nx-api-key: {CONSERO_KEY}\r\nConnection: close\r\n"
        connection.sendall(f"GET /consero/api/v1/examinations HTTP/1.1\r\n{headers}\r\n".encode())
        found = b""
        while chunk := connection.recv(65_536):
            found += chunk
    return found


def test_hang_up_sends_nothing(wired: RunningServer) -> None:
    arm(wired, fault="hang_up", times=1)
    assert received(wired) == b""
    assert received(wired).endswith(BODY)


def test_lost_answer_sends_nothing(wired: RunningServer) -> None:
    arm(wired, fault="lose_answer", times=1)
    assert received(wired) == b""
    assert received(wired).endswith(BODY)


def test_cut_body_ends_half_way(wired: RunningServer) -> None:
    arm(wired, fault="cut_body", times=1)
    head, _, body = received(wired).partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200 ")
    assert f"content-length: {len(BODY)}".encode() in head.lower()
    assert body == BODY[: len(BODY) // 2]


def test_malformed_json_states_its_length_truly(wired: RunningServer) -> None:
    arm(wired, fault="malformed_json", times=1)
    head, _, body = received(wired).partition(b"\r\n\r\n")
    assert f"content-length: {len(body)}".encode() in head.lower()
    assert body == BODY[:-1]


def test_delayed_answer_holds_up_nobody_else(wired: RunningServer) -> None:
    arm(wired, fault="delay", delay_ms=700, times=1)
    with ThreadPoolExecutor(1) as threads:
        start = time.monotonic()
        delayed = threads.submit(received, wired)
        time.sleep(0.2)
        assert received(wired).endswith(BODY)
        assert not delayed.done()
        assert delayed.result().endswith(BODY)
        assert time.monotonic() - start >= 0.7


def test_hang_up_is_no_error_of_the_server(wired: RunningServer, capfd: pytest.CaptureFixture[str]) -> None:
    arm(wired, fault="hang_up", times=1)
    arm(wired, fault="cut_body", times=1)
    received(wired)
    received(wired)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("store", ["sqlite", "postgresql"])
def test_workers_together_strike_no_call_too_many(
    serve: Serve, tmp_path: Path, store: str, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/a.db" if store == "sqlite" else request.getfixturevalue("postgresql_url")
    with serve("--database", url, "--workers", "2") as server:
        arm(server, fault="status", code=403, times=25)
        with ThreadPoolExecutor(8) as threads:
            answers = list(threads.map(lambda _: received(server)[9:12], range(100)))
    assert answers.count(b"403") == 25
    assert answers.count(b"200") == 75


def test_share_of_calls_is_true_over_workers(serve: Serve, tmp_path: Path) -> None:
    """Which calls are struck depends on their number only: the count is that of a single process."""
    from mockserver.faults.kinds.delay import Delay

    rule = Delay(fault="delay", delay_ms=1, probability=0.3, seed=5)
    expected = sum(rule.strikes(asked) for asked in range(1, 81))
    with serve("--database", f"sqlite:///{tmp_path}/a.db", "--workers", "2") as server:
        arm(server, fault="status", code=403, probability=0.3, seed=5)
        with ThreadPoolExecutor(4) as threads:
            answers = list(threads.map(lambda _: received(server)[9:12], range(80)))
    assert answers.count(b"403") == expected


def test_seed_file_is_an_option_of_serve(serve: Serve, tmp_path: Path) -> None:
    file = tmp_path / "seed.yaml"
    file.write_text("sandboxes: {default: {faults: [{fault: status, code: 403, times: 1}]}}")
    with serve(
        "--database", f"sqlite:///{tmp_path}/a.db", "--workers", "2", "--seed-file", str(file)
    ) as server:
        assert [received(server)[9:12] for _ in range(4)].count(b"403") == 1
