"""The command `mockserver`. Each subcommand is one file; only the one that runs is imported."""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from collections.abc import Mapping, Sequence

from mockserver import __version__
from mockserver.errors import UsageError

# name: (module, one line of help)
COMMANDS = {
    "serve": ("mockserver.cli.serve", "run the server"),
    "send": ("mockserver.cli.send", "sign a request, send it and show the answer"),
    "sign": ("mockserver.cli.sign", "print a freshly signed request as a curl command"),
    "explain": ("mockserver.cli.explain", "say why a request was refused"),
    "requests": ("mockserver.cli.requests", "list what was received, or follow it live"),
    "sandbox": ("mockserver.cli.sandbox", "make, list, save, carry over, reset and delete isolated worlds"),
    "clock": ("mockserver.cli.clock", "show and move the clock of a sandbox"),
    "fault": ("mockserver.cli.fault", "arm, list and clear faults of a sandbox"),
    "settings": ("mockserver.cli.settings", "show and change the settings of a sandbox"),
    "event": ("mockserver.cli.event", "let something happen on the vendor's side"),
    "webhooks": ("mockserver.cli.webhooks", "list what vendors sent, with every attempt"),
    "env": ("mockserver.cli.env", "print the credentials of a sandbox as export lines"),
    "scenario": ("mockserver.cli.scenario", "play what a client does, and see that it holds"),
    "control": ("mockserver.cli.control", "carry out any control of the server by its name"),
    "doctor": ("mockserver.cli.doctor", "say what works here, what does not, and what to do"),
    "statements": ("mockserver.cli.statements", "list the statements behind the server's behaviour"),
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run `mockserver`; return what its command returns, 2 for a usage error, 130 after Ctrl-C."""
    try:
        return _run(list(sys.argv[1:] if arguments is None else arguments))
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _run(words: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="mockserver",
        description="A mock of exam and proctoring vendors that refuses as they do, and says why.",
    )
    parser.add_argument("-V", "--version", action="version", version=f"mockserver {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    chosen = next((word for word in words if not word.startswith("-")), None)
    for name, (module, line) in COMMANDS.items():
        command = commands.add_parser(name, help=line, description=line.capitalize() + ".")
        if name == chosen:  # the others need no more than their line of help
            importlib.import_module(module).add_arguments(command)
    options = _parsed(parser, commands.choices, words)
    if options.command is None:
        parser.print_help(sys.stderr)
        return 2
    try:
        result: int = importlib.import_module(COMMANDS[options.command][0]).run(options)
    except UsageError as problem:
        print(f"mockserver {options.command}: {problem}", file=sys.stderr)
        return 2
    return result


def _parsed(
    parser: argparse.ArgumentParser,
    commands: Mapping[str, argparse.ArgumentParser],
    words: Sequence[str],
) -> argparse.Namespace:
    """Parse, with `name=value` words anywhere: argparse by itself takes none behind the next option.

    A command says with the default `rest` which of its lists they belong to.
    """
    options, behind = parser.parse_known_args(words)
    if behind:
        rest = getattr(options, "rest", None)
        if rest is None or any(word.startswith("-") for word in behind):
            commands.get(options.command, parser).error(f"unrecognized arguments: {' '.join(behind)}")
        getattr(options, rest).extend(behind)
    return options
