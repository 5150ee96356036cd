"""`mockserver requests`: the journal of a sandbox, as it is or as it grows."""

from __future__ import annotations

import argparse
import json
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, printable
from mockserver.client.refusals import short, title


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how many, which, and whether to wait for more."""
    parser.add_argument("--follow", action="store_true", help="go on as requests come in, until Ctrl-C")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="the newest N (default 20)")
    parser.add_argument("--refused", action="store_true", help="only those that were refused")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print one entry a line, oldest first; with `--json` each line is one entry whole.

    Raises:
        UsageError: no server, or no such sandbox.
    """
    sandbox = open_sandbox(options)
    for entry in reversed(sandbox.requests(limit=options.limit)):
        _print(options, entry)
    if options.follow:
        for entry in sandbox.api.stream("requests.stream", sandbox_id=sandbox.id):
            _print(options, entry)
    return 0


def _print(options: argparse.Namespace, entry: dict[str, Any]) -> None:
    if options.refused and not entry["refused_by"]:
        return
    if options.json:
        print(json.dumps(entry, ensure_ascii=False), flush=True)
        return
    line = "  ".join([entry["at"], title(entry), *short(entry)[:1]])
    print(printable(line), flush=True)
