"""Runs named contracts family by family: the control first, and once more at the end."""

from collections.abc import Callable, Iterable
from itertools import groupby

from contracts.bench import Bench, NotServed, Stop, judged
from contracts.contract import Contract
from contracts.verdict import Evidence, Sight


def run_contracts(bench: Bench, contracts: Iterable[Contract], step: Callable[[Contract], None]) -> None:
    """Run all contracts; what they saw is on the bench.

    A refusal means something only while a good request of the same family is accepted, before and after.
    Raises: ServerGone, BudgetSpent by way of Stop in each contract.
    """
    for _, members in groupby(sorted_by_family(contracts), key=lambda contract: contract.family):
        family = list(members)
        controls = [contract for contract in family if contract.control]
        others = [contract for contract in family if not contract.control]
        for control in controls:
            step(control)
            run_one(bench, control)
        failed = next((control for control in controls if not succeeded(bench, control)), None)
        if failed is not None:
            asked = any(look.origin == failed.id for look in bench.evidence)
            why = f"the control {failed.id} did not succeed: {_why(bench, failed)}"
            for contract in others:
                _give_up(bench, contract, why, control_was_asked=asked)
            continue
        first = len(bench.evidence)
        for contract in others:
            step(contract)
            run_one(bench, contract)
        if others and controls and not still_succeeds(bench, controls[0]):
            _doubt(bench, first, f"afterwards the control {controls[0].id} no longer succeeded")


def sorted_by_family(contracts: Iterable[Contract]) -> list[Contract]:
    """Families in the order of their first contract."""
    chosen = list(contracts)
    order = {family: index for index, family in reversed(list(enumerate(c.family for c in chosen)))}
    return sorted(chosen, key=lambda contract: order[contract.family])


def run_one(bench: Bench, contract: Contract) -> None:
    """Run one contract; statements it did not get to are undecided for the reason it stopped."""
    bench.origin = contract.id
    bench.last = None
    exchanges_before = len(bench.door.exchanges)
    served = True
    try:
        contract.body(bench)
        reason = "the contract ended before it could look at this"
    except Stop as stop:
        reason, served = str(stop), not isinstance(stop, NotServed)
    except (LookupError, TypeError, AttributeError, ValueError) as error:
        # A contract walks through answers as documented; one of another shape ends the walk, not the run.
        reason = f"no way on after {bench.describe()} ({type(error).__name__}: {error})"
    unjudged = set(contract.statements) - judged(bench.evidence, contract.id) - set(bench.reasons)
    for statement in contract.statements:
        if statement in unjudged:
            if not served or len(bench.door.exchanges) == exchanges_before:
                bench.not_exercised(statement, reason)
            else:
                bench.unclear(statement, reason)


def succeeded(bench: Bench, control: Contract, since: int = 0) -> bool:
    """Whether the first thing it looked at, by convention the status, was as it should be."""
    first = next((look for look in bench.evidence[since:] if look.origin == control.id), None)
    return first is not None and first.sight is Sight.FOR


def still_succeeds(bench: Bench, control: Contract) -> bool:
    """Run the control again; only its failure leaves a trace."""
    before = len(bench.evidence)
    run_one(bench, control)
    good = succeeded(bench, control, before)
    if good:
        del bench.evidence[before:]
    return good


def _give_up(bench: Bench, contract: Contract, why: str, *, control_was_asked: bool) -> None:
    bench.origin, bench.last = contract.id, None
    if control_was_asked:
        bench.unclear(contract.statements, why)
    else:
        bench.not_exercised(contract.statements, why)


def _doubt(bench: Bench, first: int, why: str) -> None:
    """What was held in this family could have had another reason."""
    for index in range(first, len(bench.evidence)):
        look = bench.evidence[index]
        if look.sight is Sight.FOR:
            bench.evidence[index] = Evidence(look.statement, Sight.UNCLEAR, look.origin, why, look.exchange)


def _why(bench: Bench, control: Contract) -> str:
    looks = [look for look in bench.evidence if look.origin == control.id]
    return looks[0].seen if looks else bench.reasons.get(control.statements[0], "it could not be asked")
