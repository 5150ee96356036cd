"""`python -m tests.supply_chain requirements|licences|sbom`: what the project rests on."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from tests.supply_chain.licences import document
from tests.supply_chain.requirements import ROOT, resolve
from tests.supply_chain.sbom import bill


def main() -> int:
    """Do what the command line asks for; return 2 when it cannot be done."""
    parser = argparse.ArgumentParser(prog="python -m tests.supply_chain", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("requirements", help="resolve, pin and hash requirements*.txt anew (needs uv)")
    commands.add_parser("licences", help="write docs/licences.md from what is installed")
    commands.add_parser("sbom", help="print a CycloneDX document, or write it").add_argument(
        "--out", type=Path, help="the file to write"
    )
    options = parser.parse_args()
    try:
        _do(options)
    except (LookupError, OSError, RuntimeError) as problem:
        print(f"{parser.prog}: {problem}", file=sys.stderr)
        return 2
    return 0


def _do(options: argparse.Namespace) -> None:
    if options.command == "requirements":
        resolve()
    elif options.command == "licences":
        (ROOT / "docs" / "licences.md").write_text(document(), encoding="utf-8")
    else:
        text = json.dumps(bill(), indent=2) + "\n"
        options.out.write_text(text, encoding="utf-8") if options.out else sys.stdout.write(text)


if __name__ == "__main__":
    sys.exit(main())
