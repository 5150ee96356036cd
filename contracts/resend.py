"""`contracts resend`: one recorded request once more, signed afresh.

A copied curl line is of no use here: its nonce is spent and its token has expired.
"""

import argparse
import json
import os
import sys
from typing import Any

import requests

from contracts.addresses import AddressError, check_base_url
from contracts.credentials import CredentialsError, load_credentials
from contracts.door import Door, ServerGone
from contracts.exchange import Exchange, NoAnswer
from contracts.ledger import Ledger
from contracts.redaction import HIDDEN, Redactor
from contracts.reports.reading import NotRead, read_report
from contracts.reports.wire import body_text
from contracts.runclock import RunClock
from contracts.safety import Guard, NotSent, Profile, is_loopback, origin_of
from contracts.surface import load_surface
from contracts.vendors import SigningOptions, load_vendor


def resend_command(arguments: argparse.Namespace) -> int:
    """Send it and print the answer; 0 for the recorded status, 1 for another, 2 when it cannot be sent."""
    try:
        extra = read_report(arguments.report)["extra"]
        recorded = next(one for one in extra["exchanges"] if one["number"] == arguments.exchange)
        credentials = load_credentials(extra["vendor"], os.environ, arguments.credentials)
        redactor = Redactor(credentials.secrets)
        door = _door(arguments, extra, credentials)
        exchange = door.send(_prepared(door, recorded["template"]), "resend")
    except NotRead as problem:
        print(problem, file=sys.stderr)
        return 2
    except StopIteration:
        print(
            f"The report does not hold request {arguments.exchange}. It keeps those that verdicts rest on "
            "and the first of each operation and status; --report har keeps every one.",
            file=sys.stderr,
        )
        return 2
    except (
        OSError,
        ValueError,
        KeyError,
        TypeError,
        AddressError,
        CredentialsError,
        NotSent,
        NoAnswer,
        ServerGone,
    ) as error:
        print(f"The request cannot be sent again: {error}", file=sys.stderr)
        return 2
    print(_text(exchange, redactor))
    assert exchange.answer is not None
    before = (recorded["answer"] or {}).get("status")
    print(f"\nIn the report this request was answered {before}.")
    return 0 if exchange.answer.status == before else 1


def _door(arguments: argparse.Namespace, extra: dict[str, Any], credentials: Any) -> Door:
    base_url, clock = extra["base_url"], RunClock()
    check_base_url(base_url)
    at_home = is_loopback(base_url)
    profile = Profile.named(arguments.profile or ("full" if at_home else "readonly"))
    if profile is Profile.FULL and not at_home and not arguments.i_own_this_server:
        raise NotSent("off loopback profile full needs --i-own-this-server")
    vendor, surface = load_vendor(extra["vendor"]), load_surface(extra["vendor"])
    guard = Guard(profile, origin_of(base_url), vendor.rules, Ledger(), "pmc", 1, 0.0)
    options = SigningOptions(sign_url_ids=extra.get("sign_url_ids", True))
    return Door(base_url, surface, guard, vendor.signer(credentials, surface, base_url, clock, options))


def _prepared(door: Door, template: dict[str, Any] | None) -> requests.PreparedRequest:
    if template is None:
        raise ValueError("its body was too long to be kept; run its contract with --only")
    whole = json.dumps(template)
    if HIDDEN in whole:
        raise ValueError(
            "it held a credential of its own making, which the report hides; run its contract with --only"
        )
    headers = {name: value for name, value in template["headers"].items() if name.lower() != "content-length"}
    return door.prepare(template["method"], template["url"], headers=headers, data=template["body"].encode())


def _text(exchange: Exchange, redactor: Redactor) -> str:
    answer = exchange.answer
    assert answer is not None
    lines = [f"{exchange.request.method} {exchange.request.url}", "", str(answer.status)]
    lines += [f"{name}: {value}" for name, value in answer.headers.items()]
    return redactor.text("\n".join([*lines, "", body_text(answer.body, redactor)]))
