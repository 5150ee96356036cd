"""What a request has made is gone with its answer: the collector would find it late, and has to search."""

from __future__ import annotations

import gc
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from raw_http import RawConnection

from mockserver.app import create_app
from mockserver.protocol import PARSERS
from mockserver.serving import AnnouncingServer, configured
from mockserver.settings import Settings
from tests.benchmarks.signed import OPERATIONS, Access, signed_request
from tests.benchmarks.subjects import access_at

REQUESTS = 60


@dataclass
class Served:
    """A server in this process, so that its garbage is ours."""

    server: AnnouncingServer
    url: str

    def await_no_connection(self) -> None:
        deadline = time.monotonic() + 10
        while self.server.server_state.connections:
            assert time.monotonic() < deadline, "connections that are over are still held"
            time.sleep(0.01)


@pytest.fixture(scope="module", params=[parser for parser in PARSERS if parser != "auto"])
def served(request: pytest.FixtureRequest) -> Iterator[Served]:
    is_ready = threading.Event()
    config = configured(lambda: create_app(Settings(database="sqlite://")), http=request.param)
    server = AnnouncingServer(config, is_ready.set)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=server.run, args=([listening],))
        thread.start()
        assert is_ready.wait(30)
        yield Served(server, f"http://127.0.0.1:{listening.getsockname()[1]}")
        server.should_exit = True
        thread.join()


@pytest.fixture
def url(served: Served) -> str:
    return served.url


@pytest.fixture
def collector_at_rest() -> Iterator[None]:
    gc.collect()
    gc.freeze()  # what is there already is none of ours, and takes long to look through
    gc.disable()
    yield
    gc.enable()
    gc.unfreeze()


def requests(operation: str, access: Access) -> list[bytes]:
    vendor, wish = OPERATIONS[operation]
    return [signed_request(vendor, wish(), access) for _ in range(REQUESTS)]


def statuses(connection: RawConnection, sent: list[bytes]) -> set[int]:
    found = set()
    for request in sent:
        connection.send(request)
        found.add(connection.answer().status)
    return found


@pytest.mark.parametrize("operation", OPERATIONS)
def test_answered_request_leaves_nothing_behind(url: str, operation: str, collector_at_rest: None) -> None:
    sent = requests(operation, access_at(url))
    with RawConnection(url) as connection:
        statuses(connection, sent[:2])  # what is made once
        gc.collect()
        assert statuses(connection, sent[2:]) <= {200, 201}
        assert gc.collect() < REQUESTS / 2


@pytest.mark.parametrize("operation", OPERATIONS)
def test_refused_request_leaves_nothing_behind(url: str, operation: str, collector_at_rest: None) -> None:
    first = requests(operation, access_at(url))[0]
    refused = first.replace(b"x-api-key: ", b"x-api-key: wrong-").replace(b"JWT ", b"JWT wrong.")
    with RawConnection(url) as connection:
        statuses(connection, [refused] * 2)  # a signed one is let in the first time
        gc.collect()
        assert min(statuses(connection, [refused] * REQUESTS)) >= 400
        assert gc.collect() < REQUESTS / 2


@pytest.mark.parametrize("ended_by", ["server", "caller", "caller in the middle"])
def test_connection_leaves_nothing_behind(served: Served, ended_by: str, collector_at_rest: None) -> None:
    request = requests("institutes.create", access_at(served.url))[0]
    if ended_by == "server":
        request = request.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n", 1)
    for count in (2, REQUESTS):  # the first make what is made once
        gc.collect()
        for _ in range(count):
            with RawConnection(served.url) as connection:
                connection.send(request)
                if ended_by != "caller in the middle":
                    connection.answer()
                if ended_by == "server":
                    assert connection.is_closed()
        served.await_no_connection()
    assert gc.collect() < REQUESTS / 2
