"""`mockserver webhooks`: what the vendors sent, or will send, with every attempt."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.client.entries import one_line


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add whether to send what is due, and which one to send again."""
    parser.add_argument("--settle", action="store_true", help="first do all that is due, events and webhooks")
    parser.add_argument("--resend", metavar="ID", help="first send this one once more, signed anew")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Print each webhook with its attempts, oldest first.

    Raises:
        UsageError: no server, no such sandbox or webhook.
    """
    sandbox = open_sandbox(options)
    if options.resend:
        sandbox.control("deliveries.resend", delivery_id=options.resend)
    newest_first = sandbox.settle() if options.settle or options.resend else sandbox.deliveries()
    found = newest_first[::-1]
    if options.json:
        print_json(found)
        return 0
    if not found:
        print(f"no webhook was sent from {sandbox.id}")
    for webhook in found:
        print(one_line(f"{webhook['created_at']}  {webhook['delivery_id']}  {_fate(webhook)}"))
        for attempt in webhook["attempts"]:
            print(one_line(f"    {attempt['at']}  {_outcome(attempt)}"))
    return 0


def _fate(webhook: Mapping[str, Any]) -> str:
    state = webhook["state"].replace("_", " ")
    until = f" until {webhook['due_at']}" if webhook["state"] == "waiting" else ""
    return f"{state}{until}  {webhook['vendor']} {webhook['webhook']} to {webhook['url']}"


def _outcome(attempt: Mapping[str, Any]) -> str:
    return attempt["problem"] or f"answered {attempt['status']} after {attempt['elapsed_ms']} ms"
