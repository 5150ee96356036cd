"""Several vendors at a time: where each of them is, and one process for each."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from processes import running_process

from contracts.addresses import AddressError, addresses_of, vendors_of
from contracts.cli import main

BOTH = ["--vendor", "consero", "--vendor", "constructor"]


@pytest.mark.parametrize(
    ("named", "vendors"),
    [
        (["all"], ["consero", "proctorexam", "constructor"]),
        (["constructor", "consero", "constructor"], ["consero", "constructor"]),
        (["all", "consero"], ["consero", "proctorexam", "constructor"]),
    ],
)
def test_vendors_are_judged_once_each(named: list[str], vendors: list[str]) -> None:
    assert vendors_of(named) == vendors


@pytest.mark.parametrize(
    ("vendors", "base_urls"),
    [(["consero"], ["http://a?x=1"]), (["consero"], ["consero=http://a?x=1"])],
)
def test_address_of_a_single_vendor_needs_no_name(vendors: list[str], base_urls: list[str]) -> None:
    assert addresses_of(vendors, base_urls, None) == {"consero": "http://a?x=1"}


def test_address_that_is_not_given_is_asked_for() -> None:
    found = addresses_of(
        ["consero", "constructor"], ["constructor=http://b"], lambda vendor: f"asked:{vendor}"
    )
    assert found == {"consero": "asked:consero", "constructor": "http://b"}


@pytest.mark.parametrize(
    ("base_urls", "said"),
    [
        ([], "--base-url consero=URL --base-url constructor=URL"),
        (["consero=http://a"], "--base-url constructor=URL"),
        (["http://a"], "--base-url VENDOR=http://a"),
        (["consero=http://a", "proctorexam=http://b"], "add --vendor proctorexam"),
        (["consero=http://a", "consero=http://b"], "given twice for consero"),
    ],
)
def test_address_that_is_unclear_is_refused_with_the_way_out(base_urls: list[str], said: str) -> None:
    with pytest.raises(AddressError) as refusal:
        addresses_of(["consero", "constructor"], base_urls, None)
    assert said in str(refusal.value)


def test_command_without_any_address_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--vendor", "consero"]) == 2
    assert capsys.readouterr().err == "Say where the server is: --base-url URL\n"


def test_control_api_that_is_not_there_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--vendor", "all", "--admin-url", "http://127.0.0.1:1/__admin"]) == 2
    assert "cannot be reached" in capsys.readouterr().err


@pytest.fixture
def closed(record: Any) -> str:
    """A server that lets nobody in."""
    return str(record(lambda *_: (401, {"detail": "no"})).url)


def test_each_vendor_reports_whole_and_the_worst_exit_code_counts(
    closed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    addresses = ["--base-url", f"consero={closed}", "--base-url", "constructor=http://127.0.0.1:1"]
    code = main(["run", *BOTH, *addresses, "--report", "json", "--out", str(tmp_path), "--quiet"])
    consero, constructor = capsys.readouterr().out.split("== constructor")
    assert code == 2
    assert "The server refuses these credentials" in consero
    assert "http://127.0.0.1:1 cannot be reached" in constructor
    assert "consero     violated " in constructor
    assert "constructor could not run to its end" in constructor
    assert sorted(file.name for file in tmp_path.glob("*.json")) == [
        "contracts-consero.json",
        "contracts-constructor.json",
    ]


def test_options_reach_every_process(closed: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    addresses = ["--base-url", f"consero={closed}", f"--base-url=constructor={closed}"]
    code = main(["run", *BOTH, *addresses, "--profile", "dry", "--out", str(tmp_path)])
    assert (code, capsys.readouterr().out.count("Nothing was sent.")) == (0, 2)


def test_interrupt_reaches_every_process_and_each_says_what_it_saw(
    record: Callable[..., Any], tmp_path: Path
) -> None:
    asked, go_on = threading.Semaphore(0), threading.Event()

    def answer(*_: object) -> tuple[int, Any]:
        asked.release()
        go_on.wait(10)
        return 200, []

    urls = [f"--base-url={vendor}={record(answer).url}" for vendor in ("consero", "constructor")]
    command = [sys.executable, "-m", "contracts", "run", *BOTH, *urls, "--out", str(tmp_path), "--quiet"]
    with running_process(command, stdout=subprocess.PIPE, text=True, env=os.environ) as process:
        assert asked.acquire(timeout=30)
        assert asked.acquire(timeout=30)
        process.send_signal(signal.SIGINT)
        assert process.stdout is not None
        output = process.stdout.read()
        go_on.set()
    assert process.returncode == 2
    assert output.count("Interrupted: the report holds what was seen until then.") == 2
