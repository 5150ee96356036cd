"""The report of a taken exam, with the mixed types that the page prints."""

from __future__ import annotations

from typing import Any

from mockserver.clock import as_datetime
from mockserver.store import Row

TOTAL_SCORE = 100  # CO-065
PASSING_PERCENTAGE = 50  # the page prints one report, passed with 74 (CO-069: the limit is our guess)


def report_of(allocation: Row, base_url: str) -> dict[str, Any]:
    """Return the report: ids as texts, scores as numbers, percentage with a decimal part (CO-061, CO-065)."""
    invite_id, score = allocation["id"], _plain(allocation["score"])
    percentage = 100.0 * score / TOTAL_SCORE  # CO-066
    return {
        "inviteId": str(invite_id),
        "testId": str(allocation["examination_id"]),
        "testName": allocation["name"],
        "email": allocation["email"],
        "reportURL": f"{base_url}/report/{invite_id}",  # CO-063, CO-064
        "proctoringURL": f"{base_url}/report/proctoring/{invite_id}",
        "score": score,
        "totalScore": TOTAL_SCORE,
        "percentage": percentage,
        "testStartDate": _time(allocation["started_ms"]),
        "testEndDate": _time(allocation["ended_ms"]),
        "status": "Pass" if percentage >= PASSING_PERCENTAGE else "Fail",  # CO-068, CO-069
        "metadata": {"mode_of_completion": "web"},  # CO-070
    }


def _plain(number: float) -> float | int:
    """Print 74 as 74, and 74.5 as 74.5, as the page does for scores."""
    return int(number) if number == int(number) else number


def _time(ms: int) -> str:
    """Return UTC with two fractional digits and Z (CO-067)."""
    at = as_datetime(ms)
    return f"{at:%Y-%m-%dT%H:%M:%S}.{at.microsecond // 10_000:02}Z"
