"""Our own server, started as a user starts it, judged in profile full: what is documented holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contracts_reports import Report, read_report

from contracts.cli import main
from contracts.statements import VENDORS


@pytest.fixture(scope="module")
def judged(server: Any, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, Report]]:
    """Exit code and report by vendor, on SQLite."""
    out = tmp_path_factory.mktemp("contracts")
    return {vendor: judge(server, vendor, out) for vendor in VENDORS}


def judge(server: Any, vendor: str, out: Path, *options: str) -> tuple[int, Report]:
    address = [
        "--vendor",
        vendor,
        "--base-url",
        server.base_url(vendor),
        "--admin-url",
        server.ready["admin_url"],
    ]
    with pytest.MonkeyPatch.context() as environment:
        # Without credentials of its own the run opens a sandbox and takes those.
        for name in (
            "CONSERO_API_KEY",
            "PROCTOREXAM_API_TOKEN",
            "PROCTOREXAM_SECRET_KEY",
            "CONSTRUCTOR_INTEGRATION_NAME",
            "CONSTRUCTOR_JWT_SECRET",
        ):
            environment.delenv(f"CONTRACTS_{name}", raising=False)
        code = main(
            ["run", *address, "--profile", "full", "--report", "json", "--out", str(out), "--quiet", *options]
        )
    return code, read_report(out, vendor)


@pytest.fixture(params=VENDORS)
def report(request: pytest.FixtureRequest, judged: dict[str, tuple[int, Report]]) -> Report:
    return judged[request.param][1]


def test_nothing_is_violated(report: Report) -> None:
    violated = {
        statement: report.reason(statement)
        for statement in report.ids("violated", "documented", "client", "inferred")
    }
    assert violated == {}


def test_no_documented_statement_is_undecided(report: Report) -> None:
    assert {statement: report.reason(statement) for statement in report.ids("undecided", "documented")} == {}


def test_every_documented_statement_holds_or_has_its_reason(report: Report) -> None:
    unexplained = [
        statement
        for statement in report.ids("not exercised", "documented")
        if report.reason(statement).startswith(("no contract", "needs profile", "this mock", "the control"))
    ]
    assert unexplained == []


def test_no_server_error_was_seen(report: Report) -> None:
    assert [one for one in report.extra["undocumented"] if one["kind"] in {"server error", "no answer"}] == []


@pytest.mark.parametrize("vendor", VENDORS)
def test_exit_code_is_zero(judged: dict[str, tuple[int, Report]], vendor: str) -> None:
    assert judged[vendor][0] == 0


@pytest.fixture
def on_postgresql(serve: Any, postgresql_url: str) -> Iterator[Any]:
    with serve("--database", postgresql_url) as running:
        yield running


@pytest.mark.parametrize("vendor", VENDORS)
def test_named_contracts_hold_on_postgresql(on_postgresql: Any, tmp_path: Path, vendor: str) -> None:
    code, report = judge(on_postgresql, vendor, tmp_path, "--only", vendor)
    assert (code, report.ids("violated", "documented", "client", "inferred")) == (0, [])
