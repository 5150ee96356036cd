"""`mockserver sandbox`: make, list, reset and delete isolated worlds."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from mockserver.cli.connection import (
    add_sandbox_arguments,
    add_server_arguments,
    open_api,
    open_sandbox,
    print_json,
    sandbox_id,
)
from mockserver.errors import UsageError


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with sandboxes."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    new = actions.add_parser("new", help="make one and print its id and credentials")
    new.add_argument("--name", help="a name for people")
    new.add_argument("--empty", action="store_true", help="without the examples of the vendors' pages")
    new.add_argument("--ttl", type=float, metavar="SECONDS", help="remove it after so many seconds")
    new.set_defaults(act=_new)
    add_server_arguments(new)
    listing = actions.add_parser("list", help="list them all")
    listing.set_defaults(act=_list)
    add_server_arguments(listing)
    importing = actions.add_parser("import", help="make one from an exported world")
    importing.add_argument("file", metavar="FILE", help="as printed by export; - is standard input")
    importing.set_defaults(act=_import)
    add_server_arguments(importing)
    for name, line, act in (
        ("snapshot", "save its world under a name", _snapshot),
        ("restore", "put a saved world back", _restore),
    ):
        action = actions.add_parser(name, help=line)
        action.add_argument("name", metavar="NAME")
        action.set_defaults(act=act)
        add_sandbox_arguments(action)
    for name, line, act in (
        ("show", "print its credentials", _show),
        ("reset", "bring it back to its seed; nonces and journal are emptied", _reset),
        ("export", "print its world as one JSON document", _export),
        ("delete", "remove it with all that belongs to it", _delete),
    ):
        action = actions.add_parser(name, help=line)
        action.add_argument("id", nargs="?", metavar="ID", help="its id (or --sandbox)")
        action.set_defaults(act=act)
        add_sandbox_arguments(action)


def run(options: argparse.Namespace) -> int:
    """Do it.

    Raises:
        UsageError: no server, or no such sandbox.
    """
    options.act(options)
    return 0


def _new(options: argparse.Namespace) -> None:
    wish = {"name": options.name, "seed": not options.empty, "ttl_seconds": options.ttl}
    body = {name: value for name, value in wish.items() if value is not None}
    _print(options, open_api(options).call("sandboxes.create", body))


def _list(options: argparse.Namespace) -> None:
    found = open_api(options).call("sandboxes.list")
    if options.json:
        print_json(found)
        return
    for facts in found:
        until = f"  until {facts['expires_at']}" if facts["expires_at"] else ""
        print(f"{facts['id']:20}  since {facts['created_at']}{until}  {facts['name']}")


def _show(options: argparse.Namespace) -> None:
    _print(options, open_api(options).call("sandboxes.show", sandbox_id=_id(options)))


def _reset(options: argparse.Namespace) -> None:
    facts = open_api(options).call("sandboxes.reset", sandbox_id=_id(options))
    if options.json:
        print_json(facts)
    else:
        print(f"{facts['id']} is back to its seed")


def _delete(options: argparse.Namespace) -> None:
    open_api(options).call("sandboxes.delete", sandbox_id=_id(options))
    if not options.json:
        print(f"{_id(options)} is deleted")


def _export(options: argparse.Namespace) -> None:
    print_json(open_api(options).call("sandboxes.export", sandbox_id=_id(options)))


def _import(options: argparse.Namespace) -> None:
    try:
        text = sys.stdin.read() if options.file == "-" else Path(options.file).read_text(encoding="utf-8")
        world = json.loads(text)
    except OSError as problem:
        raise UsageError(f"{options.file} cannot be read: {problem.strerror}") from None
    except (ValueError, RecursionError):
        world = None
    if not isinstance(world, dict):
        raise UsageError(f"{options.file} is no exported world: 'mockserver sandbox export > FILE' makes one")
    api = open_api(options)
    try:
        made = api.call("sandboxes.import", world)
    except UsageError as problem:
        raise UsageError(f"{options.file}: {problem}") from None
    _print(options, made)


def _snapshot(options: argparse.Namespace) -> None:
    sandbox = open_sandbox(options)
    sandbox.snapshot(options.name)
    print(f"{sandbox.id} is saved as {options.name}")


def _restore(options: argparse.Namespace) -> None:
    sandbox = open_sandbox(options)
    sandbox.restore(options.name)
    print(f"{sandbox.id} is as it was when {options.name} was saved")


def _id(options: argparse.Namespace) -> str:
    chosen: str = options.id or sandbox_id(options)
    return chosen


def _print(options: argparse.Namespace, facts: dict[str, Any]) -> None:
    if options.json:
        print_json(facts)
        return
    print(facts["id"])
    for vendor, credentials in facts["credentials"].items():
        print(f"  {vendor}")
        for name, value in credentials.items():
            print(f"    {name:17}{value}")
