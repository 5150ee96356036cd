"""Markdown for the comment on a pull request."""

from contracts.redaction import Redactor
from contracts.result import Outcome, RunResult
from contracts.statements import EVIDENCE
from contracts.verdict import Standing, Verdict

WORD = {Outcome.HELD: "held", Outcome.VIOLATED: "violated", Outcome.COULD_NOT_RUN: "could not run to its end"}
LONGEST = 240


def render(result: RunResult, redactor: Redactor) -> str:
    """Numbers first, then what is wrong, then what was observed."""
    options = result.options
    parts = [
        f"### Contracts of {options.vendor}: {WORD[result.outcome]}",
        "\n\n".join(_cell(redactor.text(sentence)) for sentence in result.sentences),
        _numbers(result),
        _section("Violated", result.violated, redactor),
        _section(
            "Undecided", [one for one in result.asserted if one.standing is Standing.UNDECIDED], redactor
        ),
        _section("Observed, not asserted", result.observations, redactor),
        _left_behind(result),
        f"`{options.base_url}`, profile {options.profile.label}, {len(result.exchanges)} requests, "
        f"seed {options.seed}.",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _numbers(result: RunResult) -> str:
    lines = [
        "| evidence | index | score | held | violated | undecided | not exercised |",
        "|---|---|---|---|---|---|---|",
    ]
    for level in (*EVIDENCE, ""):
        numbers = result.numbers(*([level] if level else []))
        lines.append(
            f"| {level or 'all'} | {numbers.index:.1%} | {numbers.score:.1%} "
            f"| {numbers.held} | {numbers.violated} "
            f"| {numbers.undecided} | {numbers.not_exercised} |"
        )
    return "\n".join(lines)


def _section(title: str, verdicts: list[Verdict], redactor: Redactor) -> str:
    if not verdicts:
        return ""
    lines = [
        f"<details><summary>{title}: {len(verdicts)}</summary>",
        "",
        "| statement | what was seen |",
        "|---|---|",
    ]
    for verdict in verdicts:
        seen = redactor.text(verdict.reason)
        shown = seen if len(seen) <= LONGEST else seen[:LONGEST] + "…"
        lines.append(f"| **{verdict.id}** {_cell(verdict.statement.text)} | {_cell(shown)} |")
    return "\n".join([*lines, "", "</details>"])


def _left_behind(result: RunResult) -> str:
    if not result.left_behind:
        return ""
    made = ", ".join(f"{_cell(one.kind)} {_cell(one.id)}" for one in result.left_behind)
    count = len(result.left_behind)
    return f"<details><summary>Created by this run and still there: {count}</summary>\n\n{made}\n\n</details>"


def _cell(text: str) -> str:
    """Text that neither ends the cell nor becomes markup."""
    escaped = text.replace("&", "&amp;").replace("<", "&lt;").replace("|", "\\|").replace("`", "\\`")
    return " ".join(escaped.split())
