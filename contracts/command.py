"""The commands that talk to a server: from arguments to a run, its reports and its exit code."""

import argparse
import os
import sys
from pathlib import Path

from contracts.addresses import AddressError, addresses_of, check_base_url, vendors_of
from contracts.admin import Admin, AdminFailed
from contracts.credentials import (
    FIELDS,
    Credentials,
    CredentialsError,
    are_given,
    load_credentials,
    variable_name,
)
from contracts.door import ServerGone
from contracts.ledger import Ledger
from contracts.options import BUDGET_ABROAD, BUDGET_AT_HOME, PER_SECOND_ABROAD, REPORTS, RunOptions
from contracts.progress import Progress
from contracts.redaction import Redactor
from contracts.reports import console, write_reports
from contracts.result import Outcome
from contracts.runclock import RunClock
from contracts.safety import Profile, is_loopback
from contracts.waivers import WaiversError, load_waivers

ADMIN_TOKEN = "CONTRACTS_ADMIN_TOKEN"  # noqa: S105 - the name of a variable


class UsageError(Exception):
    """The run cannot start; the message says what to do."""


def run_command(arguments: argparse.Namespace) -> int:
    """`contracts run`."""
    redactor, clock, admin = redactor_of_environment(arguments), RunClock(), None
    try:
        options = options_of(arguments)
        if options.profile is Profile.DRY:
            from contracts.dryrun import describe  # noqa: PLC0415

            print(describe(options))
            return Outcome.HELD
        if options.admin_url is not None:
            admin = Admin(options.admin_url, os.environ.get(ADMIN_TOKEN), clock)
        credentials = credentials_for(arguments, options, admin)
        for secret in credentials.secrets:
            redactor.learn(secret)
        from contracts.run import run  # noqa: PLC0415

        result = run(options, credentials, admin, clock, Progress(redactor, quiet=options.quiet))
    except (UsageError, AddressError, CredentialsError, WaiversError, AdminFailed) as error:
        print(redactor.text(str(error)), file=sys.stderr)
        return Outcome.COULD_NOT_RUN
    finally:
        _close(admin)
    print(redactor.text(console.render(result)), end="")
    for file in write_reports(result, redactor):
        print(f"Report: {file}")
    return result.outcome


def locate(arguments: argparse.Namespace) -> dict[str, str]:
    """The base URL of each vendor that was asked for.

    Raises: AddressError.
    """
    ask = None
    if arguments.admin_url is not None:
        ask = Admin(arguments.admin_url, os.environ.get(ADMIN_TOKEN), RunClock()).base_url
    try:
        return addresses_of(vendors_of(arguments.vendors), arguments.base_urls, ask)
    except AdminFailed as error:
        raise AddressError(str(error)) from error


def options_of(arguments: argparse.Namespace) -> RunOptions:
    """Check what was asked for and fill in what depends on the place of the server.

    Raises: UsageError, AddressError, WaiversError.
    """
    check_base_url(arguments.base_url)
    at_home = is_loopback(arguments.base_url)
    profile = Profile.named(arguments.profile or ("full" if at_home else "readonly"))
    if profile is Profile.FULL and not at_home and not arguments.i_own_this_server:
        raise UsageError(
            "Profile full changes everything it can reach. Off loopback it needs --i-own-this-server."
        )
    reports = tuple(kind for kind in arguments.report.split(",") if kind)
    unknown = [kind for kind in reports if kind not in REPORTS]
    if unknown:
        raise UsageError(f"--report knows {', '.join(REPORTS)}, not {', '.join(unknown)}.")
    if (arguments.max_requests or 0) < 0 or not 0 <= (arguments.rate or 0) < float("inf"):
        raise UsageError("--max-requests and --rate are not negative; a rate of 0 means no limit.")
    budget = (
        arguments.max_requests
        if arguments.max_requests is not None
        else (BUDGET_AT_HOME if at_home else BUDGET_ABROAD)
    )
    rate = arguments.rate if arguments.rate is not None else (0.0 if at_home else PER_SECOND_ABROAD)
    return RunOptions(
        vendor=arguments.vendor,
        base_url=arguments.base_url.rstrip("/"),
        profile=profile,
        # A mock of one's own has to follow what was inferred, too; a vendor owes us only what it documents.
        evidence=arguments.evidence or ("inferred" if arguments.admin_url else "documented"),
        seed=arguments.seed,
        budget=budget,
        per_second=rate,
        out=arguments.out,
        reports=reports,
        sign_url_ids=arguments.sign_url_ids,
        admin_url=arguments.admin_url,
        only=arguments.only,
        quiet=arguments.quiet,
        waivers=load_waivers(arguments.waivers),
    )


