"""One test a statement."""

import pytest

from contracts.result import RunResult
from contracts.verdict import Standing, Verdict


def test_statement_holds(verdict: Verdict, result: RunResult) -> None:
    """Skipped with a reason where the run could not decide, or does not assert this level of evidence."""
    if verdict.standing is Standing.VIOLATED and verdict.statement.evidence in result.options.asserted:
        pytest.fail(f"{verdict.id} {verdict.statement.text}\n{verdict.reason}", pytrace=False)
    if verdict.standing is not Standing.HELD:
        pytest.skip(f"{verdict.standing.value}: {verdict.reason}")
