"""The report on the terminal: operation by status, findings, and the two numbers at the end."""

import textwrap

from contracts.operations import figures_of
from contracts.result import RunResult
from contracts.seen import Undocumented
from contracts.statements import EVIDENCE
from contracts.verdict import Numbers, Standing, Verdict

LONGEST_REASON = 300
MOST_LISTED = 30
WIDTH = 100
# Of the second kind the broken field was never looked at.
REFUSALS = {
    "refusal": "good requests refused with",
    "refusal of access": "broken requests refused at the door with",
}
INDENT = " " * 6


def render(result: RunResult) -> str:
    """The whole report as text."""
    parts = [
        *result.sentences,
        _table(result),
        _verdicts("Violated", result.violated),
        _undecided([one for one in result.asserted if one.standing is Standing.UNDECIDED]),
        _verdicts("Observed: the server does otherwise than we inferred", result.observations),
        _undocumented(result),
        _left_behind(result),
        _numbers(result),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _table(result: RunResult) -> str:
    """Operation by status, how many documented statements of it hold, and how long its answers took."""
    rows = figures_of(result)
    if not rows:
        return ""
    statuses = sorted({status for row in rows for status in row.statuses})
    width = max(len(row.operation) for row in rows)
    head = (
        " " * width
        + "".join(f"{status:>6}" for status in statuses)
        + f"{'held':>9}{'median':>9}{'slowest':>10}"
    )
    lines = [
        row.operation.ljust(width)
        + "".join(f"{row.statuses.get(status) or '.':>6}" for status in statuses)
        + f"{f'{row.held}/{row.documented}' if row.documented else '':>9}"
        + f"{row.median_ms:>6.1f} ms{row.slowest_ms:>7.1f} ms"
        for row in rows
    ]
    legend = "held: of the documented statements about this operation alone."
    return "\n".join([head, *lines, legend])


def _verdicts(title: str, verdicts: list[Verdict]) -> str:
    if not verdicts:
        return ""
    lines = [f"{title}: {len(verdicts)}"]
    for verdict in verdicts:
        look = verdict.deciding
        where = f" [request {look.exchange}]" if look and look.exchange else ""
        lines.append(f"  {verdict.id} ({verdict.statement.evidence}) {verdict.statement.text}")
        lines.append(f"{INDENT}{_short(verdict.reason)}{where}")
    return "\n".join(lines)


def _undecided(verdicts: list[Verdict]) -> str:
    """By reason: one answer that did not come leaves many statements undecided."""
    if not verdicts:
        return ""
    by_reason: dict[str, list[str]] = {}
    for verdict in verdicts:
        by_reason.setdefault(_short(verdict.reason), []).append(verdict.id)
    lines = [f"Undecided: {len(verdicts)} ('contracts show ID' prints a statement)"]
    for reason, ids in by_reason.items():
        lines.append(f"  {reason}")
        lines += textwrap.wrap(" ".join(ids), WIDTH, initial_indent=INDENT, subsequent_indent=INDENT)
    return "\n".join(lines)


def _undocumented(result: RunResult) -> str:
    if not result.undocumented:
        return ""
    lines = ["Seen and not documented:"]
    alike: dict[tuple[str, str, str], list[Undocumented]] = {}
    for one in result.undocumented:
        # Refusals by the way of the request and their status: what counts is that there were any.
        what = one.what.rpartition(": ")[2] if one.kind in REFUSALS else one.what
        alike.setdefault((one.operation, REFUSALS.get(one.kind, one.kind), _short(what)), []).append(one)
    for (operation, kind, what), group in alike.items():
        times, first = sum(one.times for one in group), min(group, key=lambda one: one.exchange)
        of_first = f": {_short(first.what.rpartition(': ')[0])}" if first.kind in REFUSALS else ""
        often = "once, in" if times == 1 else f"{times} times, first in"
        lines.append(f"  {operation}: {kind} {what} ({often} request {first.exchange}{of_first})")
    return "\n".join(lines)


def _left_behind(result: RunResult) -> str:
    if not result.left_behind:
        return ""
    lines = [f"Created by this run and still there: {len(result.left_behind)} (all of them in the ledger)"]
    lines += [
        f"  {made.kind} {made.id}" + ("" if made.removal else " (the vendor documents no way to remove it)")
        for made in result.left_behind[:MOST_LISTED]
    ]
    return "\n".join(lines)


def _numbers(result: RunResult) -> str:
    rows = [_number_row(level, result.numbers(level)) for level in EVIDENCE]
    rows.append(_number_row("all", result.numbers()))
    head = (
        f"{'':<12}{'index':>8}{'score':>8}{'held':>7}{'violated':>10}{'undecided':>11}"
        f"{'not exercised':>15}{'waived':>8}{'all':>6}"
    )
    asserted = " and ".join(result.options.asserted)
    closing = (
        f"{len(result.exchanges)} request{'s' * (len(result.exchanges) != 1)} in {result.seconds:.1f} s, "
        f"profile {result.options.profile.label}, "
        f"seed {result.options.seed}. Asserted: {asserted}. "
        "Index: share of statements that were exercised. Score: share that held."
    )
    return "\n".join([head, *rows, "", closing])


def _number_row(name: str, numbers: Numbers) -> str:
    return (
        f"{name:<12}{numbers.index:>8.1%}{numbers.score:>8.1%}{numbers.held:>7}{numbers.violated:>10}"
        f"{numbers.undecided:>11}{numbers.not_exercised:>15}{numbers.waived:>8}{numbers.all:>6}"
    )


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_REASON else text[:LONGEST_REASON] + "…"
