"""`mockserver event`: let something happen on the vendor's side, or list what can."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.cli.values import by_schema
from mockserver.errors import UsageError

EVERY_EVENT_TAKES = "deliveries"  # how its webhooks misbehave: listed once, not for each event


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the vendor, the event and its facts."""
    parser.add_argument("vendor", nargs="?", metavar="VENDOR", help="at which vendor; none: list all events")
    parser.add_argument("event", nargs="?", metavar="EVENT", help="e.g. proctor_concludes; none: list them")
    parser.add_argument(
        "facts",
        nargs="*",
        metavar="NAME=VALUE",
        help="what the event is about, e.g. session_id=…; also after_seconds=…, deliveries:='{…}'",
    )
    parser.set_defaults(rest="facts")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Let it happen and print what has changed; without an event, list what can happen.

    Raises:
        UsageError: no server, no such vendor or event, or it cannot happen now.
    """
    sandbox = open_sandbox(options)
    known = [
        event
        for event in sandbox.control("events.list")
        if options.vendor in (None, event["vendor"]) and options.event in (None, event["event"])
    ]
    if not known:
        words = " ".join(word for word in (options.vendor, options.event) if word)
        raise UsageError(f"there is no event {words!r}: 'mockserver event' lists them all")
    if options.event is None:
        if options.json:
            print_json(known)
        else:
            _list(known)
        return 0
    facts = by_schema(options.facts, {"properties": known[0]["fields"]})
    done = sandbox.event(options.vendor, options.event, **facts)
    if options.json:
        print_json(done)
    else:
        changed = "will happen"
        if done["result"] is not None:
            changed = "  ".join(f"{name}={value}" for name, value in done["result"].items())
        print(f"{done['at']}  {options.event}  {changed}")
    return 0


def _list(known: list[dict[str, Any]]) -> None:
    for event in known:
        print(f"{event['vendor']} {event['event']}: {event['summary']}")
        print(f"    {' '.join(_takes(event))}")
    print(f"Each of them also takes after_seconds=… and {EVERY_EVENT_TAKES}:='{{…}}'.")


def _takes(event: Mapping[str, Any]) -> list[str]:
    """Return the names of the fields, those that may be left out in brackets."""
    required = event["schema"].get("required", ())
    names = [name for name in event["fields"] if name != EVERY_EVENT_TAKES]
    return [f"{name}=…" if name in required else f"[{name}=…]" for name in names]
