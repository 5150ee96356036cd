"""`mockserver statements`: what the server's behaviour rests on."""

from __future__ import annotations

import argparse

from mockserver.cli.connection import add_server_arguments, open_api, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the filters."""
    parser.add_argument("--vendor", help="only those of this vendor")
    parser.add_argument("--operation", help="only those of this operation, e.g. institutes.create")
    parser.add_argument("--evidence", choices=("documented", "client", "inferred"), help="only this level")
    add_server_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print one statement a line: id, level of evidence, text.

    Raises:
        UsageError: no server, or no such vendor.
    """
    found = open_api(options).call(
        "statements.list", vendor=options.vendor, operation=options.operation, evidence=options.evidence
    )
    if options.json:
        print_json(found)
        return 0
    for statement in found:
        print(f"{statement['id']}  {statement['evidence']:10}  {' '.join(statement['text'].split())}")
    return 0
