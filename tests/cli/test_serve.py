"""`mockserver serve` as a user runs it: a real process on a real port."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx2
import pytest
from processes import running_process

SERVE = [sys.executable, "-m", "mockserver", "serve"]

Serve = Callable[..., Any]


def run(*options: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Run `mockserver serve` that is expected to fail at once."""
    return subprocess.run(
        [*SERVE, *options],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
        env={**os.environ, **environment},
    )


def examinations(server: Any, key: str | None = None) -> httpx2.Response:
    consero = server.ready["vendors"]["consero"]
    return httpx2.get(consero["base_url"] + "/examinations", headers={"x-api-key": key or consero["api_key"]})


def test_ready_line_says_where_everything_is(server: Any) -> None:
    assert server.ready["url"].startswith("http://127.0.0.1:")
    assert server.ready["admin_url"] == server.ready["url"] + "/__admin"
    assert server.ready["console_url"] == server.ready["url"] + "/__admin/console"
    assert server.ready["admin_token"] is None
    assert server.ready["vendors"]["consero"]["base_url"] == server.ready["url"] + "/consero/api/v1"
    assert examinations(server).status_code == 200


def test_health_tells_version_and_store(server: Any) -> None:
    health = httpx2.get(server.url + "/__admin/health").json()
    assert health["status"] == "ok"
    assert health["store"] == "sqlite"
    assert set(health) == {"status", "version", "uptime_seconds", "store"}


def test_banner_prints_a_command_that_works(tmp_path: Path) -> None:
    with running_process(
        [*SERVE, "--port", "0", "--database", f"sqlite:///{tmp_path}/a.db"], stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        lines = iter(process.stdout.readline, "")
        command = next(line for line in lines if "curl" in line).split("try", 1)[1].strip()
        answer = subprocess.run(["sh", "-c", f"{command} -s"], capture_output=True, text=True, check=True)
        process.send_signal(signal.SIGINT)
    assert answer.stdout == '[{"testId":119,"testName":"Technology - Email Test"}]'


def test_several_workers_share_the_store(serve: Serve, tmp_path: Path) -> None:
    with serve("--workers", "3", "--database", f"sqlite:///{tmp_path}/a.db") as server:
        answers = [examinations(server).headers["x-mock-request-id"] for _ in range(12)]
        entries = httpx2.get(server.url + "/__admin/sandboxes/default/requests").json()
    assert sorted(answers) == sorted(entry["request_id"] for entry in entries)


def test_rows_survive_kill_and_restart(serve: Serve, tmp_path: Path) -> None:
    options = ("--database", f"sqlite:///{tmp_path}/a.db")
    new = {"candidate_email": "new@company.io", "examination_id": 119}
    with serve(*options) as server:
        consero = server.ready["vendors"]["consero"]
        key = {"x-api-key": consero["api_key"]}
        first = httpx2.post(consero["base_url"] + "/allocate-candidate", headers=key, json=new).json()
        server.process.kill()
        server.process.wait()
    with serve(*options) as server:
        base_url = server.base_url("consero")
        again = httpx2.post(base_url + "/allocate-candidate", headers=key, json=new).json()
    assert again["data"]["invite_id"] == first["data"]["invite_id"]


def test_another_loopback_address_is_not_on_the_allowlist(server: Any) -> None:
    transport = httpx2.HTTPTransport(local_address="127.0.0.2")
    with httpx2.Client(transport=transport) as stranger:
        consero = server.ready["vendors"]["consero"]
        answer = stranger.get(
            consero["base_url"] + "/examinations", headers={"x-api-key": consero["api_key"]}
        )
    assert answer.status_code == 403


def test_credentials_and_hosts_come_from_the_environment(serve: Serve) -> None:
    environment = {"MOCKSERVER_CONSERO_API_KEY": "my-own-key", "MOCKSERVER_CONSERO_HOSTS": "exams.test"}
    with serve("--database", "sqlite://", environment=environment) as server:
        by_host = httpx2.get(
            server.url + "/api/v1/examinations", headers={"x-api-key": "my-own-key", "host": "exams.test"}
        )
    assert by_host.status_code == 200


def test_bare_port_is_honoured(tmp_path: Path) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "PORT": str(port)}
    command = [*SERVE, "--json", "--database", f"sqlite:///{tmp_path}/a.db"]
    with running_process(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        process.terminate()
    assert f"http://127.0.0.1:{port}" in line


def test_outside_of_loopback_the_control_api_wants_its_token(serve: Serve) -> None:
    with serve("--host", "0.0.0.0", "--database", "sqlite://") as server:
        token = server.ready["admin_token"]
        without = httpx2.get(server.url + "/__admin/health")
        with_it = httpx2.get(server.url + "/__admin/health", headers={"authorization": f"Bearer {token}"})
    assert len(token) >= 32
    assert without.status_code == 401
    assert without.headers["content-type"] == "application/problem+json"
    assert with_it.status_code == 200


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--port", "abc"], "--port must be a number from 0 to 65535"),
        (["--port", "65536"], "--port must be a number"),
        (["--workers", "0"], "--workers must be a number from 1"),
        (["--workers", "2", "--database", "sqlite://"], "cannot share a database in memory"),
        (["--database", "mysql://x"], "not a store this server knows"),
        (["--database", "sqlite:////nowhere/x.db"], "does not exist"),
        (["--trusted-proxies", "10.0.0.1/8"], "--trusted-proxies: '10.0.0.1/8' is not a network"),
        (["--log-format", "xml"], "--log-format must be text or json"),
        (["--host", "203.0.113.1"], "cannot listen on 203.0.113.1"),
    ],
)
def test_option_that_cannot_work_is_a_usage_error(options: list[str], message: str) -> None:
    result = run("--port", "0", "--database", "sqlite://", *options)
    assert result.returncode == 2
    assert message in result.stderr
    assert "Traceback" not in result.stderr


def test_port_in_use_is_a_usage_error(server: Any) -> None:
    result = run("--port", server.url.rpartition(":")[2], "--database", "sqlite://")
    assert result.returncode == 2
    assert "choose another with --port" in result.stderr


def test_setting_in_the_environment_that_cannot_work_is_a_usage_error() -> None:
    result = run("--database", "sqlite://", MOCKSERVER_PORT="many")
    assert result.returncode == 2
    assert "MOCKSERVER_PORT must be a number" in result.stderr
