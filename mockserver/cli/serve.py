"""`mockserver serve`: run the server and say how to use it."""

from __future__ import annotations

import argparse
import dataclasses
import gc
import os
import socket

from mockserver.cli.banner import banner, ready_line
from mockserver.cli.environment import add_server_options, settings_from
from mockserver.errors import UsageError
from mockserver.settings import Settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the options of the server, and `--json`."""
    add_server_options(parser)
    parser.add_argument("--json", action="store_true", help="print one line of JSON when ready, nothing else")


def run(options: argparse.Namespace) -> int:
    """Serve until interrupted.

    Raises:
        UsageError: a setting, the port or the store cannot be used.
    """
    gc.disable()  # nothing is thrown away during a start; serving.start turns it on again
    settings = settings_from(options, os.environ)
    listening = listen(settings)
    settings = dataclasses.replace(settings, port=listening.getsockname()[1])

    def announce() -> None:
        print(ready_line(settings) if options.json else banner(settings), flush=True)

    from mockserver.serving import serve  # noqa: PLC0415 - the server is loaded once it is clear that it can run

    with listening:
        return serve(settings, listening, announce)


def listen(settings: Settings) -> socket.socket:
    """Return a listening socket on the host and port.

    Raises:
        UsageError: the port is taken, or the host is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((settings.host, settings.port))
        listening.listen(2048)
    except OSError as problem:
        listening.close()
        raise UsageError(
            f"cannot listen on {settings.host} port {settings.port} ({problem.strerror or problem}): "
            "choose another with --port (0 for any free one) or --host"
        ) from problem
    listening.set_inheritable(True)
    return listening
