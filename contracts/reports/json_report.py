"""The machine-readable report: a CTRF envelope with one test per statement, and everything else in `extra`.

Format: https://ctrf.io, version 0.0.0.
"""

import json
from typing import Any

from contracts.operations import OperationFigures, figures_of
from contracts.redaction import Redactor
from contracts.reports.kept import kept_exchanges
from contracts.reports.wire import exchange_of
from contracts.result import RunResult
from contracts.statements import EVIDENCE
from contracts.verdict import Standing, Verdict

STATUS = {
    Standing.HELD: "passed",
    Standing.VIOLATED: "failed",
    Standing.UNDECIDED: "other",
    Standing.NOT_EXERCISED: "skipped",
    Standing.WAIVED: "skipped",
}


def render(result: RunResult, redactor: Redactor) -> str:
    """The report as JSON text."""
    return json.dumps(envelope(result, redactor), ensure_ascii=False, indent=1) + "\n"


def envelope(result: RunResult, redactor: Redactor) -> dict[str, Any]:
    numbers = result.numbers()
    start_ms = int(result.started_at * 1000)
    return {
        "reportFormat": "CTRF",
        "specVersion": "0.0.0",
        "results": {
            "tool": {"name": "proctormock contracts"},
            "summary": {
                "tests": numbers.all,
                "passed": numbers.held,
                "failed": len(result.violated),
                "pending": 0,
                "skipped": numbers.not_exercised + numbers.waived,
                "other": numbers.undecided + len(result.observations),
                "start": start_ms,
                "stop": start_ms + int(result.seconds * 1000),
            },
            "tests": [_test(verdict, result, redactor) for verdict in result.verdicts],
            "extra": _extra(result, redactor),
        },
    }


def _test(verdict: Verdict, result: RunResult, redactor: Redactor) -> dict[str, Any]:
    statement, look = verdict.statement, verdict.deciding
    asserted = statement.evidence in result.options.asserted
    observed = verdict.standing is Standing.VIOLATED and not asserted
    return {
        "name": f"{statement.id} {statement.text}",
        "status": "other" if observed else STATUS[verdict.standing],
        "duration": 0,
        "message": redactor.text(verdict.reason),
        "suite": f"{statement.vendor} {statement.evidence}",
        "tags": [statement.evidence, *statement.applies_to],
        "extra": {
            "id": statement.id,
            "standing": verdict.standing.value,
            "evidence": statement.evidence,
            "asserted": asserted,
            "source": list(statement.source),
            "operations": list(statement.applies_to),
            "decided_by": None if look is None else look.origin,
            "exchange": None if look is None else look.exchange,
        },
    }


def _extra(result: RunResult, redactor: Redactor) -> dict[str, Any]:
    options = result.options
    return {
        "run_id": result.run_id,
        "vendor": options.vendor,
        "base_url": options.base_url,
        "profile": options.profile.label,
        "asserted": list(options.asserted),
        "seed": options.seed,
        "sign_url_ids": options.sign_url_ids,
        "outcome": int(result.outcome),
        "sentences": [redactor.text(sentence) for sentence in result.sentences],
        "numbers": {level or "all": _numbers(result, level) for level in (*EVIDENCE, "")},
        "undocumented": [vars(one) for one in result.undocumented],
        "left_behind": [{"kind": made.kind, "id": made.id} for made in result.left_behind],
        "operations": [_operation(one) for one in figures_of(result)],
        "requests": len(result.exchanges),
        "exchanges": [exchange_of(exchange, redactor) for exchange in kept_exchanges(result)],
    }


def _operation(figures: OperationFigures) -> dict[str, Any]:
    return {
        **vars(figures),
        "statuses": dict(sorted(figures.statuses.items())),
        "median_ms": round(figures.median_ms, 1),
        "slowest_ms": round(figures.slowest_ms, 1),
    }


def _numbers(result: RunResult, level: str) -> dict[str, Any]:
    numbers = result.numbers(*([level] if level else []))
    return {**vars(numbers), "index": round(numbers.index, 4), "score": round(numbers.score, 4)}
