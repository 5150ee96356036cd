"""A refusal explained: what the journal keeps, and the one line in the header `X-Mock-Explain`."""

from __future__ import annotations

from typing import Any

from mockserver.clock import iso
from mockserver.errors import AccessRefused, Failure, MethodNotAllowed, RouteUnknown, ValuesInvalid
from mockserver.explain.explanation import Explanation
from mockserver.explain.request_mistakes import of_fields, of_path
from mockserver.neighbours import Neighbours
from mockserver.vendor import Call, Vendor

MAX_HEADER = 400


def explained(vendor: Vendor, call: Call, failure: Failure, neighbours: Neighbours) -> dict[str, Any]:
    """Return what the journal keeps of a refusal."""
    explanation = _explanation(vendor, call, failure, neighbours)
    mistake = explanation.likely_mistake
    return {
        "check": failure.check,
        "reason": str(failure),
        "passed": _passed(vendor, call, failure),
        "server_time": iso(call.now_ms),
        "server_time_ms": call.now_ms,
        "facts": {**explanation.facts, **call.notes},
        "likely_mistake": mistake.as_json() if mistake else None,
    }


def one_line(explanation: dict[str, Any]) -> str:
    """Return check, reason and likely mistake in printable ASCII, fit for a header."""
    line = f"{explanation['check']}: {explanation['reason']}"
    mistake = explanation["likely_mistake"]
    if mistake:
        line += f" Likely mistake: {mistake['name']}. {mistake['remedy']}"
    printable = "".join(character if " " <= character <= "~" else "?" for character in line)
    return printable if len(printable) <= MAX_HEADER else f"{printable[: MAX_HEADER - 3]}..."


def _explanation(vendor: Vendor, call: Call, failure: Failure, neighbours: Neighbours) -> Explanation:
    match failure:
        case AccessRefused():
            return vendor.explain(failure, call, neighbours)
        case RouteUnknown():
            templates = sorted({vendor.path_of(operation) for operation in vendor.operations})
            return Explanation(
                failure.facts(), of_path(call.request.path, prefix=vendor.prefix, templates=templates)
            )
        case MethodNotAllowed():
            return Explanation({**failure.facts(), "method": call.request.method})
        case ValuesInvalid():
            missing = [problem.field for problem in failure.problems]
            return Explanation(failure.facts(), of_fields(missing, call.unread))
        case _:
            return Explanation(failure.facts())


def _passed(vendor: Vendor, call: Call, failure: Failure) -> list[str]:
    """Return the access checks that had passed before this failure."""
    if call.passed is not None:
        return list(call.passed)
    if not isinstance(failure, AccessRefused):
        return [] if failure.check == "route" else list(vendor.checks)
    return list(vendor.checks[: vendor.checks.index(failure.check)])
