"""What a run did at each operation: answers by status, how quick they were, and what held there."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from statistics import median

from contracts.result import RunResult
from contracts.verdict import Standing

# What goes to no operation of the document, such as a page that an answer linked to.
OTHER = "(other)"


@dataclass(frozen=True)
class OperationFigures:
    """`statuses` counts the answers; of `documented` statements about this operation alone `held` hold."""

    operation: str
    statuses: Mapping[int, int]
    requests: int
    median_ms: float
    slowest_ms: float
    documented: int
    held: int


def figures_of(result: RunResult) -> list[OperationFigures]:
    """One row for each operation that was called, by name."""
    statuses: dict[str, Counter[int]] = {}
    times_ms: dict[str, list[float]] = {}
    sent: Counter[str] = Counter()
    for exchange in result.exchanges:
        name = exchange.operation or OTHER
        sent[name] += 1
        if exchange.answer is not None:
            statuses.setdefault(name, Counter())[exchange.answer.status] += 1
            times_ms.setdefault(name, []).append(exchange.answer.elapsed_ms)
    documented, held = _documented(result)
    return [
        OperationFigures(
            operation=name,
            statuses=statuses.get(name, Counter()),
            requests=sent[name],
            median_ms=median(times_ms.get(name, [0.0])),
            slowest_ms=max(times_ms.get(name, [0.0])),
            documented=documented[name],
            held=held[name],
        )
        for name in sorted(sent)
    ]


def _documented(result: RunResult) -> tuple[Counter[str], Counter[str]]:
    """Of each operation: how many documented statements speak of it, and how many of those held."""
    of_all: Counter[str] = Counter()
    held: Counter[str] = Counter()
    for verdict in result.verdicts:
        if verdict.statement.evidence == "documented" and not verdict.statement.applies_to_all:
            of_all.update(verdict.statement.applies_to)
            if verdict.standing is Standing.HELD:
                held.update(verdict.statement.applies_to)
    return of_all, held
