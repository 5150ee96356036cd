"""A JSON report read back: by whom it was written nobody knows, so it has to fit before it is used."""

import json
from pathlib import Path
from typing import Any

from contracts.statements import VENDORS

# A type, a list of one shape, the keys that an object has at least, or a choice of shapes.
TEMPLATE = {"method": str, "url": str, "headers": dict, "body": str}
REPORT = {
    "tests": [{"name": str, "message": str, "extra": {"id": str, "standing": str}}],
    "extra": {
        "vendor": str,
        "base_url": str,
        "profile": str,
        "numbers": {"all": {"index": (int, float), "score": (int, float)}},
        "undocumented": [{"operation": str, "kind": str, "what": str}],
        "exchanges": [
            {"number": int, "template": (TEMPLATE, type(None)), "answer": ({"status": int}, type(None))}
        ],
    },
}


class NotRead(Exception):
    """A file that is no report; the message names it."""


def read_report(file: Path) -> dict[str, Any]:
    """Return the results of a JSON report.

    Raises: NotRead.
    """
    try:
        report = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotRead(f"{file} cannot be read: {error.strerror}.") from None
    except (ValueError, RecursionError):
        report = None
    results = report.get("results") if isinstance(report, dict) else None
    if (
        not isinstance(results, dict)
        or not fits(results, REPORT)
        or results["extra"]["vendor"] not in VENDORS
    ):
        raise NotRead(f"{file} is no JSON report: 'contracts run --report json' makes one.")
    return results


def fits(value: Any, shape: Any) -> bool:
    """Tell whether a value has a shape; what the shape does not name may be anything."""
    match shape:
        case dict():
            return isinstance(value, dict) and all(
                key in value and fits(value[key], part) for key, part in shape.items()
            )
        case list():
            return isinstance(value, list) and all(fits(item, shape[0]) for item in value)
        case tuple():
            return any(fits(value, choice) for choice in shape)
        case _:
            return isinstance(value, shape)
