"""`mockserver clock` and `mockserver settings`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest

from mockserver.client.sandbox import SandboxHandle

Run = Any
MOMENT = "2030-01-01T00:00:00.000Z"


def test_shown_without_a_word(run: Run) -> None:
    assert run("clock").out.endswith("Z  real\n")


def test_frozen_at_a_moment(run: Run, sandbox: SandboxHandle) -> None:
    assert run("clock", "freeze", MOMENT).out == f"{MOMENT}  frozen\n"
    assert sandbox.clock.now() == datetime(2030, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("duration", "shown"),
    [
        ("90", "2030-01-01T00:01:30.000Z"),
        ("25h", "2030-01-02T01:00:00.000Z"),
        ("2d", "2030-01-03T00:00:00.000Z"),
        ("1.5s", "2030-01-01T00:00:01.500Z"),
        ("-60", "2029-12-31T23:59:00.000Z"),
    ],
)
def test_advanced(run: Run, duration: str, shown: str) -> None:
    run("clock", "freeze", MOMENT)
    assert run("clock", "advance", duration).out == f"{shown}  frozen\n"


def test_goes_on_from_a_moment(run: Run) -> None:
    out = run("clock", "set", MOMENT).out
    assert out.startswith("2030-01-01T00:00:0")
    assert "shifted by " in out


def test_back_to_real_time(run: Run) -> None:
    run("clock", "freeze", MOMENT)
    assert run("clock", "real", "--json").json["mode"] == "real"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("set",), "clock set needs a moment"),
        (("advance",), "clock advance needs a duration"),
        (("advance", "soon"), "'soon' is no duration"),
        (("real", "now"), "clock real takes no value"),
        (("freeze", "yesterday"), "at: "),
    ],
)
def test_what_makes_no_sense_ends_with_2(run: Run, words: tuple[str, ...], sentence: str) -> None:
    done = run("clock", *words)
    assert done.code == 2
    assert sentence in done.err


def test_settings_are_shown_one_a_line(run: Run) -> None:
    lines = run("settings").out.splitlines()
    assert 'consero.exam_completion="manual"' in lines
    assert "proctorexam.timestamp_tolerance_seconds=300" in lines


def test_settings_are_changed(run: Run, sandbox: SandboxHandle) -> None:
    done = run("settings", "consero.exam_completion=immediate", "consero.exam_score=80")
    assert done.code == 0
    assert sandbox.settings()["consero"]["exam_completion"] == "immediate"
    assert sandbox.settings()["consero"]["exam_score"] == 80


def test_unknown_setting_is_a_usage_error_with_those_there_are(run: Run) -> None:
    done = run("settings", "consero.colour=red")
    assert done.code == 2
    assert "Settings of consero: allowed_networks" in done.err
