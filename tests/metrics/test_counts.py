"""Where a latency falls, and how the page shows it."""

from __future__ import annotations

import pytest

from mockserver.metrics.counts import BOUNDS_SECONDS, Counts
from mockserver.metrics.page import page


@pytest.mark.parametrize(
    ("seconds", "place"),
    [
        (0.0, 0),
        (0.001, 0),
        (0.0011, 1),
        (4.9, len(BOUNDS_SECONDS) - 1),
        (5.0, len(BOUNDS_SECONDS) - 1),
        (60.0, len(BOUNDS_SECONDS)),
    ],
)
def test_latency_belongs_to_the_first_bound_that_it_does_not_exceed(seconds: float, place: int) -> None:
    counts = Counts()
    counts.add("consero", None, 200, None, seconds)
    ((_, row),) = counts.rows()
    assert [index for index, number in enumerate(row[1:]) if number] == [place]


def test_buckets_of_the_page_add_up() -> None:
    counts = Counts()
    counts.add("consero", "reports.get", 200, None, 0.002)
    counts.add("consero", "reports.get", 401, "api_key", 0.02)
    lines = page(counts.rows(), {}, {"version": "1"}).splitlines()
    place = '{vendor="consero",operation="reports.get"'
    assert f'mockserver_request_duration_seconds_bucket{place},le="0.001"}} 0' in lines
    assert f'mockserver_request_duration_seconds_bucket{place},le="0.0025"}} 1' in lines
    assert f'mockserver_request_duration_seconds_bucket{place},le="0.025"}} 2' in lines
    assert f"mockserver_request_duration_seconds_count{place}}} 2" in lines
    assert f"mockserver_request_duration_seconds_sum{place}}} 0.022" in lines
