"""Timestamp and nonce as read, and the window of a timestamp."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.access.freshness import (
    MAX_NONCE_DIGITS,
    MAX_TIMESTAMP_DIGITS,
    NONCE_MEMORY_MS,
    check_timestamp,
    read_nonce,
    read_timestamp,
    remembered_until_ms,
)
from mockserver.errors import CredentialMalformed, CredentialMissing, TimestampOutsideWindow
from mockserver.strict_json import Decimal

NOW_MS = 1_795_289_832_000
NOT_NUMBERS: list[Any] = [
    " ",
    "-1",
    "+1",
    "-",
    "01",
    "00",
    "1.0",
    "1e3",
    "0x1F",
    "1_795_289_832",
    "１７９５",
    "٣٤",
    "²",
    "NaN",
    "Infinity",
    "2026-11-21T09:30:00Z",
    " 1",
    "1 ",
    "1\n",
    "1\x00",
    "é",
    "'; DROP TABLE nonce;--",
    "\ud800",
    -1,
    True,
    False,
    1.0,
    Decimal("1527500365052.0"),
    ["1"],
    {"a": 1},
    [],
    {},
    b"1",
]


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (1527500365052, 1527500365052),
        ("1527500365052", 1527500365052),
        ("0", 0),
        (0, 0),
        ("9" * 15, 999_999_999_999_999),
    ],
)
def test_timestamp_is_read_from_number_or_text(value: Any, read: int) -> None:
    """PE-064, PE-105."""
    assert read_timestamp(value) == read


@pytest.mark.parametrize(
    ("value", "read"),
    [(1527500365, "1527500365"), ("1527500365", "1527500365"), (0, "0"), ("7" * 40, "7" * 40)],
)
def test_nonce_is_read_from_number_or_text(value: Any, read: str) -> None:
    """PE-059, PE-105."""
    assert read_nonce(value) == read


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_missing(value: Any) -> None:
    with pytest.raises(CredentialMissing) as timestamp:
        read_timestamp(value)
    with pytest.raises(CredentialMissing) as nonce:
        read_nonce(value)
    assert timestamp.value.facts() == {"check": "timestamp", "place": "timestamp"}
    assert nonce.value.facts() == {"check": "nonce", "place": "nonce"}


@pytest.mark.parametrize("value", [*NOT_NUMBERS, "1" * (MAX_TIMESTAMP_DIGITS + 1), "1" * 5000, 10**15])
def test_timestamp_that_is_no_number_is_malformed(value: Any) -> None:
    with pytest.raises(CredentialMalformed) as refused:
        read_timestamp(value)
    assert refused.value.facts() == {
        "check": "timestamp",
        "place": "timestamp",
        "problem": "it is not a number of at most 15 digits without leading zero",
    }


@pytest.mark.parametrize("value", [*NOT_NUMBERS, "1" * (MAX_NONCE_DIGITS + 1), "1" * 5000])
def test_nonce_that_is_no_number_is_malformed(value: Any) -> None:
    with pytest.raises(CredentialMalformed) as refused:
        read_nonce(value)
    assert refused.value.facts() == {
        "check": "nonce",
        "place": "nonce",
        "problem": "it is not a number of at most 40 digits without leading zero",
    }


@pytest.mark.parametrize("away_ms", [0, 1, -1, 299_999, 300_000, -300_000])
def test_timestamp_inside_the_window_passes(away_ms: int) -> None:
    check_timestamp(NOW_MS + away_ms, now_ms=NOW_MS, tolerance_seconds=300)


@pytest.mark.parametrize("away_ms", [300_001, -300_001, 301_000, 10**15, -NOW_MS])
def test_timestamp_outside_the_window_is_refused_with_both_times(away_ms: int) -> None:
    with pytest.raises(TimestampOutsideWindow) as refused:
        check_timestamp(NOW_MS + away_ms, now_ms=NOW_MS, tolerance_seconds=300)
    assert refused.value.facts() == {
        "timestamp_ms": NOW_MS + away_ms,
        "now_ms": NOW_MS,
        "tolerance_seconds": 300,
    }


def test_window_can_be_closed_to_the_moment_or_switched_off() -> None:
    check_timestamp(NOW_MS, now_ms=NOW_MS, tolerance_seconds=0)
    with pytest.raises(TimestampOutsideWindow):
        check_timestamp(NOW_MS + 1, now_ms=NOW_MS, tolerance_seconds=0)
    check_timestamp(0, now_ms=NOW_MS, tolerance_seconds=None)


def test_nonce_is_remembered_for_24_hours() -> None:
    """PE-058."""
    assert NONCE_MEMORY_MS == 86_400_000
    until = remembered_until_ms(NOW_MS, now_ms=NOW_MS, tolerance_seconds=300)
    assert until == NOW_MS + 86_400_000


@pytest.mark.parametrize(
    ("ahead_ms", "tolerance_seconds", "until_ms"),
    [
        (86_400_000, 300, NOW_MS + 86_400_000 + 300_001),
        (86_400_000 - 300_000, 300, NOW_MS + 86_400_000 + 1),
        (86_400_000 - 300_001, 300, NOW_MS + 86_400_000),
        (10**12, None, NOW_MS + 86_400_000),
    ],
)
def test_nonce_is_remembered_until_its_own_window_closes(
    ahead_ms: int, tolerance_seconds: int | None, until_ms: int
) -> None:
    """A request dated ahead must not become acceptable again once its nonce is forgotten."""
    until = remembered_until_ms(NOW_MS + ahead_ms, now_ms=NOW_MS, tolerance_seconds=tolerance_seconds)
    assert until == until_ms
