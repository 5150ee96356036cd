"""The server with one fault: what faults it offers, and one process of it."""

import json
import os
import subprocess
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

LIST_SECONDS = 60
READY_SECONDS = 60
# The server of a trial is set up by its options alone.
NOT_PASSED_ON = ("MOCKSERVER_", "CONTRACTS_", "PORT")


class SeededServerFailed(Exception):
    """The command of the seeded server does not do what is asked of it; the message says what it did."""


@dataclass(frozen=True)
class Fault:
    """One fault; `operations` are where it shows, none means anywhere."""

    id: str
    vendor: str
    statements: tuple[str, ...]
    operations: tuple[str, ...]
    sentence: str


def list_faults(command: Sequence[str]) -> list[Fault]:
    """Ask `COMMAND --list` for the faults.

    Raises: SeededServerFailed.
    """
    try:
        done = subprocess.run(  # noqa: S603 - the user's own command
            [*command, "--list"],
            capture_output=True,
            text=True,
            timeout=LIST_SECONDS,
            env=_environment(),
            check=True,
        )
        return [
            Fault(
                one["id"], one["vendor"], tuple(one["statements"]), tuple(one["operations"]), one["sentence"]
            )
            for one in json.loads(done.stdout)
        ]
    except subprocess.CalledProcessError as error:
        raise SeededServerFailed(
            f"{' '.join(command)} --list failed: {error.stderr.strip()[-500:]}"
        ) from error
    except (OSError, subprocess.TimeoutExpired, ValueError, LookupError, TypeError) as error:
        raise SeededServerFailed(f"{' '.join(command)} --list gives no list of faults: {error}") from error


@contextmanager
def serving(command: Sequence[str], fault: Fault | None) -> Iterator[Mapping[str, Any]]:
    """Run the server with a fault, or sound; gives what it says when it is ready.

    Raises: SeededServerFailed.
    """
    options = ["--json", "--port", "0", "--database", "sqlite://"]
    if fault is not None:
        options += ["--fault", fault.id]
    with subprocess.Popen(  # noqa: S603 - the user's own command
        [*command, *options], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=_environment()
    ) as process:
        try:
            try:
                ready = json.loads(_first_line(process))
            except ValueError as error:
                raise SeededServerFailed(
                    f"{' '.join([*command, *options])} ended, or said no ready line within {READY_SECONDS} s"
                ) from error
            yield ready
        finally:
            # It holds nothing but memory, and would wait for connections that nobody closes.
            process.kill()


def _first_line(process: "subprocess.Popen[str]") -> str:
    """Return what the server says first, nothing when it keeps silent for too long; it is killed then."""
    assert process.stdout is not None
    silence = threading.Timer(READY_SECONDS, process.kill)
    silence.start()
    try:
        return process.stdout.readline()
    finally:
        silence.cancel()


def _environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(NOT_PASSED_ON)}
