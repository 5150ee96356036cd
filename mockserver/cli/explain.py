"""`mockserver explain`: why a request was refused."""

from __future__ import annotations

import argparse

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.client.entries import report
from mockserver.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the request id."""
    parser.add_argument(
        "request_id",
        nargs="?",
        metavar="REQUEST_ID",
        help="as in the answer's X-Mock-Request-Id; the newest refused request when left out",
    )
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print the explanation.

    Raises:
        UsageError: no server, no such sandbox or request.
    """
    sandbox = open_sandbox(options)
    if options.request_id:
        entry = sandbox.find(options.request_id)
        if entry is None:
            raise UsageError(
                f"the sandbox {sandbox.id!r} has no request {options.request_id!r} (any more): "
                "'mockserver requests' lists those it has, --sandbox names another one"
            )
    else:
        entry = next(iter(sandbox.requests(refused="true", limit=1)), None)
        if entry is None:
            raise UsageError(
                f"no request to the sandbox {sandbox.id!r} was refused of late: "
                "'mockserver requests' lists what came"
            )
    if options.json:
        print_json(entry)
    else:
        print(report([entry]))
    return 0
