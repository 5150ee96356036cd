"""One test a statement, and one of the run as a whole."""

import pytest

from contracts.redaction import Redactor
from contracts.result import Outcome, RunResult
from contracts.verdict import Standing, Verdict


def test_run_could_judge_the_server(result: RunResult, redactor: Redactor) -> None:
    """What no statement covers fails here: another server, refused credentials, a crash, no connection."""
    if result.outcome is not Outcome.HELD and not result.violated:
        pytest.fail(redactor.text("\n".join(result.sentences)), pytrace=False)


def test_statement_holds(verdict: Verdict, result: RunResult, redactor: Redactor) -> None:
    """Skipped with a reason where the run could not decide, or does not assert this level of evidence."""
    reason = redactor.text(verdict.reason)
    if verdict.standing is Standing.VIOLATED and verdict.statement.evidence in result.options.asserted:
        pytest.fail(f"{verdict.id} {verdict.statement.text}\n{reason}", pytrace=False)
    if verdict.standing is not Standing.HELD:
        pytest.skip(f"{verdict.standing.value}: {reason}")
