"""What the terminal shows: one reason for many undecided statements is told once."""

from __future__ import annotations

from contracts.options import RunOptions
from contracts.reports.console import render
from contracts.result import RunResult
from contracts.safety import Profile
from contracts.seen import Undocumented
from contracts.statements import load_statements
from contracts.verdict import Evidence, Sight, decide

OPTIONS = RunOptions("consero", "http://127.0.0.1", Profile.FULL, "documented", 0, 400, 4.0)
NONE_MADE = "no allocation could be made"


def test_undecided_statements_stand_below_their_common_reason() -> None:
    statements = load_statements("consero")
    ids = ["CO-051", "CO-053", "CO-058"]
    looks = [Evidence(one, Sight.UNCLEAR, "a", NONE_MADE) for one in ids[:2]]
    looks.append(Evidence(ids[2], Sight.UNCLEAR, "b", "not over yet"))
    verdicts = decide([statements[one] for one in ids], looks, reasons={}, waivers={})
    shown = render(RunResult(OPTIONS, "run", 0.0, verdicts=verdicts))
    assert "Undecided: 3 ('contracts show ID' prints a statement)" in shown
    assert f"  {NONE_MADE}\n      CO-051 CO-053\n  not over yet\n      CO-058\n" in shown
    assert "0 requests in 0.0 s" in shown


def test_refusals_of_one_kind_are_told_once() -> None:
    seen = [
        Undocumented("sessions.start", "refusal of access", f"{name}: Incorrect type: 401", 9 - at, times=2)
        for at, name in enumerate(("duration", "examId"))
    ]
    shown = render(RunResult(OPTIONS, "run", 0.0, undocumented=seen))
    line = (
        "  sessions.start: broken requests refused at the door with 401 "
        "(4 times, first in request 8: examId: Incorrect type)\n"
    )
    assert shown.count("sessions.start") == 1
    assert line in shown
