"""What clients get wrong with timestamps and nonces.

Source: PE-058, PE-059, PE-061, PE-064, PE-065, PE-105.
"""

from __future__ import annotations

import re
from typing import Any

from mockserver.access.freshness import MAX_NONCE_DIGITS, MAX_TIMESTAMP_DIGITS
from mockserver.access.hmac_signature import value_text
from mockserver.explain.explanation import Mistake

HALF_HOUR_MS = 30 * 60 * 1000
MOST_ZONE_MS = 14 * 60 * 60 * 1000  # no place on earth is further from UTC
_ISO = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*", re.ASCII)
_UUID = re.compile(r"[0-9a-fA-F]{8}-?(?:[0-9a-fA-F]{4}-?){3}[0-9a-fA-F]{12}", re.ASCII)
_DECIMAL = re.compile(r"-?\d+(?:[.,]\d*(?:[eE][+-]?\d+)?|[eE][+-]?\d+)", re.ASCII)

SECONDS = Mistake("timestamp_in_seconds", "Send the timestamp in milliseconds since 1970: multiply by 1000.")
MICROSECONDS = Mistake(
    "timestamp_in_microseconds",
    "Send the timestamp in milliseconds since 1970, not in micro- or nanoseconds.",
)
LOCAL_TIME = Mistake(
    "local_time_taken_for_utc", "Count milliseconds since 1970 in UTC: the client counts in its local time."
)
DECIMALS = Mistake("timestamp_with_decimals", "Send the timestamp as a whole number of milliseconds.")
ISO_TIME = Mistake("timestamp_as_text", "Send the timestamp as milliseconds since 1970, not as a date.")
NONCE_DECIMALS = Mistake(
    "nonce_with_decimals", "Send a whole number as nonce, such as a random one of twelve digits."
)
NONCE_UUID = Mistake("nonce_is_a_uuid", "Send a number as nonce: digits only, no letters and dashes.")
NONCE_NEGATIVE = Mistake("nonce_is_negative", "Send a positive number as nonce.")
NONCE_ZERO = Mistake("nonce_with_leading_zero", "Send a nonce without leading zeros.")
NONCE_LONG = Mistake("nonce_too_long", f"Send a nonce of at most {MAX_NONCE_DIGITS} digits.")
NONCE_FROM_SECONDS = Mistake(
    "nonce_made_of_seconds",
    "Make the nonce of milliseconds or of random digits: two calls fell into one second.",
)
NONCE_KEPT = Mistake(
    "nonce_sent_again", "Make a new nonce and a new signature for every call, for a repeated one as well."
)


def of_timestamp(timestamp_ms: int, *, now_ms: int, tolerance_seconds: int) -> Mistake:
    """Return why a timestamp lies outside of the window: the client's clock, where nothing else fits."""
    tolerance_ms = tolerance_seconds * 1000

    def fits(ms: float) -> bool:
        return abs(ms - now_ms) <= tolerance_ms

    if fits(timestamp_ms * 1000):
        return SECONDS
    if fits(timestamp_ms / 1000) or fits(timestamp_ms / 1_000_000):
        return MICROSECONDS
    behind_ms = now_ms - timestamp_ms
    zone_ms = round(behind_ms / HALF_HOUR_MS) * HALF_HOUR_MS
    if 0 < abs(zone_ms) <= MOST_ZONE_MS and abs(behind_ms - zone_ms) <= min(tolerance_ms, HALF_HOUR_MS // 10):
        return LOCAL_TIME
    return clock_skew(behind_ms / 1000)


def clock_skew(behind_seconds: float) -> Mistake:
    """Return the mistake of a clock that runs behind the sandbox's, or ahead when negative."""
    direction = "behind" if behind_seconds > 0 else "ahead of"
    return Mistake(
        "clock_skew",
        f"The client's clock is {abs(behind_seconds):g} seconds {direction} the sandbox's: set it, "
        "sign at the moment of sending, or set the sandbox's clock.",
    )


def of_unreadable_timestamp(value: Any) -> Mistake | None:
    """Return why a timestamp is no number."""
    text = value_text(value)
    if _DECIMAL.fullmatch(text):
        return DECIMALS
    if text.isascii() and text.isdigit() and len(text) > MAX_TIMESTAMP_DIGITS:
        return MICROSECONDS
    return ISO_TIME if _ISO.fullmatch(text) else None


def of_unreadable_nonce(value: Any) -> Mistake | None:
    """Return why a nonce is no number."""
    text = value_text(value)
    if _UUID.fullmatch(text):
        return NONCE_UUID
    if _DECIMAL.fullmatch(text):
        return NONCE_DECIMALS
    if re.fullmatch(r"-\d+", text, re.ASCII):
        return NONCE_NEGATIVE
    if re.fullmatch(r"0\d+", text, re.ASCII):
        return NONCE_ZERO
    return NONCE_LONG if text.isascii() and text.isdigit() else None


def of_reused_nonce(nonce: str, *, timestamp_ms: int | None, first_seen_ms: int) -> Mistake:
    """Return why a nonce came twice."""
    if (
        timestamp_ms is not None
        and int(nonce) == timestamp_ms // 1000
        and first_seen_ms // 1000 - int(nonce) < 2
    ):
        return NONCE_FROM_SECONDS
    return NONCE_KEPT
