"""`mockserver fault`: arm, list and clear faults of a sandbox."""

from __future__ import annotations

import argparse
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.cli.values import by_schema


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add what can be done with faults."""
    actions = parser.add_subparsers(dest="action", metavar="ACTION", required=True)
    add = actions.add_parser("add", help="arm one: status code=503 vendor=consero times=1")
    add.add_argument("fault", metavar="FAULT", help="status, delay, hang_up, cut_body, …")
    add.add_argument(
        "rule",
        nargs="*",
        metavar="NAME=VALUE",
        help="vendor, operation, method, path, code, times, probability, seed, delay_ms, …",
    )
    add.set_defaults(act=_add, rest="rule")
    listing = actions.add_parser("list", help="list those that are armed")
    listing.set_defaults(act=_list)
    clear = actions.add_parser("clear", help="disarm one, or all")
    clear.add_argument("id", nargs="?", metavar="ID", help="which one; all when left out")
    clear.set_defaults(act=_clear)
    for action in (add, listing, clear):
        add_sandbox_arguments(action)


def run(options: argparse.Namespace) -> int:
    """Do it.

    Raises:
        UsageError: no server, no such sandbox, or a rule that can match nothing.
    """
    options.act(options)
    return 0


def _add(options: argparse.Namespace) -> None:
    sandbox = open_sandbox(options)
    declared = sandbox.api.control("faults.add")
    rule = by_schema(options.rule, declared.body or {})
    _print(options, [sandbox.fault(options.fault, **rule)])


def _list(options: argparse.Namespace) -> None:
    sandbox = open_sandbox(options)
    armed = sandbox.faults()
    if not armed and not options.json:
        print(f"no fault is armed in {sandbox.id}")
    _print(options, armed)


def _clear(options: argparse.Namespace) -> None:
    sandbox = open_sandbox(options)
    if options.id:
        sandbox.control("faults.remove", fault_id=options.id)
    else:
        sandbox.clear_faults()
    if not options.json:
        print(f"disarmed {options.id}" if options.id else f"no fault is armed in {sandbox.id} any more")


def _print(options: argparse.Namespace, armed: list[dict[str, Any]]) -> None:
    if options.json:
        print_json(armed[0] if options.action == "add" else armed)
        return
    for fault in armed:
        print("  ".join(f"{name}={value}" for name, value in fault.items() if value is not None))
