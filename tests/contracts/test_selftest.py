"""The contracts notice what they are there for: seeded faults are killed by statements of their own."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from contracts.cli import main
from contracts.selftest import seeded
from contracts.selftest.command import sample
from contracts.selftest.figures import SelfTest
from contracts.selftest.reports import as_markdown, console
from contracts.selftest.seeded import Fault, list_faults
from contracts.selftest.trial import End, Trial, try_one
from contracts.statements import VENDORS, load_statements
from contracts.surface import load_surface

COMMAND = [sys.executable, "-m", "mockserver.seeded_faults"]
# At the door, a value taken, a value not kept, an answer, and one on the second request only.
SAMPLE = (
    "consero.key-in-query",
    "consero.second-invite",
    "proctorexam.nonce-per-endpoint",
    "proctorexam.deletion-not-kept",
    "constructor.alg-none",
    "constructor.score-without-maximum",
)
FAULT = Fault("v.one", "consero", ("CO-001", "CO-002"), (), "One thing is wrong.")
SOUND = Trial("consero", None, requests=3)
KILLED = Trial("consero", FAULT, violated={"CO-001": ("named",)})
MISSED = Trial("consero", FAULT)
ELSEWHERE = Trial("consero", FAULT, violated={"CO-009": ("generated",)}, reasons={"CO-009": "seen"})


@pytest.fixture(scope="module")
def faults() -> dict[str, Fault]:
    return {fault.id: fault for fault in list_faults(COMMAND)}


def test_faults_are_many_and_each_vendor_has_some(faults: dict[str, Fault]) -> None:
    counted = Counter(fault.vendor for fault in faults.values())
    assert counted.total() >= 60
    assert min(counted[vendor] for vendor in VENDORS) >= 15


def test_no_two_faults_have_one_id() -> None:
    listed = Counter(fault.id for fault in list_faults(COMMAND))
    assert [fault_id for fault_id, times in listed.items() if times > 1] == []


def test_every_fault_breaks_statements_that_exist(faults: dict[str, Fault]) -> None:
    broken = {statement for fault in faults.values() for statement in fault.statements}
    assert broken <= {statement for vendor in VENDORS for statement in load_statements(vendor)}
    assert all(fault.statements and fault.sentence.endswith(".") for fault in faults.values())


def test_every_fault_shows_at_operations_that_exist(faults: dict[str, Fault]) -> None:
    known = {operation.id for vendor in VENDORS for operation in load_surface(vendor).operations}
    assert {name for fault in faults.values() for name in fault.operations} <= known


@pytest.mark.parametrize("fault_id", SAMPLE)
def test_fault_is_killed_by_its_own_statement(faults: dict[str, Fault], fault_id: str) -> None:
    trial = try_one(COMMAND, faults[fault_id].vendor, faults[fault_id])
    assert (trial.end, trial.trouble) == (End.OWN, "")


@pytest.mark.parametrize("vendor", VENDORS)
def test_sound_server_has_no_finding_where_the_faults_have(faults: dict[str, Fault], vendor: str) -> None:
    among = [faults[fault_id] for fault_id in SAMPLE if faults[fault_id].vendor == vendor]
    trial = try_one(COMMAND, vendor, None, among)
    assert (trial.reasons, trial.crashes, trial.trouble) == ({}, (), "")
    assert trial.requests > 0


def test_killed_fault_and_clean_server_are_good() -> None:
    result = SelfTest([SOUND], [KILLED], seconds=1.0)
    assert result.verdict == 0
    assert (result.killed[-1].own, result.killed[-1].named, result.killed[-1].generated) == (1, 1, 0)


def test_fault_whose_server_failed_is_untried_and_not_killed() -> None:
    failed = Trial("consero", FAULT, trouble="the server ended")
    result = SelfTest([SOUND], [failed], seconds=1.0)
    assert (result.verdict, result.killed[-1].untried, result.killed[-1].rate) == (1, 1, 0.0)
    assert "the server ended" in console(result)


@pytest.mark.parametrize("trial", [MISSED, ELSEWHERE], ids=["survived", "by another"])
def test_fault_without_a_violation_of_its_own_is_a_survivor(trial: Trial) -> None:
    result = SelfTest([SOUND], [trial], seconds=1.0)
    assert result.verdict == 1
    assert result.survivors == [trial]
    assert f"{trial.end.value}: v.one (CO-001, CO-002)" in console(result)


def test_finding_at_the_sound_server_is_never_good() -> None:
    noisy = Trial("consero", None, violated={"CO-009": ("named",)}, reasons={"CO-009": "a false alarm"})
    result = SelfTest([noisy], [KILLED], seconds=1.0)
    assert result.verdict == 1
    assert "a false alarm" in console(result)


def test_matrix_tells_which_statements_were_seen_broken() -> None:
    result = SelfTest([SOUND], [KILLED], seconds=1.0)
    assert result.matrix == {"CO-001": {"v.one": ("named",)}, "CO-002": {"v.one": ()}}
    assert result.seen_broken == 1
    assert "| CO-002 | ~~v.one~~ |" in as_markdown(result)


def test_quick_sample_reaches_from_one_end_to_the_other() -> None:
    many = [Fault(str(number), "consero", (), (), "") for number in range(41)]
    assert [fault.id for fault in sample(many)] == ["0", "14", "28"]


def test_command_that_lists_nothing_cannot_be_tried(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    script = tmp_path / "no_list.py"
    script.write_text("print('hello')")
    assert main(["selftest", "--server", f"{sys.executable} {script}", "--quiet"]) == 2
    assert "gives no list of faults" in capsys.readouterr().err


def test_unknown_fault_is_a_usage_error() -> None:
    command = [*COMMAND, "--fault", "nothing", "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "there is no fault 'nothing'" in done.stderr


@pytest.mark.parametrize("program", ["input()", "import time; time.sleep(600)", "print('hello')"])
def test_server_that_never_says_it_is_ready_is_not_waited_for(
    program: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(seeded, "READY_SECONDS", 0.5)
    with (
        pytest.raises(seeded.SeededServerFailed, match="ended, or said no ready line within"),
        seeded.serving([sys.executable, "-c", program], None),
    ):
        pytest.fail("it was taken for ready")
