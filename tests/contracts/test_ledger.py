"""What a run has created: the ledger keeps it through a crash, and cleaning up removes it."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from contracts_reports import read_report
from obliging_vendors import consero
from processes import running_process

from contracts.cli import main
from contracts.ledger import Ledger, Made, Removal, set_aside

Run = Callable[..., tuple[int, Any]]


def test_ledger_survives_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    ledger = Ledger(file)
    ledger.made(Made("exams", "7", Removal("DELETE", "/exams/7")))
    ledger.made(Made("documents", "8", Removal("DELETE", "/exams/7/documents/8")))
    ledger.gone("documents", "8")
    assert Ledger.read(file).left == [Made("exams", "7", Removal("DELETE", "/exams/7"))]


def test_ledger_of_an_unfinished_run_is_set_aside(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    file, made = tmp_path / "ledger-consero.jsonl", Made("allocation", "141", Removal("POST", "/cancel"))
    Ledger(file).made(made)
    _, report = run_contracts("consero", f"{record(consero).url}/api/v1", "--profile", "readonly")
    kept = tmp_path / "ledger-consero-1.jsonl"
    assert Ledger.read(kept).left == [made]
    assert f"contracts cleanup --ledger {kept}" in report.extra["sentences"][0]


def test_ledger_that_holds_nothing_more_makes_room(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("session", "9", None))
    assert (set_aside(file), list(tmp_path.iterdir())) == (None, [])


def test_ledger_removes_children_first() -> None:
    ledger, removed = Ledger(), []
    ledger.made(Made("exams", "7", Removal("DELETE", "/exams/7")))
    ledger.made(Made("documents", "8", Removal("DELETE", "/exams/7/documents/8")))
    ledger.made(Made("session", "9", None))
    left = ledger.clean_up(lambda removal: not removed.append(removal.path))
    assert (removed, [made.id for made in left]) == (["/exams/7/documents/8", "/exams/7"], ["9"])


def test_run_removes_what_it_created(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    server = record(consero)
    run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    assert Ledger.read(tmp_path / "ledger-consero.jsonl").left == []


def test_cleanup_finishes_what_an_interrupted_run_left(record: Any, tmp_path: Path) -> None:
    server, file = record(consero), tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(
        ["cleanup", "--vendor", "consero", "--base-url", f"{server.url}/api/v1", "--ledger", str(file)]
    )
    assert (code, server.received) == (0, [("POST", "/api/v1/cancel-allocation", b'{"invite_id": 142}')])


def test_redirect_to_a_sign_in_page_removes_nothing(record: Any, tmp_path: Path) -> None:
    server, file = record(lambda *_: (302, {})), tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(["cleanup", "--vendor", "consero", "--base-url", server.url, "--ledger", str(file)])
    assert (code, [made.id for made in Ledger.read(file).left]) == (1, ["142"])


@pytest.mark.parametrize("address", ["http://vendor.example/api/v1", "https://user:word@vendor.example"])
def test_cleanup_sends_no_credentials_in_the_clear(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(["cleanup", "--vendor", "consero", "--base-url", address, "--ledger", str(file)])
    assert (code, "redentials" in capsys.readouterr().err) == (2, True)


def test_server_gone_half_way_ends_with_a_report(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    server = record(consero, stop_after=30)
    code, report = run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    assert code == 2
    assert "cannot be reached" in report.extra["sentences"][0]
    left = [f"{made['kind']} {made['id']}" for made in report.extra["left_behind"]]
    assert left != []
    assert left[0] in (tmp_path / "contracts-consero.md").read_text()
    assert left[0] in (tmp_path / "contracts-consero.html").read_text()


def test_interrupted_run_cleans_up_and_reports(record: Any, tmp_path: Path) -> None:
    server = record(consero)
    run = ["run", "--vendor", "consero", "--base-url", f"{server.url}/api/v1", "--rate", "60"]
    command = [sys.executable, "-m", "contracts", *run, "--report", "json", "--out", str(tmp_path)]
    with running_process(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        wait_until(lambda: any(path.endswith("/allocate-candidate") for _, path, _ in server.received[20:]))
        process.send_signal(signal.SIGINT)
        _, progress = process.communicate(timeout=30)
    assert (process.returncode, Ledger.read(tmp_path / "ledger-consero.jsonl").left) == (2, [])
    assert "Removing what this run created" in progress
    assert read_report(tmp_path, "consero").extra["sentences"][0].startswith("Interrupted")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)
