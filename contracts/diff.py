"""`contracts diff`: two runs compared statement by statement, such as fake against real."""

import sys
from pathlib import Path
from typing import Any

from contracts.reports.reading import NotRead, read_report


def diff_command(before: Path, after: Path) -> int:
    """Print what differs; 0 when nothing does, 1 when something does, 2 when a report cannot be read."""
    try:
        first, second = read_report(before), read_report(after)
    except NotRead as problem:
        print(problem, file=sys.stderr)
        return 2
    if first["extra"]["vendor"] != second["extra"]["vendor"]:
        print("The reports are about two vendors.", file=sys.stderr)
        return 2
    lines = [*compare(first, second), *_undocumented(first, second)]
    print(f"{before}: {_headline(first)}\n{after}: {_headline(second)}\n")
    print("\n".join(lines) if lines else "No statement differs.")
    return 1 if lines else 0


def compare(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    """One paragraph per statement whose standing differs."""
    before, after = _by_id(first), _by_id(second)
    lines = []
    for statement_id in sorted({*before, *after}):
        old, new = before.get(statement_id), after.get(statement_id)
        old_standing, new_standing = _standing(old), _standing(new)
        if old_standing != new_standing:
            text = (new or old or {})["name"]
            lines.append(f"{text}\n    {old_standing}: {_message(old)}\n    {new_standing}: {_message(new)}")
    return lines


def _undocumented(first: dict[str, Any], second: dict[str, Any]) -> list[str]:
    before, after = _sightings(first), _sightings(second)
    lines = [f"no longer seen: {' '.join(one)}" for one in sorted(before - after)]
    return lines + [f"newly seen, undocumented: {' '.join(one)}" for one in sorted(after - before)]


def _sightings(results: dict[str, Any]) -> set[tuple[str, str, str]]:
    return {(one["operation"], one["kind"], one["what"]) for one in results["extra"]["undocumented"]}


def _by_id(results: dict[str, Any]) -> dict[str, dict[str, Any]]:
    return {test["extra"]["id"]: test for test in results["tests"]}


def _standing(test: dict[str, Any] | None) -> str:
    return "not in this report" if test is None else str(test["extra"]["standing"])


def _message(test: dict[str, Any] | None) -> str:
    return "" if test is None else str(test["message"])


def _headline(results: dict[str, Any]) -> str:
    extra = results["extra"]
    numbers = extra["numbers"]["all"]
    return (
        f"{extra['vendor']} at {extra['base_url']}, profile {extra['profile']}, "
        f"index {numbers['index']:.1%}, score {numbers['score']:.1%}"
    )
