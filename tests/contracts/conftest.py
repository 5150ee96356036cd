"""What the tests of the harness share: servers that are not ours, and a way to run it as a user does."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest
from contracts_reports import Report, judge_as_owner, read_report
from loopback_server import LoopbackServer
from processes import running_process

from contracts.cli import main
from contracts.statements import VENDORS

CONSERO_CANARY = "canary-consero-key-7e2d41"
TOKEN_CANARY = "canaryToken_22chars_ab"
SECRET_CANARY = "canary-secret-key-of-43-characters-9f31c07de"
JWT_CANARY = "canary-jwt-secret-55aa01"
CANARIES = (CONSERO_CANARY, TOKEN_CANARY, SECRET_CANARY, JWT_CANARY)


@pytest.fixture(autouse=True)
def _no_credentials_of_the_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """The account is always the canary: it must never be seen again."""
    monkeypatch.setenv("CONTRACTS_CONSERO_API_KEY", CONSERO_CANARY)
    monkeypatch.setenv("CONTRACTS_PROCTOREXAM_API_TOKEN", TOKEN_CANARY)
    monkeypatch.setenv("CONTRACTS_PROCTOREXAM_SECRET_KEY", SECRET_CANARY)
    monkeypatch.setenv("CONTRACTS_CONSTRUCTOR_INTEGRATION_NAME", "canary-school")
    monkeypatch.setenv("CONTRACTS_CONSTRUCTOR_JWT_SECRET", JWT_CANARY)


@pytest.fixture
def run_contracts(tmp_path: Path) -> Callable[..., tuple[int, Report]]:
    """Run `contracts run` in this process; gives the exit code and the JSON report."""

    def run(vendor: str, base_url: str, *options: str) -> tuple[int, Report]:
        out = ["--out", str(tmp_path), "--report", "junit,html,json,har,md", "--quiet"]
        code = main(["run", "--vendor", vendor, "--base-url", base_url, *out, *options])
        return code, read_report(tmp_path, vendor)

    return run


@pytest.fixture(scope="session")
def judged(server: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[int, dict[str, Report]]:
    """Our own server, a real process on SQLite, judged in profile full: exit code and report by vendor."""
    out = tmp_path_factory.mktemp("judged")
    code = judge_as_owner(
        out, "--vendor", "all", "--admin-url", server.ready["admin_url"], "--profile", "full"
    )
    return code, {vendor: read_report(out, vendor) for vendor in VENDORS}


@pytest.fixture(scope="session")
def liar() -> Iterator[str]:
    """The base URL of the liar, in a process of its own."""
    command = [sys.executable, str(Path(__file__).with_name("liar.py"))]
    with running_process(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}/api/v1"
        process.terminate()


@dataclass
class Recorder:
    """A server that notes every request and answers by a function of method and path."""

    answer: Callable[[str, str, bytes], tuple[int, Any]]
    received: list[tuple[str, str, bytes]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    stop_after: int = 10**9
    server: LoopbackServer | None = None

    @property
    def methods(self) -> set[str]:
        return {method for method, _, _ in self.received}


@pytest.fixture
def record() -> Iterator[Callable[[Callable[[str, str, bytes], tuple[int, Any]]], Recorder]]:
    """Start recording servers; they are gone at the end of the test."""
    servers: list[LoopbackServer] = []

    def start(answer: Callable[[str, str, bytes], tuple[int, Any]], stop_after: int = 10**9) -> Recorder:
        recorder = Recorder(answer, stop_after=stop_after)
        server = LoopbackServer(_handler(recorder))
        recorder.server, recorder.url = server, server.url
        server.start()
        servers.append(server)
        return recorder

    yield start
    for server in servers:
        server.stop()


def _handler(recorder: Recorder) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def handle_any(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            recorder.received.append((self.command, self.path, body))
            recorder.headers.append(dict(self.headers.items()))
            status, answer = recorder.answer(self.command, self.path, body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)
            if len(recorder.received) >= recorder.stop_after:
                assert recorder.server is not None
                recorder.server.socket.close()
                self.close_connection = True

        do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any

        def log_message(self, *_: object) -> None:
            """Quiet."""

    return Handler
