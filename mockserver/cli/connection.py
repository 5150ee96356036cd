"""Which server and sandbox a command means, and how it prints."""

from __future__ import annotations

import argparse
import json
import os
from typing import Any

from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import DEFAULT, SandboxHandle
from mockserver.settings import DEFAULT_PORT

URL = f"http://127.0.0.1:{DEFAULT_PORT}"


def add_server_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--url`, `--admin-token` and `--json`; their defaults come from the environment."""
    place = parser.add_argument_group("server")
    place.add_argument("--url", help=f"where the server is (MOCKSERVER_URL, default {URL})")
    place.add_argument(
        "--admin-token", metavar="TOKEN", help="token of its control API (better: MOCKSERVER_ADMIN_TOKEN)"
    )
    place.add_argument("--json", action="store_true", help="print JSON, for programs")


def add_sandbox_arguments(parser: argparse.ArgumentParser) -> None:
    """Add `--sandbox` besides those of the server."""
    add_server_arguments(parser)
    parser.add_argument("--sandbox", metavar="ID", help="which one (MOCKSERVER_SANDBOX, default 'default')")


def open_api(options: argparse.Namespace) -> ControlApi:
    """Return the control API that the options name; nothing is sent yet."""
    url = options.url or os.environ.get("MOCKSERVER_URL") or URL
    return ControlApi(url, options.admin_token or os.environ.get("MOCKSERVER_ADMIN_TOKEN"))


def sandbox_id(options: argparse.Namespace) -> str:
    """Return the id of the sandbox that the options name."""
    return options.sandbox or os.environ.get("MOCKSERVER_SANDBOX") or DEFAULT


def open_sandbox(options: argparse.Namespace) -> SandboxHandle:
    """Return the sandbox that the options name.

    Raises:
        UsageError: no server, or no such sandbox.
    """
    return SandboxHandle.open(open_api(options), sandbox_id(options))


def print_json(value: Any) -> None:
    """Print a value as indented JSON."""
    print(json.dumps(value, indent=2, ensure_ascii=False))


def printable(text: str) -> str:
    """Escape what could drive a terminal: journal entries hold what callers chose to send."""
    return "".join(char if char.isprintable() or char in "\n\t" else repr(char)[1:-1] for char in text)
