"""One run: credentials and sandbox, controls, named contracts, generated requests, clean-up, verdicts."""

import secrets
from collections.abc import Iterable
from time import monotonic, time

from contracts.admin import Admin
from contracts.bench import Bench
from contracts.checks import judge_answer
from contracts.cleanup import TAG_PREFIX, clean_up, what_may_be_left
from contracts.contract import Contract
from contracts.credentials import Credentials
from contracts.door import Door, ServerGone
from contracts.exchange import Exchange
from contracts.first_call import why_not_to_judge
from contracts.ledger import Ledger, set_aside
from contracts.namedrun import run_contracts
from contracts.options import RunOptions
from contracts.progress import Progress
from contracts.result import RunResult
from contracts.runclock import RunClock
from contracts.safety import Guard, origin_of
from contracts.seen import Sightings
from contracts.statements import Statement, load_statements
from contracts.surface import Operation, Surface, load_surface
from contracts.undecidable import load_undecidable
from contracts.vendors import SigningOptions, Vendor, load_vendor
from contracts.verdict import decide


def run(
    options: RunOptions, credentials: Credentials, admin: Admin | None, clock: RunClock, progress: Progress
) -> RunResult:
    """Judge one server; whatever happens on the way, the result holds what was seen and what is left."""
    result = RunResult(options, run_id=secrets.token_hex(4), started_at=time())
    started = monotonic()
    vendor, surface = load_vendor(options.vendor), load_surface(options.vendor)
    bench = _set_up(options, credentials, admin, clock, vendor, surface, result)
    bench.door.on_exchange = lambda _: setattr(progress, "requests", bench.door.guard.sent)
    sightings = Sightings()
    bench.watch = lambda exchange: _hold_against_document(bench, surface, sightings, exchange)
    served = bench.served = admin.served_operations(options.vendor) if admin is not None else None
    try:
        _ask(options, bench, surface, sightings, served, progress, result)
    except ServerGone as gone:
        result.interrupted = True
        result.sentences.append(f"{gone} The run ended at request {bench.door.guard.sent}.")
    except KeyboardInterrupt:
        result.interrupted = True
        result.sentences.append("Interrupted: the report holds what was seen until then.")
    finally:
        result.sentences += _what_the_budget_cost(bench)
        result.left_behind = clean_up(bench, progress)
        result.sentences += what_may_be_left(bench)
        progress.close()
    result.exchanges = bench.door.exchanges
    result.undocumented = sightings.all
    if result.faults and result.ended is None:
        count = sum(fault.times for fault in result.faults)
        result.sentences.append(f"The server failed {count} times with a 5xx that is not documented.")
    _judge(options, bench, surface, served, result)
    result.seconds = monotonic() - started
    return result


def _set_up(
    options: RunOptions,
    credentials: Credentials,
    admin: Admin | None,
    clock: RunClock,
    vendor: Vendor,
    surface: Surface,
    result: RunResult,
) -> Bench:
    tag = f"{TAG_PREFIX}-{result.run_id}"
    file = None
    # A sandbox of this run goes away as a whole, with all that is in it.
    if options.out is not None and not (admin is not None and admin.owns_sandbox):
        options.out.mkdir(parents=True, exist_ok=True)
        file = options.out / f"ledger-{options.vendor}.jsonl"
        kept = set_aside(file)
        if kept is not None:
            result.sentences.append(
                f"An earlier run left objects behind: 'contracts cleanup --ledger {kept}' removes them."
            )
    guard = Guard(
        options.profile,
        origin_of(options.base_url),
        vendor.rules,
        Ledger(file),
        tag,
        options.budget,
        options.per_second,
    )
    signer = vendor.signer(
        credentials, surface, options.base_url, clock, SigningOptions(sign_url_ids=options.sign_url_ids)
    )
    door = Door(options.base_url, surface, guard, signer)
    return Bench(vendor, door, credentials, clock, admin, options.profile, tag, options.sign_url_ids)


