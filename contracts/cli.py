"""The `contracts` command: list, show, run, diff, resend, cleanup, selftest.

Everything that needs the engine is imported inside the commands: listing and help start at once.
"""

import argparse
import os
import sys
import traceback
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

from contracts.addresses import ALL, AddressError
from contracts.options import PROFILES, REPORTS
from contracts.statements import EVIDENCE, VENDORS

COULD_NOT_RUN = 2


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; gives 0 when the statements held, 1 when one is violated, 2 when it could not run."""
    parser = _parser()
    arguments = parser.parse_args(argv)
    if "command" not in arguments:
        parser.print_help(sys.stderr)
        return COULD_NOT_RUN
    arguments.argv = sys.argv[1:] if argv is None else list(argv)
    try:
        code: int = arguments.command(arguments)
    except KeyboardInterrupt:
        print("Interrupted.", file=sys.stderr)
        return COULD_NOT_RUN
    except BrokenPipeError:
        # The reader of the output, such as head, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return COULD_NOT_RUN
    except Exception:
        from contracts.command import redactor_of_environment  # noqa: PLC0415

        print(redactor_of_environment(arguments).text(traceback.format_exc()), file=sys.stderr)
        return COULD_NOT_RUN
    return code


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="contracts", description="Which documented statements hold at this server, real or fake?"
    )
    commands = parser.add_subparsers(metavar="COMMAND")
    _add_list(commands.add_parser("list", help="list the statements and what exercises them"))
    _add_show(commands.add_parser("show", help="show one statement with its source and its contracts"))
    _add_run(commands.add_parser("run", help="judge a server statement by statement"))
    _add_diff(commands.add_parser("diff", help="compare two JSON reports statement by statement"))
    _add_resend(commands.add_parser("resend", help="send one request of a JSON report again, signed afresh"))
    _add_cleanup(commands.add_parser("cleanup", help="remove what an interrupted run left, by its ledger"))
    _add_selftest(commands.add_parser("selftest", help="show that the contracts notice seeded faults"))
    return parser


def _add_list(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vendor", choices=VENDORS)
    parser.add_argument("--evidence", choices=EVIDENCE, help="only this level")
    parser.add_argument("--contracts", action="store_true", help="list the named contracts instead")
    parser.set_defaults(command=_list)


def _add_show(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("statement", metavar="STATEMENT_ID")
    parser.set_defaults(command=_show)


def _add_server(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vendor", choices=VENDORS, required=True)
    parser.add_argument("--base-url", required=True, help="what a client of the vendor is configured with")
    _add_account(parser)


def _add_account(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--credentials", type=Path, metavar="FILE", help="file of mode 600 with NAME=value lines"
    )
    parser.add_argument(
        "--sign-url-ids",
        action=argparse.BooleanOptionalAction,
        default=True,
        help="ProctorExam: sign the ids in the path as its clients do",
    )


def _add_run(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--vendor",
        dest="vendors",
        action="append",
        choices=(*VENDORS, ALL),
        required=True,
        help="may be repeated: several vendors are judged at the same time",
    )
    parser.add_argument(
        "--base-url",
        dest="base_urls",
        action="append",
        default=[],
        metavar="[VENDOR=]URL",
        help="what a client of the vendor is configured with (default: what the control API says)",
    )
    _add_account(parser)
    parser.add_argument("--profile", choices=PROFILES, help="default: full on loopback, readonly elsewhere")
    parser.add_argument(
        "--i-own-this-server", action="store_true", help="needed for profile full off loopback"
    )
    parser.add_argument(
        "--evidence", choices=EVIDENCE, help="lowest level that is asserted (default: documented)"
    )
    parser.add_argument("--report", default="", metavar="KINDS", help=f"comma-separated: {','.join(REPORTS)}")
    parser.add_argument(
        "--out", type=Path, default=Path("contracts-report"), metavar="DIR", help="where reports go"
    )
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--max-requests", type=int, metavar="N", help="request budget of the run")
    parser.add_argument("--rate", type=float, metavar="N", help="requests per second; 0 means no limit")
    parser.add_argument("--waivers", type=Path, metavar="FILE", help="YAML list of id, date, reason")
    parser.add_argument("--only", metavar="PREFIX", help="only named contracts whose id starts with this")
    parser.add_argument(
        "--admin-url", metavar="URL", help="control API of a mock: fresh sandbox, clock, settings"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
    parser.set_defaults(command=_run)


def _add_diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("before", type=Path, metavar="A.json")
    parser.add_argument("after", type=Path, metavar="B.json")
    parser.set_defaults(command=_diff)


def _add_resend(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("report", type=Path, metavar="REPORT.json")
    parser.add_argument("exchange", type=int, metavar="NUMBER", help="number of the request in the report")
    parser.add_argument(
        "--credentials", type=Path, metavar="FILE", help="file of mode 600 with NAME=value lines"
    )
    parser.add_argument(
        "--profile", choices=PROFILES[1:], help="default: full on loopback, readonly elsewhere"
    )
    parser.add_argument(
        "--i-own-this-server", action="store_true", help="needed for profile full off loopback"
    )
    parser.set_defaults(command=_resend)


def _add_cleanup(parser: argparse.ArgumentParser) -> None:
    _add_server(parser)
    parser.add_argument(
        "--ledger", type=Path, required=True, metavar="FILE", help="ledger-VENDOR.jsonl of the run"
    )
    parser.set_defaults(command=_cleanup)


def _add_selftest(parser: argparse.ArgumentParser) -> None:
    from contracts.selftest.arguments import add_arguments  # noqa: PLC0415

    add_arguments(parser)
    parser.set_defaults(command=_selftest)


def _has_engine(command: str) -> bool:
    """Say what to install where the engine is missing; the other commands do without it."""
    if find_spec("schemathesis") is None:
        print(f"contracts {command} needs its engine: pip install 'proctormock[contracts]'", file=sys.stderr)
        return False
    return True


def _list(arguments: argparse.Namespace) -> int:
    from contracts.listing import list_contracts, list_statements  # noqa: PLC0415

    text = (
        list_contracts(arguments.vendor)
        if arguments.contracts
        else list_statements(arguments.vendor, arguments.evidence)
    )
    print(text)
    return 0


def _show(arguments: argparse.Namespace) -> int:
    from contracts.listing import show_statement  # noqa: PLC0415
    from contracts.statements import UnknownStatementError  # noqa: PLC0415

    try:
        print(show_statement(arguments.statement))
    except UnknownStatementError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    return 0


def _run(arguments: argparse.Namespace) -> int:
    if not _has_engine("run"):
        return COULD_NOT_RUN
    from contracts.command import locate, run_command  # noqa: PLC0415
    from contracts.several import run_several  # noqa: PLC0415

    try:
        addresses = locate(arguments)
    except AddressError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_RUN
    if arguments.only is not None:
        addresses = {vendor: url for vendor, url in addresses.items() if _has_some(vendor, arguments.only)}
        if not addresses:
            print(
                f"No named contract begins with {arguments.only!r}: "
                "'contracts list --contracts' prints their names.",
                file=sys.stderr,
            )
            return COULD_NOT_RUN
    if len(addresses) > 1:
        return run_several(addresses, arguments.argv)
    arguments.vendor, arguments.base_url = next(iter(addresses.items()))
    return run_command(arguments)


def _has_some(vendor: str, prefix: str) -> bool:
    """Whether a named contract of the vendor begins like that: a run of none would hold at any server."""
    from contracts.vendors import load_vendor  # noqa: PLC0415

    return any(contract.id.startswith(prefix) for contract in load_vendor(vendor).register)


def _diff(arguments: argparse.Namespace) -> int:
    from contracts.diff import diff_command  # noqa: PLC0415

    return diff_command(arguments.before, arguments.after)


def _resend(arguments: argparse.Namespace) -> int:
    from contracts.resend import resend_command  # noqa: PLC0415

    return resend_command(arguments)


def _cleanup(arguments: argparse.Namespace) -> int:
    from contracts.command import cleanup_command  # noqa: PLC0415

    return cleanup_command(arguments)


def _selftest(arguments: argparse.Namespace) -> int:
    if not _has_engine("selftest"):
        return COULD_NOT_RUN
    from contracts.selftest.command import selftest_command  # noqa: PLC0415

    return selftest_command(arguments)


if __name__ == "__main__":
    sys.exit(main())
