"""A file that is not what a command asks for: one line says so, and the exit code is 2."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from contracts.cli import main
from tests.support.odd_files import CONTENTS, PLACES, write_odd_file

HOME = ("--base-url", "http://127.0.0.1:1")
CLEAN_UP = ("cleanup", "--vendor", "consero", *HOME)
COMMANDS = {
    "diff, before": ("diff", "ODD", "GOOD"),
    "diff, after": ("diff", "GOOD", "ODD"),
    "resend": ("resend", "ODD", "1"),
    "resend, credentials": ("resend", "GOOD", "1", "--credentials", "ODD"),
    "run, credentials": ("run", "--vendor", "consero", *HOME, "--credentials", "ODD"),
    "cleanup, credentials": (*CLEAN_UP, "--credentials", "ODD", "--ledger", "GOOD"),
    "run, waivers": ("run", "--vendor", "consero", *HOME, "--profile", "dry", "--waivers", "ODD"),
    "cleanup, ledger": (*CLEAN_UP, "--ledger", "ODD"),
}  # fmt: skip
NO_WAIVER = {("run, waivers", kind) for kind in ("empty", "blank lines", "list", "null")}
NOTHING_LEFT = {("cleanup, ledger", "empty")}
CASES = [
    (command, kind)
    for command in COMMANDS
    for kind in (*CONTENTS, *PLACES)
    if (command, kind) not in NO_WAIVER | NOTHING_LEFT
]
REPORT: dict[str, Any] = {
    "results": {
        "tests": [],
        "extra": {
            "vendor": "consero",
            "base_url": "http://127.0.0.1:1",
            "profile": "full",
            "numbers": {"all": {"index": 1.0, "score": 1.0}},
            "undocumented": [],
            "exchanges": [{"number": 1, "template": None, "answer": None}],
        },
    }
}


@pytest.mark.parametrize(("command", "kind"), CASES, ids=[f"{command}: {kind}" for command, kind in CASES])
def test_odd_file_is_told_in_one_line(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    command: str,
    kind: str,
) -> None:
    monkeypatch.setenv("CONTRACTS_CONSERO_API_KEY", "fakefakefake")
    odd = write_odd_file(tmp_path, kind)
    good = tmp_path / "good.json"
    good.write_text(json.dumps(REPORT), encoding="utf-8")
    words = {"ODD": str(odd), "GOOD": str(good)}
    assert main([words.get(word, word) for word in COMMANDS[command]]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.count("\n") == 1
    assert str(odd) in told.err
    assert len(told.err) < len(str(odd)) + 300


@pytest.mark.parametrize("kind", ["empty", "blank lines", "list", "null"])
def test_file_without_waivers_waives_nothing(tmp_path: Path, kind: str) -> None:
    words = ["run", "--vendor", "consero", *HOME, "--profile", "dry", "--waivers"]
    assert main([*words, str(write_odd_file(tmp_path, kind))]) == 0