def cleanup_command(arguments: argparse.Namespace) -> int:
    """`contracts cleanup`: remove what the ledger of an interrupted run still holds."""
    redactor = redactor_of_environment(arguments)
    try:
        check_base_url(arguments.base_url)
        credentials = load_credentials(arguments.vendor, os.environ, arguments.credentials)
        ledger = Ledger.read(arguments.ledger)
    except (AddressError, CredentialsError) as error:
        print(redactor.text(str(error)), file=sys.stderr)
        return Outcome.COULD_NOT_RUN
    except OSError as error:
        print(
            redactor.text(f"The ledger {arguments.ledger} cannot be read: {error.strerror}."), file=sys.stderr
        )
        return Outcome.COULD_NOT_RUN
    except ValueError as error:
        print(redactor.text(f"{arguments.ledger} is no ledger of a run: {error}."), file=sys.stderr)
        return Outcome.COULD_NOT_RUN
    from contracts.cleanup import clean_up_later  # noqa: PLC0415

    try:
        left = clean_up_later(ledger, credentials, arguments.base_url.rstrip("/"), arguments.sign_url_ids)
    except ServerGone as gone:
        print(redactor.text(str(gone)), file=sys.stderr)
        return Outcome.COULD_NOT_RUN
    for made in left:
        print(redactor.text(f"still there: {made.kind} {made.id}"))
    print(f"{len(ledger.all) - len(left)} of {len(ledger.all)} created objects are gone.")
    return Outcome.VIOLATED if any(made.removal for made in left) else Outcome.HELD


def redactor_of_environment(arguments: argparse.Namespace) -> Redactor:
    """Hide whatever credentials are within reach, before anything else can fail and print them."""
    redactor = Redactor()
    vendor = getattr(arguments, "vendor", None)
    file: Path | None = getattr(arguments, "credentials", None)
    for name in FIELDS if vendor is None else [vendor]:
        try:
            found = load_credentials(name, os.environ, file)
        except CredentialsError:
            continue
        for secret in found.secrets:
            redactor.learn(secret)
    return redactor


def credentials_for(arguments: argparse.Namespace, options: RunOptions, admin: Admin | None) -> Credentials:
    given = arguments.credentials is not None or are_given(options.vendor, os.environ)
    if given or admin is None:
        return load_credentials(options.vendor, os.environ, arguments.credentials)
    return credentials_of_sandbox(options.vendor, admin)


def credentials_of_sandbox(vendor: str, admin: Admin) -> Credentials:
    """What opens a fresh sandbox of a mock.

    Raises: AdminFailed, UsageError.
    """
    values = admin.open_sandbox("contracts")[vendor]
    missing = [variable_name(vendor, name) for name in FIELDS[vendor] if name not in values]
    if missing:
        raise UsageError(f"The sandbox came without {', '.join(missing)}.")
    return Credentials(vendor, {name: values[name] for name in FIELDS[vendor]})


def _close(admin: Admin | None) -> None:
    if admin is None:
        return
    try:
        admin.close_sandbox()
    except AdminFailed as error:
        print(f"The sandbox of this run could not be removed: {error}", file=sys.stderr)
