"""What a command says when it was used wrongly: what is wrong, as the user wrote it, and what to do."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.cli import main


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ("fault add status", "'status.code' is missing"),
        ("fault add explode", "there is no 'explode', use one of 'status', 'delay', "),
        ("clock set tomorrow", "at: write a moment with its offset, such as 2026-11-21T09:30:00Z"),
        ("requests status=9xx", "status: write a status from 0 to 599, or one of 2xx, 3xx, 4xx, 5xx"),
        ("settings consero=1", "'consero' is no setting: write VENDOR.SETTING=VALUE, 'mockserver settings'"),
        (
            "settings consero.colour=red",
            "'consero.colour' has no meaning here. Settings of consero: ",
        ),
        (
            "settings proctorexam.url_ids_signed=maybe",
            "proctorexam.url_ids_signed: Input should be 'either', 'required' or 'never'.\n",
        ),
        ("statements --operation none.such", "There is no operation 'none.such': use one of allocations."),
        ("statements PE-999", "there is no statement PE-999 here: leave the ids out to list them"),
        ("requests colour=red", "the control requests.list takes no colour: use one of vendor, operation, "),
        ("sandbox import nowhere.json", "nowhere.json cannot be read: No such file or directory"),
        ("requests --url localhost:8000", "'localhost:8000' is not a URL of a server: write it like http://"),
        (
            "sign consero GET / --credentials-file no",
            "the credentials file no cannot be read: No such file",
        ),
    ],
)
def test_wrong_use_ends_with_2_and_a_sentence(run: Any, words: str, sentence: str) -> None:
    done = run(*words.split())
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(f"mockserver {words.split(maxsplit=1)[0]}: {sentence}")


def test_no_command_shows_them_all(run: Any) -> None:
    done = run()
    assert done.code == 2
    assert "run the server" in done.err


def test_unknown_option_shows_the_usage_of_its_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(["serve", "--prt", "8"])
    assert capsys.readouterr().err.startswith("usage: mockserver serve ")


def test_faults_that_are_none_are_told(run: Any) -> None:
    assert run("fault", "list").out.startswith("no fault is armed in sbx-")
    assert run("fault", "list", "--json").json == []
    armed = run("fault", "add", "status", "code=503", "--json").json["id"]
    assert run("fault", "clear", armed).out == f"disarmed {armed}\n"
    assert run("fault", "clear").out.startswith("no fault is armed in sbx-")


def test_doctor_says_where_no_database_can_be_made(run: Any) -> None:
    seen = run("doctor", "--database", "sqlite:////proc/a.db")
    assert "BAD   store           /proc/a.db cannot be made (" in seen.out
