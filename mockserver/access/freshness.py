"""Timestamp and nonce: a request is of now, and only once.

Source: PE-058, PE-059, PE-064, PE-065, PE-105.
"""

from __future__ import annotations

import re
from typing import Any

from mockserver.errors import CredentialMalformed, CredentialMissing, TimestampOutsideWindow

NONCE_MEMORY_MS = 24 * 60 * 60 * 1000  # PE-058
MAX_NONCE_DIGITS = 40
MAX_TIMESTAMP_DIGITS = 15  # milliseconds up to the year 33658: more digits are no time
_NUMBER = re.compile(r"0|[1-9][0-9]*", re.ASCII)


def read_timestamp(value: Any) -> int:
    """Return a timestamp in milliseconds, sent as number or text (PE-064, PE-105).

    Raises:
        CredentialMissing, CredentialMalformed: with check `timestamp`.
    """
    return int(_digits("timestamp", value, MAX_TIMESTAMP_DIGITS))


def read_nonce(value: Any) -> str:
    """Return a nonce as text of digits, sent as number or text (PE-059, PE-105).

    Raises:
        CredentialMissing, CredentialMalformed: with check `nonce`.
    """
    return _digits("nonce", value, MAX_NONCE_DIGITS)


def check_timestamp(timestamp_ms: int, *, now_ms: int, tolerance_seconds: int | None) -> None:
    """Refuse a timestamp more than `tolerance_seconds` before or after now; None accepts every one.

    Raises:
        TimestampOutsideWindow: with both times.
    """
    if tolerance_seconds is not None and abs(now_ms - timestamp_ms) > tolerance_seconds * 1000:
        raise TimestampOutsideWindow(timestamp_ms, now_ms, tolerance_seconds)


def remembered_until_ms(timestamp_ms: int, *, now_ms: int, tolerance_seconds: int | None) -> int:
    """Return until when a nonce accepted now is remembered, in milliseconds.

    24 hours (PE-058), and at least until its own timestamp has left the window: a request dated ahead
    could otherwise be sent again.
    """
    window_closes_ms = 0 if tolerance_seconds is None else timestamp_ms + tolerance_seconds * 1000 + 1
    return max(now_ms + NONCE_MEMORY_MS, window_closes_ms)


def _digits(name: str, value: Any, most: int) -> str:
    if value is None or value == "":
        raise CredentialMissing(check=name, place=name)
    text = str(value) if value.__class__ is int else value  # `true` is an int to Python, not on the wire
    if not isinstance(text, str) or len(text) > most or not _NUMBER.fullmatch(text):
        raise CredentialMalformed(
            check=name,
            place=name,
            problem=f"it is not a number of at most {most} digits without leading zero",
        )
    return text
