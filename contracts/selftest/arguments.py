"""What `contracts selftest` can be told; apart from the rest, because every `contracts --help` needs it."""

import argparse
from pathlib import Path

from contracts.statements import VENDORS

REPORTS = ("json", "md")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--vendor", choices=VENDORS, help="only this vendor's faults")
    parser.add_argument("--fault", metavar="PREFIX", help="only faults whose id starts with this")
    parser.add_argument(
        "--server",
        metavar="COMMAND",
        help="command that knows --list, --fault ID and --json (default: that of the mock server)",
    )
    parser.add_argument("--jobs", type=int, default=2, metavar="N", help="servers at a time (default 2)")
    parser.add_argument("--quick", action="store_true", help="a few faults a vendor, for every commit")
    parser.add_argument("--report", default="", metavar="KINDS", help=f"comma-separated: {','.join(REPORTS)}")
    parser.add_argument(
        "--out", type=Path, default=Path("contracts-report"), metavar="DIR", help="where reports go"
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
