"""Requests of the journal in plain text: what refused them, and the mistake that was probably made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.clock import LATEST_MS, iso

_OWN_LINES = ("check", "reason", "passed", "server_time", "server_time_ms", "facts", "likely_mistake")
INDENT = "  "
MOST_OF_ANSWER = 400  # characters of an answer that are shown with its explanation


def title(entry: Mapping[str, Any]) -> str:
    """Return one line that names a journal entry: `req-12  401  consero POST /api/v1/report`."""
    return f"{entry['request_id']}  {entry['status']}  {entry['vendor']} {entry['method']} {entry['path']}"


def short(entry: Mapping[str, Any]) -> list[str]:
    """Return what is worth a look: an error on demand, a refusal with its likely mistake, unread fields.

    The first line tells the most; an accepted request of which all was read has none.
    """
    lines = []
    if entry["injected"]:
        lines.append(f"error on demand, {_whence(entry['injected'])}")
    if explanation := entry["explanation"]:
        lines += [f"refused by {explanation['check']}: {explanation['reason']}", *_mistake(explanation)]
    if entry["unread"]:
        lines.append(f"sent, but read by nobody: {', '.join(entry['unread'])}")
    return lines


def whole(entry: Mapping[str, Any]) -> list[str]:
    """Return everything that is known about a request, one fact a line."""
    lines = short(entry)
    explanation = entry["explanation"]
    if not explanation:
        return [*lines, "was not refused"]
    if explanation.get("passed"):
        lines.append(f"passed before: {', '.join(explanation['passed'])}")
    lines.append(f"server's time: {explanation['server_time']}")
    others = {name: value for name, value in explanation.items() if name not in _OWN_LINES}
    lines += _facts({**explanation["facts"], **others})
    if answer := entry["answer"]["body"]:
        lines.append(f"answered: {answer[:MOST_OF_ANSWER]}{'…' if len(answer) > MOST_OF_ANSWER else ''}")
    return lines


def report(entries: list[dict[str, Any]]) -> str:
    """Return several requests as one text, in this order, each with its title."""
    lines = (line for entry in entries for line in (title(entry), *(INDENT + text for text in whole(entry))))
    return "\n".join(map(one_line, lines))


def one_line(text: str) -> str:
    """Escape what could drive a terminal or forge a line: entries hold what callers chose to send."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


def _whence(injected: Mapping[str, Any]) -> str:
    """Say what asked for an error: one value or header of the request, or a rule that was armed."""
    asked = ", which the operation does not document" if injected.get("unknown") else ""
    match injected["by"]:
        case "prefer":
            return f"asked for by 'Prefer: code={injected['code']}'{asked}"
        case "magic_value":
            return f"asked for by the value of {injected['place']}{asked}"
    return f"by the fault {injected['fault_id']} ({injected['fault'].replace('_', ' ')})"


def _mistake(explanation: Mapping[str, Any]) -> list[str]:
    mistake = explanation.get("likely_mistake")
    if not mistake:
        return []
    return [f"likely mistake: {mistake['name']}", f"{INDENT}{mistake['remedy']}"]


def _facts(facts: Mapping[str, Any]) -> Iterator[str]:
    for name, value in facts.items():
        if name in _OWN_LINES or value in (None, "", [], {}):
            continue
        words = name.replace("_", " ")
        if isinstance(value, Mapping):
            yield f"{words}:"
            yield from (f"{INDENT}{line}" for line in _facts(value))
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            yield f"{words}:"
            for item in value:
                yield INDENT + (", ".join(_facts(item)) if isinstance(item, Mapping) else str(item))
        elif isinstance(value, list):
            yield f"{words}: {', '.join(map(str, value))}"
        elif name.endswith("_ms") and isinstance(value, int) and 0 <= value <= LATEST_MS:
            yield f"{words.removesuffix(' ms')}: {iso(value)}"
        else:
            yield f"{words}: {value}"
