"""`mockserver doctor`."""

from __future__ import annotations

import http.server
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from mockserver import __version__
from mockserver.cli import main
from mockserver.client.sandbox import SandboxHandle
from mockserver.doctor import machine
from mockserver.doctor import server as of_server

Run = Any
MEMORY = ("--database", "sqlite://")


@pytest.fixture
def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


def test_an_error_on_demand_is_not_taken_for_the_vendors_answer(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.fault("status", vendor="proctorexam", code=403)
    done = run("doctor", *MEMORY)
    assert "note  proctorexam     an error on demand answered (403): see 'mockserver fault list'" in done.out
    assert done.code == 0


def test_everything_is_well_beside_a_running_server(run: Run, sandbox: SandboxHandle) -> None:
    done = run("doctor", *MEMORY)
    lines = done.out.splitlines()
    assert done.code == 0
    assert f"ok    server          {sandbox.api.url} runs {__version__}" in lines
    assert "ok    server's clock  the same as this machine's" in lines
    assert "ok    consero         lets in a signed request" in lines
    assert "ok    proctorexam     lets in a signed request" in lines
    assert "ok    constructor     lets in a signed request" in lines


def test_refused_request_is_bad_and_says_where_to_look(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.settings({"consero.allowed_networks": ["192.0.2.0/24"]})
    done = run("doctor", *MEMORY, "--json")
    consero = next(finding for finding in done.json if finding["name"] == "consero")
    assert done.code == 1
    assert consero["level"] == "bad"
    assert consero["text"].startswith("a signed request is refused by address: 'mockserver explain req-")


def test_frozen_clock_is_noted(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.clock.freeze("2030-01-01T00:00:00Z")
    done = run("doctor", *MEMORY)
    assert done.code == 0
    assert (
        "note  server's clock  frozen, 2030-01-01T00:00:00.000Z: 'mockserver clock real' sets it right"
        in done.out
    )


def test_unknown_sandbox_is_bad(run: Run) -> None:
    done = run("doctor", *MEMORY, "--sandbox", "nowhere")
    assert done.code == 1
    assert "BAD   sandbox         There is no sandbox 'nowhere'" in done.out


def test_server_that_was_named_must_be_there(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], free_port: int
) -> None:
    assert main(["doctor", *MEMORY, "--url", f"http://127.0.0.1:{free_port}"]) == 1
    assert "BAD   server          no server answers at http://127.0.0.1:" in capsys.readouterr().out


def test_free_port_is_noted(free_port: int) -> None:
    assert of_server.port(f"http://127.0.0.1:{free_port}").text.startswith(
        f"none runs, port {free_port} is free"
    )


def test_port_that_cannot_be_used_is_noted(server: Any) -> None:
    assert "is taken: choose another with --port" in of_server.port(server.url).text


@pytest.fixture
def other_program() -> Iterator[str]:
    """An HTTP server that is not ours."""
    with http.server.HTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler) as other:
        other.RequestHandlerClass.log_message = lambda *words: None  # type: ignore[method-assign]
        threading.Thread(target=other.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{other.server_address[1]}"
        other.shutdown()


def test_other_program_on_the_port_is_bad(other_program: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", *MEMORY, "--url", other_program]) == 1
    assert f"BAD   server          {other_program} is no mockserver" in capsys.readouterr().out


def test_old_python_is_bad() -> None:
    assert machine.python((3, 10, 9)).level == "bad"


def test_sqlite_with_the_wal_fault_is_noted() -> None:
    finding = machine.sqlite((3, 40, 1))
    assert finding.level == "note"
    assert "several workers may share no file below 3.51.3" in finding.text


def test_missing_fast_parts_are_noted_with_the_remedy() -> None:
    assert machine.fast_parts(["uvloop"]).text.endswith("'pip install uvloop'")


def test_clock_of_the_past_is_bad() -> None:
    assert machine.clock(0).level == "bad"


def test_unknown_host_names_are_noted() -> None:
    finding = machine.host_names(["nowhere.invalid"])
    assert finding.level == "note"
    assert "add '127.0.0.1 nowhere.invalid' to /etc/hosts" in finding.text


def test_known_host_names_are_well() -> None:
    assert machine.host_names(["localhost"]).level == "ok"


def test_host_names_that_lead_elsewhere_are_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: [(2, 1, 6, "", ("192.0.2.7", 0))])
    finding = machine.host_names(["consero.localhost"])
    assert finding.level == "note"
    assert "add '127.0.0.1 consero.localhost' to /etc/hosts" in finding.text


def test_name_server_that_does_not_answer_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    gone = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: gone.wait(30) and [])
    monkeypatch.setattr(machine, "LOOKUP_SECONDS", 0.3)
    began = time.monotonic()
    finding = machine.host_names(["a.localhost", "b.localhost", "c.localhost"])
    assert time.monotonic() - began < 10
    assert (finding.level, "a.localhost b.localhost c.localhost" in finding.text) == ("note", True)
    gone.set()


def test_store_file_is_not_created(tmp_path: Path) -> None:
    file = tmp_path / "new.db"
    assert machine.store(f"sqlite:///{file}").level == "ok"
    assert not file.exists()


def test_store_that_is_another_program_s_is_bad(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database " * 100)
    finding = machine.store(f"sqlite:///{file}")
    assert finding.level == "bad"
    assert "cannot be used" in finding.text


def test_store_without_a_folder_is_bad() -> None:
    assert machine.store("sqlite:////nowhere/new.db").level == "bad"


def test_machine_and_server_far_apart_is_bad() -> None:
    shown = {"mode": "real", "now": "2026-11-21T09:30:00.000Z"}
    finding = of_server.clock(shown, 1_795_253_400_000 + 60_000)
    assert finding.level == "bad"
    assert finding.text.startswith("60 seconds away")


def test_other_version_is_noted() -> None:
    assert "restart it" in of_server.version("http://h", "0.0.1").text
