"""Clients as the public ones are written, each a program of its own, against a server in its own process."""

from __future__ import annotations

import contextlib
import json
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from interoperability_programs import Calls, RunClient, command, environment

from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import SandboxHandle

if TYPE_CHECKING:
    from conftest import RunningServer

HERE = Path(__file__).parent
PATIENCE_SECONDS = 60


@pytest.fixture
def world(server: RunningServer) -> Iterator[SandboxHandle]:
    """A sandbox of one's own, on the machine's clock: the clients live in real time."""
    sandbox = SandboxHandle.new(ControlApi(server.url))
    yield sandbox
    sandbox.delete()


@pytest.fixture
def run_client(world: SandboxHandle) -> RunClient:
    """Run a client to its end and return its calls by their names, as it saw them: status, body, location."""

    def run(name: str) -> Calls:
        done = subprocess.run(
            command(HERE / "clients" / name),
            env=environment(world),
            capture_output=True,
            text=True,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, "")
        return {call["call"]: call for call in map(json.loads, done.stdout.splitlines())}

    return run


@pytest.fixture
def receiver(world: SandboxHandle) -> Iterator[Callable[[str], str]]:
    """Start a receiver of webhooks and return its URL."""
    with contextlib.ExitStack() as stack:

        def start(name: str) -> str:
            process = subprocess.Popen(
                command(HERE / "receivers" / name), env=environment(world), stdout=subprocess.PIPE, text=True
            )
            stack.callback(process.wait)
            stack.callback(process.kill)
            assert process.stdout is not None
            stack.enter_context(process.stdout)
            return f"http://{process.stdout.readline().strip()}"

        yield start
