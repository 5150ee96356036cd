"""The arguments of `sign` and `send`: a request as a person types it."""

from __future__ import annotations

import argparse
import mimetypes
from pathlib import Path

from mockserver.cli.values import read_parameters
from mockserver.errors import UsageError
from mockserver.signing import vendor_names
from mockserver.signing.wish import LEFT_OUT, FilePart, Wish

OVERRIDES = ("nonce", "timestamp", "signature", "exp")


def add_wish_arguments(parser: argparse.ArgumentParser) -> None:
    """Add vendor, method, path and parameters, and what may be wrong on purpose."""
    parser.add_argument("vendor", metavar="VENDOR", help=", ".join(vendor_names()))
    parser.add_argument("method", metavar="METHOD", help="GET, POST, …")
    parser.add_argument("path", metavar="PATH", help="below the vendor's base URL, e.g. /institutes")
    parser.add_argument(
        "parameters",
        nargs="*",
        metavar="NAME=VALUE",
        help="text; NAME:=VALUE is JSON: page:=2, rules:='{…}'",
    )
    parser.set_defaults(rest="parameters")
    parser.add_argument("--form", action="store_true", help="send an urlencoded form instead of JSON")
    parser.add_argument(
        "--file",
        action="append",
        default=[],
        metavar="NAME=@PATH",
        help="send a multipart form with this file (repeatable)",
    )
    parser.add_argument("--json-body", metavar="TEXT|@PATH", help="send this body as it stands")
    parser.add_argument(
        "-H",
        "--header",
        action="append",
        default=[],
        metavar="NAME:VALUE",
        help="add or replace a header; without VALUE leave it out (repeatable)",
    )
    wrong = parser.add_argument_group("to be wrong on purpose ('none' leaves a value out)")
    wrong.add_argument("--nonce", metavar="TEXT", help="instead of a random one (proctorexam)")
    wrong.add_argument("--timestamp", metavar="MS|+S|-S", help="instead of now (proctorexam)")
    wrong.add_argument("--signature", metavar="TEXT", help="instead of the right one (proctorexam)")
    wrong.add_argument(
        "--no-path-ids", action="store_true", help="leave the ids of the path unsigned (proctorexam)"
    )
    wrong.add_argument("--exp", metavar="S|+S|-S", help="instead of +30 seconds from now (constructor)")


def read_wish(options: argparse.Namespace) -> Wish:
    """Return the request that the options describe.

    Raises:
        UsageError: a parameter, file or header cannot be read, or two kinds of body are wished.
    """
    method = options.method.upper()
    if not method.isascii() or not method.isalpha():
        raise UsageError(f"{options.method!r} is no method: the order is VENDOR METHOD PATH")
    overrides = {name: value for name in OVERRIDES if (value := getattr(options, name)) is not None}
    if options.no_path_ids:
        overrides["path_ids"] = LEFT_OUT
    wish = Wish(
        method=method,
        path=options.path,
        parameters=read_parameters(options.parameters),
        form=options.form,
        files=tuple(_file(text) for text in options.file),
        raw_body=None if options.json_body is None else _body(options.json_body),
        headers=tuple(_header(text) for text in options.header),
        overrides=overrides,
    )
    if wish.raw_body is not None and (wish.parameters or wish.form or wish.files):
        raise UsageError("--json-body is the whole body: it takes no parameters, --form or --file beside it")
    if wish.in_query and (wish.form or wish.files):
        raise UsageError(f"{method} has no body: --form and --file are for POST, PUT and PATCH")
    return wish


def _file(text: str) -> FilePart:
    name, separator, path = text.partition("=")
    path = path.removeprefix("@")
    if not separator or not name or not path:
        raise UsageError(f"--file {text}: write it as NAME=@PATH")
    kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
    return FilePart(name, path, Path(path).name, kind, _bytes(path))


def _body(text: str) -> bytes:
    return _bytes(text[1:]) if text.startswith("@") else text.encode("utf-8", "surrogateescape")


def _bytes(path: str) -> bytes:
    try:
        return Path(path).read_bytes()
    except OSError as problem:
        raise UsageError(f"{path} cannot be read: {problem.strerror}") from None


def _header(text: str) -> tuple[str, str]:
    name, separator, value = text.partition(":")
    if not separator or not name.strip() or not text.isprintable():
        raise UsageError(f"--header {text!r}: write it as NAME:VALUE")
    return name.strip(), value.strip()
