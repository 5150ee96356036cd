"""`mockserver statements`: what the server's behaviour rests on."""

from __future__ import annotations

import argparse
from typing import Any

from mockserver.cli.connection import add_server_arguments, open_api, print_json
from mockserver.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the ids and the filters."""
    parser.add_argument("ids", nargs="*", metavar="ID", help="only these, e.g. PE-058")
    parser.add_argument("--vendor", help="only those of this vendor")
    parser.add_argument("--operation", help="only those of this operation, e.g. institutes.create")
    parser.add_argument("--evidence", choices=("documented", "client", "inferred"), help="only this level")
    add_server_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print one statement a line: id, level of evidence, text.

    Raises:
        UsageError: no server, no such vendor, or no such statement among those that the filters leave.
    """
    found = open_api(options).call(
        "statements.list", vendor=options.vendor, operation=options.operation, evidence=options.evidence
    )
    if options.ids:
        found = _chosen(found, [word.upper() for word in options.ids])
    if options.json:
        print_json(found)
        return 0
    for statement in found:
        print(f"{statement['id']}  {statement['evidence']:10}  {' '.join(statement['text'].split())}")
    return 0


def _chosen(found: list[dict[str, Any]], ids: list[str]) -> list[dict[str, Any]]:
    by_id = {statement["id"]: statement for statement in found}
    missing = [name for name in ids if name not in by_id]
    if missing:
        raise UsageError(f"there is no statement {', '.join(missing)} here: leave the ids out to list them")
    return [by_id[name] for name in ids]
