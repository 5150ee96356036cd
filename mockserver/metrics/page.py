"""Counts as Prometheus reads them: its text format, version 0.0.4.

Source: https://prometheus.io/docs/instrumenting/exposition_formats/
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from mockserver.metrics.counts import BOUNDS_SECONDS, Key, Row, added_up

MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"
NO_OPERATION = "none"  # the path or method of no operation

Sample = tuple[Mapping[str, str], float]


def page(
    rows: Iterable[tuple[Key, Row]], gauges: Mapping[str, tuple[str, float]], info: Mapping[str, str]
) -> str:
    """Return the page; `gauges` are value and meaning by name, `info` says what server it is."""
    counts = added_up(rows)
    lines = [
        *_family("mockserver_info", "gauge", "What server this is.", [(info, 1)]),
        *_family("mockserver_requests_total", "counter", "Requests answered.", _requests(counts)),
        *_family(
            "mockserver_refusals_total", "counter", "Refusals, by the check that refused.", _refusals(counts)
        ),
        *_histogram(counts),
    ]
    for name, (meaning, value) in gauges.items():
        lines += _family(name, "gauge", meaning, [({}, value)])
    return "\n".join(lines) + "\n"


def _requests(counts: Mapping[Key, Row]) -> Iterator[Sample]:
    found: dict[tuple[str, str, int], float] = defaultdict(float)
    for (vendor, operation, status, _), row in counts.items():
        found[vendor, operation or NO_OPERATION, status] += sum(row[1:])
    for (vendor, operation, status), number in sorted(found.items()):
        yield {"vendor": vendor, "operation": operation, "status": str(status)}, number


def _refusals(counts: Mapping[Key, Row]) -> Iterator[Sample]:
    found: dict[tuple[str, str, str], float] = defaultdict(float)
    for (vendor, operation, _, refused_by), row in counts.items():
        if refused_by is not None:
            found[vendor, operation or NO_OPERATION, refused_by] += sum(row[1:])
    for (vendor, operation, refused_by), number in sorted(found.items()):
        yield {"vendor": vendor, "operation": operation, "check": refused_by}, number


def _histogram(counts: Mapping[Key, Row]) -> Iterator[str]:
    name = "mockserver_request_duration_seconds"
    yield from _head(name, "histogram", "From the first byte of a request to the commit of its answer.")
    by_operation = added_up(
        ((vendor, operation, 0, None), row) for (vendor, operation, _, _), row in counts.items()
    )
    for (vendor, operation, _, _), (seconds, *numbers) in sorted(
        by_operation.items(), key=lambda item: (item[0][0], item[0][1] or "")
    ):
        labels = {"vendor": vendor, "operation": operation or NO_OPERATION}
        bounds = [*(str(bound) for bound in BOUNDS_SECONDS), "+Inf"]
        for bound, number in zip(bounds, accumulate(numbers), strict=True):
            yield _line(f"{name}_bucket", {**labels, "le": bound}, number)
        yield _line(f"{name}_sum", labels, seconds)
        yield _line(f"{name}_count", labels, sum(numbers))


def _family(name: str, kind: str, meaning: str, samples: Iterable[Sample]) -> Iterator[str]:
    yield from _head(name, kind, meaning)
    for labels, value in samples:
        yield _line(name, labels, value)


def _head(name: str, kind: str, meaning: str) -> Iterator[str]:
    yield f"# HELP {name} {meaning}"
    yield f"# TYPE {name} {kind}"


def _line(name: str, labels: Mapping[str, str], value: float) -> str:
    shown = ",".join(
        f'{label}="{text}"' for label, text in labels.items()
    )  # our own words: nothing to escape
    number = int(value) if value == int(value) else round(value, 6)
    return f"{name}{{{shown}}} {number}" if shown else f"{name} {number}"