def _ask(
    options: RunOptions,
    bench: Bench,
    surface: Surface,
    sightings: Sightings,
    served: set[str] | None,
    progress: Progress,
    result: RunResult,
) -> None:
    chosen = _choose(options, bench.vendor, served)
    allowed = [contract for contract in chosen if contract.profile <= options.profile]
    for contract in chosen:
        if contract not in allowed:
            bench.not_exercised(contract.statements, f"needs profile {contract.profile.label}")
    result.ended = why_not_to_judge(bench)
    if result.ended is not None:
        result.sentences.append(result.ended.sentence)
        return
    position = {contract.id: number for number, contract in enumerate(allowed, 1)}
    run_contracts(
        bench,
        allowed,
        lambda contract: progress.step("contract", position[contract.id], len(allowed), contract.id),
    )
    if options.generated and options.only is None:
        _generate(options, bench, surface, sightings, served, progress)


def _what_the_budget_cost(bench: Bench) -> list[str]:
    guard = bench.door.guard
    if not guard.refused_by_budget:
        return []
    return [
        f"The budget of {guard.budget} requests was spent before the end: --max-requests sets another one. "
        "What was not asked stands under 'not exercised'."
    ]


def _hold_against_document(bench: Bench, surface: Surface, sightings: Sightings, exchange: Exchange) -> None:
    """Every answer counts, also those of requests that a contract sends on the way to something else."""
    path = exchange.request.url.removeprefix(bench.door.base_url).partition("?")[0]
    match = surface.match(exchange.request.method, path)
    if match is not None:
        bench.evidence += judge_answer(surface, match.operation, exchange, sightings)


def _choose(options: RunOptions, vendor: Vendor, served: set[str] | None) -> list[Contract]:
    wanted = options.statements
    about = [one for one in vendor.register if wanted is None or not wanted.isdisjoint(one.statements)]
    families = {contract.family for contract in about}
    return [
        contract
        for contract in vendor.register
        if (contract in about or (contract.control and contract.family in families))
        and (options.only is None or contract.id.startswith(options.only))
        and (served is None or set(contract.operations) <= served)
    ]


def _generate(
    options: RunOptions,
    bench: Bench,
    surface: Surface,
    sightings: Sightings,
    served: set[str] | None,
    progress: Progress,
) -> None:
    from contracts.engine import run_coverage  # noqa: PLC0415 - schemathesis is slow to import and not always needed

    def wanted(operation: Operation) -> bool:
        return (
            bench.door.guard.may_send(operation.method, operation.id)
            and operation.id not in bench.vendor.cases.left_out
            and (served is None or operation.id in served)
            and (options.operations is None or operation.id in options.operations)
        )

    rows = [operation for operation in surface.operations if wanted(operation)]
    numbers = iter(range(1, len(rows) + 1))
    run_coverage(
        bench,
        surface,
        wanted,
        sightings,
        options.seed,
        lambda name: progress.step("generated", next(numbers), len(rows), name),
    )


def _judge(
    options: RunOptions, bench: Bench, surface: Surface, served: set[str] | None, result: RunResult
) -> None:
    undecidable = load_undecidable(options.vendor)
    statements = load_statements(options.vendor)
    of_operations = _reasons_of_operations(statements.values(), bench, served)
    left_out = dict.fromkeys(statements, _why_left_out(options, result))
    reasons = {**left_out, **surface.not_expressible, **of_operations, **bench.reasons, **undecidable}
    # What cannot be decided from outside gets no verdict just because it stands beside something else.
    evidence = [
        look for look in bench.evidence if look.statement in statements and look.statement not in undecidable
    ]
    result.verdicts = decide(statements.values(), evidence, reasons=reasons, waivers=options.waivers or {})


def _why_left_out(options: RunOptions, result: RunResult) -> str:
    """Why a statement that nothing else is said about was not exercised."""
    if result.ended is not None:
        return result.ended.reason
    if result.interrupted:
        return "the run ended before"
    if options.only is not None:
        return f"--only {options.only} leaves it out"
    return "nothing that was sent came to it"


def _reasons_of_operations(
    statements: Iterable[Statement], bench: Bench, served: set[str] | None
) -> dict[str, str]:
    """Why a statement about some operations could not be exercised at all."""
    reasons = {}
    methods: dict[str, str] = {}
    for operation in bench.door.surface.operations:
        methods.setdefault(operation.id, operation.method)
    for statement in statements:
        own = [name for name in statement.applies_to if name in methods]
        if served is not None and own and not set(own) & served:
            reasons[statement.id] = "this mock does not serve the operation"
        elif own and not any(bench.door.guard.may_send(methods[name], name) for name in own):
            reasons[statement.id] = f"profile {bench.profile.label} does not call the operation"
    return reasons
