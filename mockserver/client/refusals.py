"""Refused requests in plain text: which check failed, what it saw, and the mistake that was probably made."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mockserver.clock import LATEST_MS, iso

_OWN_LINES = ("check", "reason", "passed", "server_time", "server_time_ms", "facts", "likely_mistake")
INDENT = "  "


def title(entry: Mapping[str, Any]) -> str:
    """Return one line that names a journal entry: `req-12  401  consero POST /api/v1/report`."""
    return f"{entry['request_id']}  {entry['status']}  {entry['vendor']} {entry['method']} {entry['path']}"


def short(entry: Mapping[str, Any]) -> list[str]:
    """Return why an entry was refused, and the likely mistake; nothing for one that was not refused."""
    explanation = entry.get("explanation")
    if not explanation:
        return []
    return [f"refused by {explanation['check']}: {explanation['reason']}", *_mistake(explanation)]


def whole(entry: Mapping[str, Any]) -> list[str]:
    """Return everything that is known about a refusal, one fact a line."""
    explanation = entry.get("explanation")
    if not explanation:
        return ["was not refused"]
    lines = short(entry)
    if explanation.get("passed"):
        lines.append(f"passed before: {', '.join(explanation['passed'])}")
    lines.append(f"server's time: {explanation['server_time']}")
    others = {name: value for name, value in explanation.items() if name not in _OWN_LINES}
    lines += _facts({**explanation["facts"], **others})
    if entry.get("unread"):
        lines.append(f"sent, but read by nobody: {', '.join(entry['unread'])}")
    return lines


def report(entries: list[dict[str, Any]]) -> str:
    """Return several refusals as one text, oldest first, each with its title."""
    lines = (line for entry in entries for line in (title(entry), *(INDENT + text for text in whole(entry))))
    return "\n".join(map(one_line, lines))


def one_line(text: str) -> str:
    """Escape what could drive a terminal or forge a line: entries hold what callers chose to send."""
    return "".join(char if char.isprintable() else repr(char)[1:-1] for char in text)


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
