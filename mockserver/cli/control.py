"""`mockserver control`: every control that the server declares, by its name."""

from __future__ import annotations

import argparse

from mockserver.cli.connection import add_sandbox_arguments, open_api, print_json, sandbox_id
from mockserver.cli.values import by_schema
from mockserver.client.controls import Control, ControlApi


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the name and the values."""
    parser.add_argument("name", nargs="?", metavar="NAME", help="e.g. snapshots.create; none: list them all")
    parser.add_argument(
        "values",
        nargs="*",
        metavar="NAME=VALUE",
        help="what it takes, whether in its path, its query or its body; NAME:=VALUE is JSON",
    )
    parser.set_defaults(rest="values")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Carry it out and print what it answers.

    Raises:
        UsageError: no server, no such control, or values that it does not take.
    """
    api = open_api(options)
    if options.name is None:
        _list(options, api)
        return 0
    control = api.control(options.name)
    given = {"sandbox_id": sandbox_id(options), **by_schema(options.values, control.body or {})}
    answer = api.carry_out(control.name, given)
    if isinstance(answer, str):
        print(answer)
    elif answer is not None:
        print_json(answer)
    return 0


def _list(options: argparse.Namespace, api: ControlApi) -> None:
    controls = api.controls().values()
    if options.json:
        print_json([vars(control) for control in controls])
        return
    for control in controls:
        print(f"{control.name:22}{control.summary}")
        if takes := _takes(control):
            print(f"{'':22}{' '.join(takes)}")


def _takes(control: Control) -> list[str]:
    names = [*control.in_path, *control.in_query, *(control.body or {}).get("properties", {})]
    return [f"{name}=…" for name in names if name != "sandbox_id"]
