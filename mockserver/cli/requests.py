"""`mockserver requests`: the journal of a sandbox, as it is or as it grows."""

from __future__ import annotations

import argparse
import json
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox
from mockserver.cli.values import read_parameters
from mockserver.client.entries import one_line, short, title


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add how many, which, and whether to wait for more."""
    parser.add_argument(
        "filters",
        nargs="*",
        metavar="NAME=VALUE",
        help="vendor=…, operation=…, method=…, path=…, status=404 or 4xx, refused_by=…, "
        "injected=true, unread=true, since=…",
    )
    parser.set_defaults(rest="filters")
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
    filters = read_parameters(options.filters)
    if options.refused:
        filters["refused"] = "true"
    newest = "req-0"
    for entry in reversed(sandbox.requests(limit=options.limit, **filters)):
        _print(options, entry)
        newest = entry["request_id"]
    if options.follow:
        filters["after"] = newest
        for entry in sandbox.api.stream("requests.stream", sandbox_id=sandbox.id, **filters):
            _print(options, entry)
    return 0


def _print(options: argparse.Namespace, entry: dict[str, Any]) -> None:
    if options.json:
        print(json.dumps(entry, ensure_ascii=False), flush=True)
        return
    line = "  ".join([entry["at"], title(entry), *short(entry)[:1]])
    print(one_line(line), flush=True)
