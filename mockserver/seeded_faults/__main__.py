"""`python -m mockserver.seeded_faults`: list the faults, or serve with one of them."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence

from mockserver.cli import serve
from mockserver.errors import UsageError
from mockserver.seeded_faults import ALL


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the list, or switch one fault on and serve as `mockserver serve` does; 2 for a usage error."""
    parser = argparse.ArgumentParser(
        prog="python -m mockserver.seeded_faults",
        description="Serve with one seeded fault, so that contracts can show that they notice it.",
    )
    parser.add_argument("--list", action="store_true", help="print all faults as JSON and end")
    parser.add_argument("--fault", metavar="ID", help="the fault to switch on (default: none)")
    serve.add_arguments(parser)
    options = parser.parse_args(arguments)
    if options.list:
        print(json.dumps([fault.facts() for fault in ALL], indent=1))
        return 0
    try:
        if options.fault is not None:
            _switch_on(options.fault)
        return serve.run(options)
    except UsageError as problem:
        print(f"mockserver.seeded_faults: {problem}", file=sys.stderr)
        return 2


def _switch_on(fault_id: str) -> None:
    fault = next((fault for fault in ALL if fault.id == fault_id), None)
    if fault is None:
        raise UsageError(f"there is no fault {fault_id!r}: --list prints them all")
    fault.switch_on()


if __name__ == "__main__":
    sys.exit(main())
