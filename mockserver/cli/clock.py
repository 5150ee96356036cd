"""`mockserver clock`: what time it is in a sandbox, and how it goes on."""

from __future__ import annotations

import argparse

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.client.duration import read_seconds
from mockserver.client.sandbox import SandboxClock
from mockserver.errors import UsageError

ACTIONS = ("show", "set", "advance", "freeze", "real")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with the clock, and a moment or a duration."""
    parser.add_argument(
        "action",
        nargs="?",
        default="show",
        choices=ACTIONS,
        metavar="ACTION",
        help="show (default), set AT (go on from there), advance DURATION, freeze [AT], or real",
    )
    parser.add_argument(
        "value",
        nargs="?",
        metavar="AT|DURATION",
        help="a moment such as 2026-11-21T09:30:00Z; or 90, 90s, 10m, 25h, 2d, back with -90",
    )
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Move the clock and print it.

    Raises:
        UsageError: no server, no such sandbox, or no such moment.
    """
    clock = open_sandbox(options).clock
    _act(clock, options.action, options.value)
    shown = clock.show()
    if options.json:
        print_json(shown)
    else:
        print(f"{shown['now']}  {_manner(shown)}")
    return 0


def _act(clock: SandboxClock, action: str, value: str | None) -> None:
    match action, value:
        case "show", None:
            pass
        case "real", None:
            clock.real()
        case "freeze", _:
            clock.freeze(value)
        case "set", str():
            clock.set(value)
        case "advance", str():
            clock.advance(read_seconds(value))
        case (("set" | "advance"), None):
            example = "a moment such as 2026-11-21T09:30:00Z" if action == "set" else "a duration such as 25h"
            raise UsageError(f"clock {action} needs {example}")
        case _:
            raise UsageError(f"clock {action} takes no value")


def _manner(shown: dict[str, object]) -> str:
    if shown["mode"] == "shifted":
        return f"shifted by {shown['offset_seconds']:.3f}".rstrip("0").rstrip(".") + " seconds"
    return str(shown["mode"])
