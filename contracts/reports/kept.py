"""Which of a run's requests a report for readers keeps; the HAR keeps every one."""

from collections.abc import Sequence

from contracts.exchange import Exchange
from contracts.result import RunResult
from contracts.verdict import Standing

DOUBTFUL = (Standing.VIOLATED, Standing.UNDECIDED)


def kept_exchanges(result: RunResult) -> Sequence[Exchange]:
    """What verdicts and sightings rest on, the first of each operation and status, and what got no answer.

    Of a violated or undecided statement it is all that its named contract sent: the way there matters.
    """
    numbers = {one.exchange for one in result.undocumented}
    origins = set()
    for verdict in result.verdicts:
        look = verdict.deciding
        if look is not None:
            numbers.add(look.exchange or 0)
            if verdict.standing in DOUBTFUL and not look.origin.startswith(("coverage.", "document.")):
                origins.add(look.origin)
    seen: set[tuple[str | None, int | None]] = set()
    kept = []
    for exchange in result.exchanges:
        kind = (exchange.operation, exchange.answer.status if exchange.answer is not None else None)
        if exchange.number in numbers or exchange.origin in origins or kind not in seen or kind[1] is None:
            kept.append(exchange)
        seen.add(kind)
    return kept
