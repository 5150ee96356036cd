"""`mockserver doctor`: what works here, what does not, and what to do about it."""

from __future__ import annotations

import argparse
import os

from mockserver.cli.connection import add_sandbox_arguments, open_api, print_json, sandbox_id
from mockserver.settings import DEFAULT_DATABASE

MARKS = {"ok": "ok  ", "note": "note", "bad": "BAD "}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the server, the sandbox and the store."""
    parser.add_argument(
        "--database",
        default=os.environ.get("MOCKSERVER_DATABASE", DEFAULT_DATABASE),
        metavar="URL",
        help="the store to look at, as for 'serve'",
    )
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print one line for each thing looked at; return 1 if one of them is bad, else 0."""
    from mockserver.doctor.machine import examine_machine  # noqa: PLC0415 - `--help` needs no store
    from mockserver.doctor.server import examine_server  # noqa: PLC0415

    wanted = bool(options.url or os.environ.get("MOCKSERVER_URL"))
    findings = [
        *examine_machine(options.database),
        *examine_server(open_api(options), sandbox_id(options), wanted=wanted),
    ]
    if options.json:
        print_json([vars(finding) for finding in findings])
    else:
        for finding in findings:
            print(f"{MARKS[finding.level]}  {finding.name:15} {finding.text}")
    return 1 if any(finding.level == "bad" for finding in findings) else 0
