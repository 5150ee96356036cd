"""The first call of a run: whether anything is there that can be judged, and lets the run in."""

from contracts.bench import Bench
from contracts.credentials import FIELDS, variable_name
from contracts.exchange import Answer
from contracts.namedrun import run_one, succeeded
from contracts.result import Ended, Outcome

REFUSALS_OF_ACCESS = frozenset({401, 403})
# Answers of a router that knows nothing of the address.
NOWHERE = frozenset({404, 405})


def why_not_to_judge(bench: Bench) -> Ended | None:
    """Run the vendor's first control; what fails there is no matter of single statements.

    A server whose answer the interface could give, even if it is a wrong one, can be judged.
    """
    control = next(contract for contract in bench.vendor.register if contract.control)
    before = len(bench.evidence)
    run_one(bench, control)
    good = succeeded(bench, control)
    del bench.evidence[before:]
    exchange = bench.last
    if exchange is None:
        return None  # the budget was spent before the first request
    if exchange.error or exchange.answer is None:
        return _no_answer(exchange.error)
    return _by_answer(bench, exchange.answer, good=good)


def _no_answer(error: str) -> Ended:
    return Ended(
        f"The simplest call got no answer: {error}. Check --base-url: host, port, http or https.",
        "the simplest call got no answer",
        Outcome.COULD_NOT_RUN,
    )


def _by_answer(bench: Bench, answer: Answer, *, good: bool) -> Ended | None:
    if answer.status in REFUSALS_OF_ACCESS and not good:
        names = ", ".join(variable_name(bench.vendor.name, name) for name in FIELDS[bench.vendor.name])
        return Ended(
            f"The server refuses these credentials: {bench.describe()}. "
            f"Check {names}, and whether the address of this machine is allowed.",
            "the server refuses these credentials",
            Outcome.VIOLATED,
        )
    if answer.status >= 500:
        return Ended(
            f"The server fails at the simplest call: {bench.describe()}.",
            "the server fails at the simplest call",
            Outcome.VIOLATED,
        )
    if _is_of_another_server(answer, good=good):
        return Ended(
            f"This is not where {bench.vendor.title} is: {bench.describe()}. Check --base-url.",
            "the server is another one",
            Outcome.COULD_NOT_RUN,
        )
    return None


def _is_of_another_server(answer: Answer, *, good: bool) -> bool:
    """A redirect, a web page, or a path that nobody knows."""
    a_page = answer.page_title is not None and (answer.succeeded or not good)
    return 300 <= answer.status < 400 or a_page or (answer.status in NOWHERE and not good)
