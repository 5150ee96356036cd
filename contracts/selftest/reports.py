"""The figures for the console, as JSON, and as Markdown with the whole matrix."""

import json
from typing import Any

from contracts.selftest.figures import SelfTest
from contracts.selftest.trial import Trial


def console(result: SelfTest) -> str:
    """Kill rates, survivors, and what was found at the sound server."""
    lines = [
        f"{'':<12}{'faults':>7}{'killed':>8}{'rate':>8}{'named':>8}{'generated':>11}"
        f"{'other':>7}{'survived':>10}{'untried':>9}"
    ]
    lines += [
        f"{row.vendor:<12}{row.all:>7}{row.own:>8}{row.rate:>8.1%}"
        f"{row.share(row.named):>8.1%}{row.share(row.generated):>11.1%}"
        f"{row.other:>7}{row.survived:>10}{row.untried:>9}"
        for row in result.killed
    ]
    lines += [
        "killed: by a statement that the fault breaks; named, generated: share that this layer killed.",
        "other: noticed, but by no statement of its own.",
        "",
    ]
    for trial in result.survivors:
        lines += _survivor(trial)
    for trial in result.sound:
        what = "no finding" if trial.clean else "FINDINGS"
        lines.append(f"Sound server, {trial.vendor}: {what} in {trial.requests} requests.")
        lines += [f"  {statement} {reason}" for statement, reason in trial.reasons.items()]
        lines += [f"  {crash}" for crash in trial.crashes]
        lines += [f"  {trial.trouble}"] if trial.trouble else []
    lines.append(
        f"{len(result.faulty)} faults break {len(result.matrix)} statements; "
        f"{result.seen_broken} of these were seen broken. {result.seconds:.0f} s."
    )
    return "\n".join(lines) + "\n"


def as_json(result: SelfTest) -> str:
    """Everything, for programs."""
    return json.dumps(
        {
            "seconds": round(result.seconds, 1),
            "killed": [{**vars(row), "rate": round(row.rate, 4)} for row in result.killed],
            "sound": [_trial(trial) for trial in result.sound],
            "faults": [_trial(trial) for trial in result.faulty],
            "matrix": result.matrix,
        },
        indent=1,
        ensure_ascii=False,
    )


def as_markdown(result: SelfTest) -> str:
    """The rates, the survivors and the matrix of statements and faults."""
    lines = [
        "# Seeded faults",
        "",
        "| vendor | faults | killed | rate | named | generated | other | survived | untried |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {row.vendor} | {row.all} | {row.own} | {row.rate:.1%} "
        f"| {row.share(row.named):.1%} | {row.share(row.generated):.1%} "
        f"| {row.other} | {row.survived} | {row.untried} |"
        for row in result.killed
    ]
    lines += ["", "## Not killed by a statement of their own", ""]
    lines += [f"- {line.strip()}" for trial in result.survivors for line in _survivor(trial)] or ["None."]
    lines += ["", "## Statements and the faults that break them", "", "| statement | faults |", "|---|---|"]
    for statement, faults in result.matrix.items():
        cells = [
            f"{name} ({', '.join(layers)})" if layers else f"~~{name}~~" for name, layers in faults.items()
        ]
        lines.append(f"| {statement} | {', '.join(cells)} |")
    lines += [
        "",
        "In brackets the layers that saw it. A fault that is struck out was not seen to break the statement.",
    ]
    return "\n".join(lines) + "\n"


def _survivor(trial: Trial) -> list[str]:
    assert trial.fault is not None
    expected = ", ".join(trial.fault.statements)
    lines = [f"{trial.end.value}: {trial.fault.id} ({expected}): {trial.fault.sentence}"]
    lines += [f"    {trial.trouble}"] if trial.trouble else []
    lines += [f"    {statement} {reason[:160]}" for statement, reason in list(trial.reasons.items())[:3]]
    lines += [f"    {crash}" for crash in trial.crashes[:3]]
    return lines


def _trial(trial: Trial) -> dict[str, Any]:
    fault = trial.fault
    return {
        "vendor": trial.vendor,
        "fault": None if fault is None else fault.id,
        "sentence": None if fault is None else fault.sentence,
        "expected": [] if fault is None else list(fault.statements),
        "end": trial.end.value if fault is not None else ("clean" if trial.clean else "findings"),
        "violated": {statement: list(layers) for statement, layers in trial.violated.items()},
        "crashes": list(trial.crashes),
        "requests": trial.requests,
        "seconds": round(trial.seconds, 2),
        "trouble": trial.trouble,
    }
