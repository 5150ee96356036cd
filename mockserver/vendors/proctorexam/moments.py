"""Times on ProctorExam's wire: ISO 8601 with milliseconds and offset out, ISO 8601 or epoch seconds in."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from mockserver.clock import LATEST_MS, as_datetime, as_ms

EARLIEST_MS = as_ms(datetime(1, 1, 1, tzinfo=UTC))
LATEST_SECONDS = LATEST_MS // 1000  # PE-473: the year 9999
DAY_MS = 86_400_000
_EPOCH_SECONDS = re.compile(r"0|[1-9][0-9]{0,11}", re.ASCII)


@cache
def zone_of(name: str) -> ZoneInfo:
    """Return a time zone by its name, as checked by the settings."""
    return ZoneInfo(name)


def printed(ms: int | None, zone: ZoneInfo) -> str | None:
    """Return e.g. `2018-11-17T17:01:25.788+01:00` (PE-009), None for None (PE-010).

    Before 1970, when offsets had seconds, and at the end of the calendar the offset is that of UTC.
    """
    if ms is None:
        return None
    second, milliseconds = divmod(ms, 1000)
    time, offset = _printed_second(second, zone)
    return f"{time}.{milliseconds:03}{offset}"


@lru_cache(maxsize=1024)  # thousands of rows are made within a second
def _printed_second(second: int, zone: ZoneInfo) -> tuple[str, str]:
    """Return a whole second without its offset, and the offset."""
    ms = second * 1000
    at = as_datetime(ms)
    if 0 <= ms < LATEST_MS - DAY_MS:
        at = at.astimezone(zone)
    text = at.isoformat()
    return text[:19], text[19:]


def read_moment(value: object, zone: ZoneInfo) -> int:
    """Return the milliseconds of an ISO 8601 text or of epoch seconds, as number or text (PE-155, PE-481).

    Raises:
        ValueError: it is neither, or lies outside of the years 1 to 9999.
    """
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if not isinstance(value, str):
        raise ValueError("not a time")  # noqa: TRY004 - one kind of error for one kind of mistake
    if _EPOCH_SECONDS.fullmatch(value):
        ms = int(value) * 1000
    else:
        at = datetime.fromisoformat(value)
        ms = as_ms(at if at.tzinfo else at.replace(tzinfo=zone))
    if not EARLIEST_MS <= ms <= LATEST_MS:
        raise ValueError("beyond the years 1 to 9999")
    return ms
