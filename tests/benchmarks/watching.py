"""What it costs a request to be counted and logged, in microseconds of processor time."""

from __future__ import annotations

import tempfile
import time
import timeit
from collections.abc import Callable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Histogram

from mockserver.clock import Machine
from mockserver.request_log import RequestLog
from mockserver.witness import Witness

REPEATS, CALLS = 7, 5000
ANSWER = ("req-1", "consero", "examinations.list", 200, None, 0.0012)


def measure() -> dict[str, Any]:
    """Return the cost of one answer by what is done with it; the least of several repeats."""
    registry = CollectorRegistry()
    labels = ("vendor", "operation", "status")
    counter = Counter("requests", "Requests.", labels, registry=registry)
    histogram = Histogram("seconds", "Seconds.", labels[:2], registry=registry)

    def with_prometheus_client() -> None:
        counter.labels("consero", "examinations.list", "200").inc()
        histogram.labels("consero", "examinations.list").observe(0.0012)

    witness = Witness()
    with tempfile.NamedTemporaryFile("w", buffering=1) as file:
        return {
            "counted": _microseconds(lambda: witness.saw(*ANSWER)),
            "counted by prometheus_client": _microseconds(with_prometheus_client),
            "counted and logged as text": _microseconds(_logged("text", file)),
            "counted and logged as JSON": _microseconds(_logged("json", file)),
        }


def table(result: dict[str, Any]) -> str:
    """Return the figures as text."""
    return "\n".join(f"{name:32} {cost} µs" for name, cost in result.items())


def _logged(log_format: str, file: Any) -> Callable[[], None]:
    witness = Witness(RequestLog("all", log_format, Machine(), file))
    return lambda: witness.saw(*ANSWER)


def _microseconds(call: Callable[[], None]) -> float:
    spent = timeit.repeat(call, number=CALLS, repeat=REPEATS, timer=time.process_time)
    return round(min(spent) / CALLS * 1e6, 2)
