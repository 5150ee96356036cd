"""`mockserver env`: the credentials of a sandbox as lines for a shell."""

from __future__ import annotations

import argparse
import shlex

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the vendor and the prefix."""
    parser.add_argument("vendor", metavar="VENDOR", help="whose credentials")
    parser.add_argument("--prefix", default="", help="put this before each name, e.g. CONTRACTS_")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print `export NAME=value` lines and nothing else: `eval "$(mockserver env consero)"`.

    Raises:
        UsageError: no server, no such sandbox or vendor.
    """
    variables = {
        options.prefix + name: value for name, value in open_sandbox(options).env(options.vendor).items()
    }
    if options.json:
        print_json(variables)
    else:
        for name, value in variables.items():
            print(f"export {name}={shlex.quote(value)}")
    return 0
