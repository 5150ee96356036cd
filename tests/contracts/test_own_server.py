"""Our own server, started as a user starts it, judged in profile full: what is documented holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from contracts_reports import Report, judge_as_owner, read_report

from contracts.statements import VENDORS, load_statements
from contracts.undecidable import load_undecidable

Judged = tuple[int, dict[str, Report]]
LARGEST_REPORT_BYTES = 2_000_000


@pytest.fixture(params=VENDORS)
def report(request: pytest.FixtureRequest, judged: Judged) -> Report:
    return judged[1][request.param]


def test_exit_code_is_zero(judged: Judged) -> None:
    assert judged[0] == 0


def test_nothing_is_violated(report: Report) -> None:
    violated = {
        statement: report.reason(statement)
        for statement in report.ids("violated", "documented", "client", "inferred")
    }
    assert violated == {}


@pytest.mark.parametrize("vendor", VENDORS)
def test_every_documented_statement_is_held_but_those_with_a_reason(judged: Judged, vendor: str) -> None:
    """So `undecidable.yaml` says exactly what a full run does not hold, and README can count by it."""
    documented = {one.id for one in load_statements(vendor).values() if one.evidence == "documented"}
    assert documented - set(judged[1][vendor].ids("held", "documented")) == documented & set(
        load_undecidable(vendor)
    )


def test_no_server_error_was_seen(report: Report) -> None:
    assert [one for one in report.extra["undocumented"] if one["kind"] in {"server error", "no answer"}] == []


def test_every_request_that_decided_is_in_the_report(report: Report) -> None:
    kept = {exchange["number"] for exchange in report.extra["exchanges"]}
    decided = {test["extra"]["exchange"] for test in report.results["tests"]} - {None}
    assert decided <= kept
    assert len(kept) < report.extra["requests"]


def test_report_tells_time_and_held_statements_of_each_operation(report: Report) -> None:
    rows = report.extra["operations"]
    assert sum(row["requests"] for row in rows) == report.extra["requests"]
    assert [row for row in rows if not 0 < row["median_ms"] <= row["slowest_ms"]] == []
    assert [row for row in rows if row["held"] > row["documented"]] == []


def test_report_stays_small_enough_to_open(report: Report) -> None:
    assert report.size_bytes < LARGEST_REPORT_BYTES


@pytest.fixture
def on_postgresql(serve: Any, postgresql_url: str) -> Iterator[Any]:
    with serve("--database", postgresql_url) as running:
        yield running


@pytest.mark.parametrize("vendor", VENDORS)
def test_named_contracts_hold_on_postgresql(on_postgresql: Any, tmp_path: Path, vendor: str) -> None:
    address = ["--admin-url", on_postgresql.ready["admin_url"], "--profile", "full"]
    code = judge_as_owner(tmp_path, "--vendor", vendor, *address, "--only", vendor)
    report = read_report(tmp_path, vendor)
    assert (code, report.ids("violated", "documented", "client", "inferred")) == (0, [])


@pytest.mark.parametrize(("vendor", "profile"), [("consero", "full"), ("proctorexam", "readonly")])
def test_two_runs_with_one_seed_give_the_same_verdicts(
    server: Any, tmp_path: Path, vendor: str, profile: str
) -> None:
    options = ["--vendor", vendor, "--admin-url", server.ready["admin_url"], "--profile", profile]
    judge_as_owner(tmp_path / "first", *options, "--seed", "7")
    judge_as_owner(tmp_path / "second", *options, "--seed", "7")
    first, second = read_report(tmp_path / "first", vendor), read_report(tmp_path / "second", vendor)
    assert first.standings == second.standings
    assert first.ids("held", "documented")
    assert first.sightings == second.sightings
