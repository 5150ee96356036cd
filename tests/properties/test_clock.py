"""The clock of a sandbox: what is set is shown, and it never leaves the years that a datetime can hold."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mockserver.clock import LATEST_MS, Clock, as_datetime, as_ms, http_date, iso

MOMENTS = st.integers(0, LATEST_MS)
STEPS = st.floats(-1e6, 1e6)


@given(MOMENTS)
def test_moment_and_datetime_are_the_same(ms: int) -> None:
    assert as_ms(as_datetime(ms)) == ms
    assert datetime.fromisoformat(iso(ms)) == as_datetime(ms)
    assert datetime.strptime(http_date(ms), "%a, %d %b %Y %H:%M:%S GMT").replace(tzinfo=UTC) == as_datetime(
        ms // 1000 * 1000
    )


@given(MOMENTS, MOMENTS)
def test_frozen_clock_stands_still(at_ms: int, machine_ms: int) -> None:
    assert Clock("frozen", at_ms=at_ms).now_ms(machine_ms) == at_ms


@given(MOMENTS, st.integers())
def test_shifted_clock_stays_within_its_years(machine_ms: int, offset_ms: int) -> None:
    now_ms = Clock("shifted", offset_ms=offset_ms).now_ms(machine_ms)
    assert 0 <= now_ms <= LATEST_MS
    assert now_ms in (0, LATEST_MS, machine_ms + offset_ms)


@given(st.sampled_from(["real", "frozen", "shifted"]), MOMENTS, STEPS)
def test_advanced_clock_shows_that_much_more(mode: str, machine_ms: int, seconds: float) -> None:
    clock = Clock(mode, at_ms=machine_ms)  # type: ignore[arg-type]
    step_ms = round(seconds * 1000)
    if not 0 <= machine_ms + step_ms <= LATEST_MS:
        with pytest.raises(ValueError, match="1970 to 9999"):
            clock.advanced(seconds, machine_ms)
        return
    assert clock.advanced(seconds, machine_ms).now_ms(machine_ms) == machine_ms + step_ms


@given(MOMENTS, STEPS, STEPS)
def test_steps_add_up(machine_ms: int, first: float, second: float) -> None:
    clock = Clock("frozen", at_ms=LATEST_MS // 2)
    twice = clock.advanced(first, machine_ms).advanced(second, machine_ms)
    assert twice.at_ms == LATEST_MS // 2 + round(first * 1000) + round(second * 1000)
