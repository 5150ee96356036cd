"""A file that is not what a command asks for: one line says so, and the exit code is 2."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.odd_files import CONTENTS, PLACES, write_odd_file

SIGN = ("sign", "proctorexam", "POST", "/exams/1/attachments")
COMMANDS = {
    "serve, seed file": ("serve", "--port", "0", "--database", "sqlite://", "--seed-file", "ODD"),
    "sandbox import": ("sandbox", "import", "ODD"),
    "scenario run": ("scenario", "run", "ODD"),
    "scenario run, seed": ("scenario", "run", "SCENARIO"),
    "sign, credentials": (*SIGN, "--credentials-file", "ODD"),
}
UPLOADS = {
    "sign, upload": (*SIGN, "--file", "document=@ODD"),
    "send, upload": ("send", *SIGN[1:], "--file", "document=@ODD"),
    "send, body": ("send", *SIGN[1:], "--json-body", "@ODD"),
    "scenario show": ("scenario", "show", "ODD"),
}
CASES = [(command, kind) for command in COMMANDS for kind in (*CONTENTS, *PLACES)]
CASES += [(command, kind) for command in UPLOADS for kind in PLACES]


@pytest.fixture(autouse=True)
def collector() -> Iterator[None]:
    """A start turns it off until the server is there."""
    yield
    gc.enable()


SCENARIO = "scenario: odd\nseed: {seed}\nsteps:\n  - reset: true\n"


@pytest.mark.parametrize(("command", "kind"), CASES, ids=[f"{command}: {kind}" for command, kind in CASES])
def test_odd_file_is_told_in_one_line(
    run: Callable[..., Any], tmp_path: Path, command: str, kind: str
) -> None:
    odd = write_odd_file(tmp_path, kind)
    scenario = tmp_path / "scenario.yaml"
    scenario.write_text(SCENARIO.format(seed=odd), encoding="utf-8")
    words = {**COMMANDS, **UPLOADS}[command]
    done = run(*(word.replace("ODD", str(odd)).replace("SCENARIO", str(scenario)) for word in words))
    assert done.code == 2
    assert done.out in ("", "odd (scenario.yaml)\n")  # its title stands before its seed is read
    lines = done.err.splitlines()
    assert len(lines) == 1 or command == "scenario run"  # a line for each problem
    for line in lines:
        assert str(odd) in line
        assert len(line) < len(str(odd)) + 400
