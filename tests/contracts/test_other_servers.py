"""Servers that are not the vendor's, or that stop being there: one sentence, a few requests, never a 0."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from xml.etree import ElementTree

import pytest
from processes import running_process

from contracts.bench import Stop
from contracts.cli import main
from contracts.proctorexam.samples import shared
from contracts.safety import Guard, Profile
from contracts.vendors import load_vendor

Run = Callable[..., tuple[int, Any]]
JSON = b"Content-Type: application/json\r\n"
PAGE = b"<!doctype html><html><head><title>Sign in</title></head></html>"
LIST = b'[{"testId": 119, "testName": "Technology"}]'


def answer(status: str, head: bytes = b"", body: bytes = b"") -> bytes:
    length = f"Content-Length: {len(body)}\r\n\r\n".encode()
    return f"HTTP/1.1 {status}\r\nConnection: close\r\n".encode() + head + length + body


class Raw:
    """Says to the n-th connection what a function of n gives, and hangs up; None means to say nothing."""

    def __init__(self, says: Callable[[int], bytes | None]) -> None:
        self._says = says
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.requests = 0
        self.port = self._listener.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/api/v1"
        threading.Thread(target=self._serve, daemon=True).start()

    def close(self) -> None:
        self._over.set()
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                threading.Thread(target=self._take, args=(connection,), daemon=True).start()

    def _take(self, connection: socket.socket) -> None:
        with suppress(OSError), connection:
            if not connection.recv(65_536):
                return  # somebody looked whether anybody listens
            said = self._says(self.requests)
            self.requests += 1
            if said is None:
                self._over.wait()
            else:
                connection.sendall(said)
                connection.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def raw() -> Iterator[Callable[[Callable[[int], bytes | None]], Raw]]:
    """Start raw servers; they are gone at the end of the test."""
    started: list[Raw] = []

    def start(says: Callable[[int], bytes | None]) -> Raw:
        started.append(Raw(says))
        return started[-1]

    yield start
    for server in started:
        server.close()


@pytest.fixture(autouse=True)
def _short_timeout(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("contracts.door.TIMEOUT_SECONDS", 0.3)


@pytest.mark.parametrize(
    ("said", "code", "sentence"),
    [
        (answer("404 Not Found", JSON, b"{}"), 2, "This is not where Consero is: GET /api/v1/examinations"),
        (answer("200 OK", b"Content-Type: text/html\r\n", PAGE), 2, "200 with the web page 'Sign in'. Check"),
        (
            answer("302 Found", b"Location: https://login.example.com/\r\n"),
            2,
            "to https://login.example.com/",
        ),
        (answer("500 Oops", JSON, b'{"error": "boom"}'), 1, "The server fails at the simplest call"),
        (answer("429 Slow", b"Retry-After: 0\r\n"), 2, "the server limits the rate of requests (429)"),
        (b"", 2, "the server closed the connection without an answer"),
        (b"SSH-2.0-OpenSSH\r\n", 2, "The simplest call got no answer"),
        (answer("200 OK", JSON, LIST)[:-5], 2, "The simplest call got no answer: broken answer"),
        (None, 2, "no whole answer within"),
    ],
    ids=["404", "page", "redirect", "500", "429", "silence", "no-http", "cut-short", "hangs"],
)
def test_server_that_cannot_be_judged_is_asked_once(
    run_contracts: Run, raw: Any, said: bytes | None, code: int, sentence: str
) -> None:
    server = raw(lambda _: said)
    ended, report = run_contracts("consero", server.url, "--profile", "full")
    assert (ended, sentence in report.extra["sentences"][0]) == (code, True)
    assert (server.requests, set(report.standings.values())) == (1, {"not exercised"})


def test_server_that_is_not_there_is_no_verdict(run_contracts: Run) -> None:
    code, report = run_contracts("consero", "http://127.0.0.1:9/api/v1")
    assert (code, report.ids("violated", "documented", "inferred")) == (2, [])


def test_junit_of_a_run_that_could_not_judge_is_not_green(
    run_contracts: Run, raw: Any, tmp_path: Path
) -> None:
    run_contracts("consero", raw(lambda _: b"").url)
    suite = ElementTree.parse(tmp_path / "contracts-consero.xml").getroot()
    assert (suite.get("errors"), suite.get("failures")) == ("1", "0")


def test_page_of_a_router_is_no_unknown_session(run_contracts: Run, raw: Any) -> None:
    server = raw(lambda _: answer("302 Found", b"Location: /login\r\n"))
    ended, report = run_contracts("constructor", server.url)
    assert (ended, server.requests) == (2, 1)
    assert report.extra["sentences"][0].startswith("This is not where Constructor Proctor is")


def test_server_that_falls_silent_is_left_after_five_requests(run_contracts: Run, raw: Any) -> None:
    server = raw(lambda number: answer("200 OK", JSON, LIST) if number < 8 else b"")
    code, report = run_contracts("consero", server.url, "--profile", "readonly")
    assert (code, server.requests) == (2, 13)
    assert "left 5 requests in a row without an answer" in report.extra["sentences"][0]
    assert "the run ended before" in {report.reason(one) for one in report.standings}


def test_limit_of_the_rate_is_no_refusal_of_what_was_asked(run_contracts: Run, raw: Any) -> None:
    limited = answer("429 Too Many Requests", b"Retry-After: 0\r\n")
    server = raw(lambda number: answer("200 OK", JSON, LIST) if number != 2 else limited)
    _, report = run_contracts("consero", server.url, "--profile", "readonly", "--only", "consero.key")
    assert report.standings["CO-017"] == "undecided"
    assert "(429)" in report.reason("CO-017")


@pytest.mark.parametrize(("before", "after"), [(0.0, 4.0), (4.0, 2.0), (1.0, 0.5)])
def test_server_that_limits_is_asked_at_half_the_rate(before: float, after: float) -> None:
    guard = Guard(Profile.READONLY, "", load_vendor("consero").rules, None, "pmc", 9, before)  # type: ignore[arg-type]
    guard.slow_down("0")
    assert guard.per_second == after


def test_answer_that_trickles_is_none(run_contracts: Run) -> None:
    listener = socket.create_server(("127.0.0.1", 0))
    stop = threading.Event()

    def trickle() -> None:
        connection, _ = listener.accept()
        with suppress(OSError), connection:
            connection.recv(65_536)
            connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            while not stop.wait(0.05):
                connection.sendall(b"{")

    threading.Thread(target=trickle, daemon=True).start()
    code, report = run_contracts("consero", f"http://127.0.0.1:{listener.getsockname()[1]}/")
    stop.set()
    listener.close()
    assert (code, "no whole answer within" in report.extra["sentences"][0]) == (2, True)


def test_https_at_a_port_that_speaks_http_is_told(run_contracts: Run, raw: Any) -> None:
    server = raw(lambda _: b"HTTP/1.1 400 Bad Request\r\n\r\n")
    code, report = run_contracts("consero", f"https://127.0.0.1:{server.port}/api/v1")
    assert (code, "does it speak http?" in report.extra["sentences"][0]) == (2, True)


def test_certificate_of_nobody_is_told(run_contracts: Run, tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    make = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    subprocess.run([*make, "-keyout", key, "-out", certificate], check=True, capture_output=True)
    command = [sys.executable, "-c", TLS_SERVER, str(certificate), str(key)]
    with running_process(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        code, report = run_contracts("consero", f"https://localhost:{process.stdout.readline().strip()}/")
        process.kill()
    assert (code, "REQUESTS_CA_BUNDLE" in report.extra["sentences"][0]) == (2, True)


TLS_SERVER = """
import ssl, sys
from http.server import HTTPServer, SimpleHTTPRequestHandler
context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
context.load_cert_chain(sys.argv[1], sys.argv[2])
server = HTTPServer(("127.0.0.1", 0), SimpleHTTPRequestHandler)
server.socket = context.wrap_socket(server.socket, server_side=True)
print(server.server_port, flush=True)
sys.stderr = open("/dev/null", "w")
server.serve_forever()
"""


def test_creation_that_nobody_confirmed_is_named(run_contracts: Run, record: Any) -> None:
    server = record(lambda method, *_: (200, [{"testId": 119, "testName": "T"}] if method == "GET" else {}))
    _, report = run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    assert "10 creations got no answer that says what was made" in " ".join(report.extra["sentences"])
    assert sum(path.endswith("/allocate-candidate") for _, path, _ in server.received) == 10


def test_shared_object_that_cannot_be_made_is_tried_twice() -> None:
    bench: Any = SimpleNamespace(shelf={})
    tries: list[object] = []

    def create(_: object) -> dict[str, Any]:
        tries.append(_)
        raise Stop("no exam could be created")

    for_all = pytest.raises(Stop, match="no exam could be created")
    with for_all:
        shared(bench, "exam", create)
    with for_all:
        shared(bench, "exam", create)
    with for_all:
        shared(bench, "exam", create)
    assert len(tries) == 2


def test_plan_says_that_nothing_can_be_removed_where_that_is_so(capsys: pytest.CaptureFixture[str]) -> None:
    main(["run", "--vendor", "constructor", "--base-url", "https://vendor.example", "--profile", "dry"])
    assert "no way to remove it" in capsys.readouterr().out


def test_spent_budget_is_told(run_contracts: Run, record: Any) -> None:
    server = record(lambda *_: (200, [{"testId": 119, "testName": "T"}]))
    _, report = run_contracts("consero", f"{server.url}/api/v1", "--max-requests", "5")
    assert report.extra["sentences"][0].startswith("The budget of 5 requests was spent before the end")


SUITE = "-q -p no:cacheprovider -p contracts.suite.plugin --pyargs contracts.suite --contracts-vendor consero"


@pytest.mark.parametrize(
    ("address", "code", "said"),
    [
        ("http://127.0.0.1:9/api/v1", 1, "cannot be reached"),
        ("http://vendor.example/api/v1", 2, "Credentials do not travel in the clear"),
    ],
)
def test_suite_is_not_green_where_nothing_was_judged(
    tmp_path: Path, address: str, code: int, said: str
) -> None:
    command = [sys.executable, "-m", "pytest", *SUITE.split(), "--contracts-base-url", address]
    ended = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ended.returncode, said in ended.stdout + ended.stderr) == (code, True)


@pytest.mark.parametrize(
    "address",
    ["http://127.0.0.1:99999", "http://127.0.0.1:abc", "http://[::1", "http://127.0.0.1:0", "127.0.0.1:80"],
)
@pytest.mark.parametrize("command", ["run", "cleanup"])
def test_address_that_is_none_is_a_usage_error(
    address: str, command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ledger").touch()
    more = {"run": ["--profile", "full"], "cleanup": ["--ledger", str(tmp_path / "ledger")]}[command]
    assert main([command, "--vendor", "consero", "--base-url", address, *more]) == 2
    assert capsys.readouterr().err.startswith("--base-url has to be an http or https address")
