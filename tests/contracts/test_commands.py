"""The commands as a user types them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from contracts.cli import main

Run = Callable[..., tuple[int, Any]]
ONLY_LIST = ("--only", "consero.examinations.list")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list", "--vendor", "consero"], ["show", "CO-055"], ["list", "--contracts"]]
)
def test_looking_things_up_needs_neither_engine_nor_client(arguments: list[str]) -> None:
    code = (
        "import sys; from contracts.cli import main\n"
        f"try: main({arguments!r})\n"
        "except SystemExit: pass\n"
        "sys.exit(bool({'schemathesis', 'requests'} & set(sys.modules)))"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=False).returncode == 0


def test_no_command_shows_them_all(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([]) == 2
    assert "judge a server statement by statement" in capsys.readouterr().err


@pytest.mark.parametrize("statement", ["CO-055", "co-055"])
def test_show_prints_text_source_and_contracts(statement: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", statement]) == 0
    shown = capsys.readouterr().out
    assert [
        word
        for word in ("inValid", "Source:", "allocations.cancel", "consero.cancellations.cancel")
        if word not in shown
    ] == []


def test_show_of_an_unknown_statement_is_a_usage_error(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "XX-1"]) == 2
    assert "XX-1" in capsys.readouterr().err


@pytest.mark.parametrize("vendors", [["consero"], ["consero", "constructor"]])
def test_run_of_no_contract_at_all_is_a_usage_error(
    vendors: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    where = [f"--vendor={vendor}" for vendor in vendors]
    where += [f"--base-url={vendor}=http://127.0.0.1:1" for vendor in vendors]
    assert main(["run", *where, "--only", "consero.misspelt"]) == 2
    assert "No named contract begins with 'consero.misspelt'" in capsys.readouterr().err


def test_list_can_be_narrowed(capsys: pytest.CaptureFixture[str]) -> None:
    main(["list", "--vendor", "consero", "--evidence", "inferred"])
    lines = capsys.readouterr().out.splitlines()
    assert (lines[0].startswith("CO-006  inferred"), {line.split()[1] for line in lines}) == (
        True,
        {"inferred"},
    )


@pytest.fixture
def two_reports(run_contracts: Run, liar: str, tmp_path: Path) -> tuple[Path, Path]:
    run_contracts("consero", liar, *ONLY_LIST)
    before, after = tmp_path / "contracts-consero.json", tmp_path / "after.json"
    text = before.read_text(encoding="utf-8")
    after.write_text(text.replace('"standing": "violated"', '"standing": "held"'), encoding="utf-8")
    return before, after


def test_diff_of_equal_reports_is_zero(
    two_reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["diff", str(two_reports[0]), str(two_reports[0])])
    assert (code, "No statement differs." in capsys.readouterr().out) == (0, True)


def test_diff_names_each_statement_that_differs(
    two_reports: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["diff", str(two_reports[0]), str(two_reports[1])])
    shown = capsys.readouterr().out
    assert (code, "CO-028 Each array item has testId" in shown, "CO-029" in shown) == (1, True, False)


@pytest.mark.parametrize("content", ["", "{}", "[]", "no json"])
def test_diff_of_something_else_is_a_usage_error(
    tmp_path: Path, content: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "x.json").write_text(content)
    assert main(["diff", str(tmp_path / "x.json"), str(tmp_path / "x.json")]) == 2
    assert "x.json is no JSON report: " in capsys.readouterr().err


def test_resend_signs_afresh(
    run_contracts: Run, liar: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run_contracts("consero", liar, *ONLY_LIST)
    code = main(["resend", str(tmp_path / "contracts-consero.json"), "1"])
    shown = capsys.readouterr().out
    assert (code, "In the report this request was answered 200." in shown) == (0, True)


@pytest.mark.parametrize("number", ["0", "99999"])
def test_resend_of_nothing_is_a_usage_error(
    run_contracts: Run, liar: str, tmp_path: Path, number: str
) -> None:
    run_contracts("consero", liar, *ONLY_LIST)
    assert main(["resend", str(tmp_path / "contracts-consero.json"), number]) == 2


def test_waiver_keeps_a_known_violation_from_failing(run_contracts: Run, liar: str, tmp_path: Path) -> None:
    waivers = tmp_path / "waivers.yaml"
    waivers.write_text("- {id: CO-028, date: 2026-11-21, reason: known to the vendor}\n")
    code, report = run_contracts("consero", liar, *ONLY_LIST, "--waivers", str(waivers))
    assert (code, report.standings["CO-028"]) == (0, "waived")


@pytest.mark.parametrize("content", ["- {id: CO-028}", "[1]", "- x"])
def test_waiver_without_a_reason_is_refused(tmp_path: Path, liar: str, content: str) -> None:
    (tmp_path / "waivers.yaml").write_text(content)
    assert (
        main(["run", "--vendor", "consero", "--base-url", liar, "--waivers", str(tmp_path / "waivers.yaml")])
        == 2
    )


def test_junit_has_one_case_a_statement(run_contracts: Run, liar: str, tmp_path: Path) -> None:
    _, report = run_contracts("consero", liar, *ONLY_LIST)
    suite = ElementTree.parse(tmp_path / "contracts-consero.xml").getroot()
    failed = [case.get("name", "")[:6] for case in suite.iter("testcase") if case.find("failure") is not None]
    assert (len(list(suite.iter("testcase"))), failed) == (len(report.standings), ["CO-028"])


def test_json_is_a_ctrf_envelope(run_contracts: Run, liar: str) -> None:
    _, report = run_contracts("consero", liar, *ONLY_LIST)
    summary = report.results["summary"]
    parts = sum(summary[name] for name in ("passed", "failed", "pending", "skipped", "other"))
    assert (summary["tests"], parts) == (len(report.standings), len(report.standings))
    assert summary["failed"] == len(report.ids("violated", "documented"))


def test_har_holds_every_request(run_contracts: Run, liar: str, tmp_path: Path) -> None:
    _, report = run_contracts("consero", liar, *ONLY_LIST)
    log = json.loads((tmp_path / "contracts-consero.har").read_text())["log"]
    assert (log["version"], len(log["entries"])) == ("1.2", len(report.extra["exchanges"]))


def test_html_loads_nothing_and_runs_nothing_that_was_recorded(
    run_contracts: Run, record: Any, tmp_path: Path
) -> None:
    attack = "<script>alert(1)</script>@@SCRIPT@@<img src=x onerror=alert(2)>"
    server = record(lambda *_: (200, [{"testId": 1, "testName": attack, attack: attack}]))
    run_contracts("consero", server.url, *ONLY_LIST)
    page = (tmp_path / "contracts-consero.html").read_text()
    assert [text for text in ("<script>alert", "<img", 'http-equiv="refresh"') if text in page] == []
    assert page.count("<script>") == 1


def test_markdown_is_not_broken_by_what_was_recorded(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    server = record(lambda *_: (200, [{"testId": "a|b\n</details><b>", "testName": "x"}]))
    run_contracts("consero", server.url, *ONLY_LIST)
    text = (tmp_path / "contracts-consero.md").read_text()
    assert ("<b>" in text, text.count("</details>"), text.count("<details>")) == (
        False,
        text.count("<details>"),
        text.count("</details>"),
    )


def test_two_runs_with_one_seed_give_the_same_verdicts(run_contracts: Run, liar: str) -> None:
    _, first = run_contracts("consero", liar, "--seed", "7")
    _, second = run_contracts("consero", liar, "--seed", "7")
    assert first.standings == second.standings
