"""`mockserver settings`: show and change what a sandbox can set."""

from __future__ import annotations

import argparse
import json

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.cli.values import by_schema
from mockserver.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the changes."""
    parser.add_argument(
        "changes",
        nargs="*",
        metavar="VENDOR.SETTING=VALUE",
        help="e.g. consero.exam_completion=immediate; none: only show",
    )
    parser.set_defaults(rest="changes")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Change, then print every setting.

    Raises:
        UsageError: no server, no such sandbox or setting, or a value that it cannot have.
    """
    changes = by_schema(options.changes, {}) or None
    nameless = [name for name in changes or () if "." not in name]
    if nameless:
        raise UsageError(
            f"{nameless[0]!r} is no setting: write VENDOR.SETTING=VALUE, 'mockserver settings' lists them"
        )
    found = open_sandbox(options).settings(changes)
    if options.json:
        print_json(found)
        return 0
    for vendor, settings in found.items():
        for name, value in settings.items():
            print(f"{vendor}.{name}={json.dumps(value, ensure_ascii=False)}")
    return 0
