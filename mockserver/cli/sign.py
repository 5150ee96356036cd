"""`mockserver sign`: a freshly signed request as a curl command."""

from __future__ import annotations

import argparse
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from mockserver.cli.connection import add_sandbox_arguments, open_sandbox, print_json
from mockserver.cli.wish import add_wish_arguments, read_wish
from mockserver.clock import Machine
from mockserver.errors import UsageError
from mockserver.signing import sign, signing_of
from mockserver.signing.curl import as_curl
from mockserver.signing.wish import SignedRequest


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the request, the sandbox, and credentials that need no server."""
    add_wish_arguments(parser)
    add_sandbox_arguments(parser)
    own = parser.add_argument_group(
        "credentials of an account of your own (lines like those of 'mockserver env'; no server is asked)"
    )
    chosen = own.add_mutually_exclusive_group()
    chosen.add_argument("--credentials-file", type=Path, metavar="FILE", help="read them here, mode 600")
    chosen.add_argument("--credentials-env", action="store_true", help="read them from the environment")
    own.add_argument("--base-url", metavar="URL", help="where the account is, if they do not say")


def run(options: argparse.Namespace) -> int:
    """Print the command.

    Raises:
        UsageError: no server, credentials that cannot be used, or a request that cannot be made.
    """
    wish = read_wish(options)
    if options.credentials_file or options.credentials_env:
        given = _private_file(options.credentials_file) if options.credentials_file else os.environ
        machine = Machine()
        request = sign(
            options.vendor,
            wish,
            _access(options.vendor, given, options.base_url, options.credentials_file),
            now_ms=machine.now_ms(),
            random_bytes=machine.random_bytes,
        )
    elif options.base_url:
        raise UsageError("--base-url goes with --credentials-file or --credentials-env")
    else:
        request = open_sandbox(options).sign(options.vendor, wish)
    if options.json:
        print_json(_as_json(request))
    else:
        print(as_curl(request))
    return 0


def _as_json(request: SignedRequest) -> dict[str, object]:
    return {
        "method": request.method,
        "url": request.url,
        "headers": dict(request.headers),
        "body": request.body.decode("utf-8", "replace"),
    }


def _access(vendor: str, given: Mapping[str, str], base_url: str | None, file: Path | None) -> dict[str, str]:
    """Return base URL and credentials from `CONSERO_API_KEY` and the like, with or without `CONTRACTS_`."""
    found = {}
    for name in ("base_url", *signing_of(vendor).CREDENTIALS):
        variable = f"{vendor}_{name}".upper()
        value = given.get(variable) or given.get(f"CONTRACTS_{variable}", "")
        if name == "base_url":
            value = base_url or value
        if not value:
            other = ", or give --base-url" if name == "base_url" else ""
            raise UsageError(f"{variable} is missing: set it in {file or 'the environment'}{other}")
        found[name] = value
    return found


def _private_file(path: Path) -> dict[str, str]:
    """Return the variables of a file with lines `NAME=value` or `export NAME=value`.

    Raises:
        UsageError: others can read the file, or it cannot be read.
    """
    try:
        mode = stat.S_IMODE(path.stat().st_mode)
        if mode & 0o077:
            raise UsageError(f"{path} has mode {mode:03o}, others can read it: run 'chmod 600 {path}'")
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as problem:
        raise UsageError(f"the credentials file {path} cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise UsageError(f"the credentials file {path} cannot be read: it is not UTF-8") from None
    found = {}
    for line in lines:
        name, separator, value = line.strip().removeprefix("export ").partition("=")
        if separator and not name.startswith("#"):
            found[name.strip()] = value.strip().strip("'\"")
    return found
