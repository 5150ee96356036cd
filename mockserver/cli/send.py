"""`mockserver send`: sign a request, send it, and show the answer."""

from __future__ import annotations

import argparse
import json
import sys
from typing import Any

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json, printable
from mockserver.cli.wish import add_wish_arguments, read_wish
from mockserver.client.entries import short, whole
from mockserver.client.http import AnswerBroken, Reply, exchange

UNTOLD_HEADERS = ("content-length", "connection", "keep-alive", "server", "transfer-encoding")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the request, the sandbox, and how much is explained."""
    add_wish_arguments(parser)
    parser.add_argument("--explain", action="store_true", help="after a refusal, print all that is known")
    add_sandbox_arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Send it; return 0 for an answer of 2xx, 1 for any other and for none.

    Raises:
        UsageError: no server, or a request that cannot be made.
    """
    sandbox = open_sandbox(options)
    request = sandbox.sign(options.vendor, read_wish(options))
    try:
        reply = exchange(request.method, request.url, request.headers, request.body)
    except AnswerBroken as problem:
        print(f"mockserver send: {problem}", file=sys.stderr)
        return 1
    entry = None if reply.ok else sandbox.entry_of(reply)
    if options.json:
        print_json(_as_json(reply, entry))
    else:
        _print(reply)
        if entry:
            print("", *(whole(entry) if options.explain else short(entry)), sep="\n")
    return 0 if reply.ok else 1


def _print(reply: Reply) -> None:
    print(f"HTTP/1.1 {reply.status} {reply.reason}")
    for name, value in reply.headers:
        if name not in UNTOLD_HEADERS:
            print(printable(f"{name}: {value}"))
    print()
    if reply.body:
        print(printable(reply.text))


def _as_json(reply: Reply, entry: dict[str, Any] | None) -> dict[str, Any]:
    try:
        body = json.loads(reply.body)
    except ValueError:
        body = reply.text
    return {
        "status": reply.status,
        "headers": dict(reply.headers),
        "body": body,
        "explanation": entry["explanation"] if entry else None,
    }
