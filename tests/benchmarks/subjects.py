"""What is measured: our own server, floors below which nobody gets, and peers."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from mockserver.vendors import all_vendors
from tests.benchmarks.load import Load
from tests.benchmarks.signed import OPERATIONS, Access, plain_load, signed_load

NEW_ITEM = {"name": "University", "short_name": "U", "callback_url": "https://lms.example.org/callback"}
Prepare = Callable[[str, int], Load]
"""Make the load for a base URL; the number says how many requests a run can use up at most."""


@dataclass(frozen=True)
class Subject:
    """A program under measurement.

    `command` makes the command line from a folder of its own and a port; `loads` are named by what they
    measure. `ready_path` answers a GET once it is up.
    """

    name: str
    what: str
    command: Callable[[Path, int], Sequence[str]]
    loads: Mapping[str, Prepare]
    environment: Callable[[Path], Mapping[str, str]] = lambda folder: {}
    ready_path: str = "/"
    missing: Callable[[], str | None] = field(default=lambda: None)


def access_at(url: str) -> Access:
    """Return base URLs and credentials of our server's sandbox `default`."""
    return {
        vendor.name: {"base_url": f"{url}/{vendor.name}{vendor.base_path}", **vendor.default_credentials}
        for vendor in all_vendors()
    }


def serve_command(database: str, port: int, *options: str) -> list[str]:
    """Return the command that serves our own server."""
    return [
        *(sys.executable, "-m", "mockserver", "serve", "--json"),
        *("--port", str(port), "--database", database, *options),
    ]


def _signed(operation: str) -> Prepare:
    return lambda url, count: signed_load(operation, access_at(url), count)


def _naive(url: str, count: int) -> Load:
    access = {"proctorexam": {**access_at(url)["proctorexam"], "base_url": url}}
    return signed_load("institutes.create", access, count)


def plain(path: str) -> dict[str, Prepare]:
    """Return the two loads of a program that neither checks nor keeps anything."""
    return {
        "GET": lambda url, _: plain_load("GET", url + path),
        "POST": lambda url, _: plain_load("POST", url + path, NEW_ITEM),
    }


def _uvicorn(module: str) -> Callable[[Path, int], list[str]]:
    return lambda folder, port: [
        *(sys.executable, "-m", "uvicorn", f"tests.benchmarks.floors.{module}:app"),
        *("--port", str(port), "--no-access-log", "--log-level", "warning"),
    ]


OURS = Subject(
    "proctormock",
    "every access check, durable nonce, row, journal; SQLite",
    lambda folder, port: serve_command(f"sqlite:///{folder}/proctormock.db", port),
    {operation: _signed(operation) for operation in OPERATIONS},
)
FLOORS = (
    Subject("bare ASGI", "uvicorn and one fixed answer", _uvicorn("bare_asgi"), plain("/items")),
    Subject(
        "plain FastAPI",
        "a validated body, no access check, no store",
        _uvicorn("plain_fastapi"),
        plain("/items"),
        ready_path="/items",
    ),
    Subject(
        "naive SQLModel",
        "signature, nonce, row; a session for each request, WAL, NORMAL",
        _uvicorn("naive_sqlmodel"),
        {"POST": _naive},
        environment=lambda folder: {
            "NAIVE_DATABASE": f"sqlite:///{folder}/naive.db",
            "NAIVE_SECRET": str(access_at("")["proctorexam"]["secret_key"]),
        },
        ready_path="/openapi.json",
    ),
)
