"""Servers that are not ours: what the harness says about them has to be true."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from importlib.resources import files
from typing import Any

import pytest
from processes import running_process

Run = Callable[..., tuple[int, Any]]

LIES = {
    "CO-009": "a wrong key",
    "CO-010": "127.0.0.2",
    "CO-028": "testId",
    "CO-036": "a missing required field",
    "CO-037": "to be refused",
    "CO-042": "invite_link",
    "CO-053": "to be refused",
    "CO-055": "inValid",
    "CO-061": "inviteId",
    "CO-070": "metadata",
}
TRUTHS = ("CO-008", "CO-014", "CO-015", "CO-024", "CO-026", "CO-027", "CO-029", "CO-039", "CO-041", "CO-068")


@pytest.fixture(scope="module")
def judged_liar(liar: str, tmp_path_factory: pytest.TempPathFactory) -> Any:
    from contracts_reports import read_report

    from contracts.cli import main

    out = tmp_path_factory.mktemp("liar")
    os.environ["CONTRACTS_CONSERO_API_KEY"] = "canary-consero-key-7e2d41"
    code = main(
        ["run", "--vendor", "consero", "--base-url", liar, "--out", str(out), "--report", "json", "--quiet"]
    )
    return code, read_report(out, "consero")


@pytest.mark.parametrize(("statement", "said"), LIES.items())
def test_every_lie_is_found(judged_liar: Any, statement: str, said: str) -> None:
    _, report = judged_liar
    assert report.standings[statement] == "violated"
    assert said in report.reason(statement)


@pytest.mark.parametrize("statement", TRUTHS)
def test_what_the_liar_does_right_is_not_held_against_it(judged_liar: Any, statement: str) -> None:
    _, report = judged_liar
    assert report.standings[statement] == "held"


def test_liar_gives_exit_code_one(judged_liar: Any) -> None:
    code, _ = judged_liar
    assert code == 1


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture(scope="module")
def prism() -> Iterator[str]:
    """Prism answers with the examples of our document and validates requests by it."""
    command = os.environ.get("PRISM") or shutil.which("prism")
    if command is None:
        pytest.skip("needs Prism: npm install -g @stoplight/prism-cli, or PRISM=/path/to/prism")
    document = str(files("contracts") / "consero" / "openapi.yaml")
    port = free_port()
    with running_process(
        [command, "mock", "-p", str(port), document], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as process:
        wait_for(process, port)
        yield f"http://127.0.0.1:{port}"
        process.terminate()


def wait_for(process: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + 20
    while process.poll() is None and time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("Prism did not start")


@pytest.mark.parametrize(
    ("statement", "standing"),
    [
        ("CO-027", "held"),  # the examples of the document are as documented
        ("CO-055", "held"),
        ("CO-014", "held"),  # without a key it answers as documented
        ("CO-009", "violated"),  # any key is good for Prism
        ("CO-010", "violated"),  # it knows no allow list
        ("CO-040", "violated"),  # it answers the example whatever was sent
        ("CO-052", "undecided"),  # the link of the example leads elsewhere
    ],
)
def test_prism_is_a_static_mock(run_contracts: Run, prism: str, statement: str, standing: str) -> None:
    code, report = run_contracts("consero", prism)
    assert (code, report.standings[statement]) == (1, standing)
