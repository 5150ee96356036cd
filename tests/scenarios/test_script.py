"""What a scenario file may hold, and how it is told what it may not."""

from __future__ import annotations

from pathlib import Path

import pytest

from mockserver.errors import UsageError
from mockserver.scenarios.document import ScenarioInvalid
from mockserver.scenarios.script import read_script


def problems(folder: Path, text: str) -> list[str]:
    """Return the problems of a file, without the name of its folder."""
    file = folder / "s.yaml"
    file.write_text(text)
    with pytest.raises(ScenarioInvalid) as refused:
        read_script(file)
    return str(refused.value).replace(f"{folder}/", "").splitlines()


HEAD = "scenario: x\nsteps:\n"


@pytest.mark.parametrize(
    ("step", "problem"),
    [
        (
            "- send: consero GET /x\n    expct: {}",
            "s.yaml:4: 'expct' has no meaning here: did you mean 'expect'?",
        ),
        (
            "- send: consero GET /x\n    expect: {code: 1}",
            "s.yaml:4: 'code' has no meaning here, only status, ",
        ),
        ("- send: consero GET\n", "s.yaml:3: send: write it as VENDOR METHOD PATH, or 'again'"),
        ("- {advance: 1h, reset: true}", "s.yaml:3: a step does one of these: send, advance, "),
        ("- sned: consero GET /x", "s.yaml:3: a step does one of these: send, advance, "),
        ("- wait", "s.yaml:3: a step does one of these: send, advance, "),
        ("- count: {status: 200}", "s.yaml:3: 'expect' is missing"),
        ("- send: again\n    expect:\n      status: ok", "s.yaml:5: status: Input should be a valid integer"),
        ("- send: again\n    expect: 200", "s.yaml:4: here belong names with values"),
        ("- reset: false", "s.yaml:3: reset: Input should be True"),
    ],
)
def test_wrong_step_is_told_with_its_line(tmp_path: Path, step: str, problem: str) -> None:
    (told,) = problems(tmp_path, f"{HEAD}  {step}\n")
    assert told.startswith(problem)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("steps:\n  - reset: true\n", "s.yaml:1: 'scenario' is missing"),
        ("scenario: x\nsteps: []\n", "s.yaml:2: steps: List should have at least 1 item"),
        ("scenario: x\nstep: []\nsteps:\n  - reset: true\n", "s.yaml:2: 'step' has no meaning here: did you"),
        ("- a\n", "s.yaml:1: here belong names with values"),
    ],
)
def test_wrong_file_is_told_with_its_line(tmp_path: Path, text: str, problem: str) -> None:
    (told,) = problems(tmp_path, text)
    assert told.startswith(problem)


def test_every_problem_is_told_at_once(tmp_path: Path) -> None:
    assert len(problems(tmp_path, f"{HEAD}  - wait\n  - reset: true\n  - sned: x\n")) == 2


def test_file_that_is_not_there_is_a_usage_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_script(tmp_path / "none.yaml")
