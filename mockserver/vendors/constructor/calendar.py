"""The calendar of a scheduled exam: slots of its duration between startDate and endDate (CP-039)."""

from __future__ import annotations

from mockserver.vendors.constructor.sessions import MINUTE_MS, Session
from mockserver.vendors.constructor.settings import ConstructorSettings

SHOWN_SLOTS = 48
SHORTEST_SLOT_MINUTES = 30  # CP-080: a duration may be 0, a slot needs some length (CP-275)
HOUR_MS = 3_600_000


def slots(session: Session, now_ms: int, most: int = SHOWN_SLOTS) -> list[int]:
    """Return when the next free slots begin, in milliseconds; every slot has room for everybody."""
    first_ms, last_ms = session.window_ms
    length_ms = _length_ms(session)
    passed = max(0, -((first_ms - now_ms) // length_ms))  # rounded up: what has begun is gone
    begin_ms = first_ms + passed * length_ms
    count = min(most, max(0, (last_ms - begin_ms) // length_ms))
    return [begin_ms + number * length_ms for number in range(count)]


def is_slot(session: Session, start_ms: int, now_ms: int) -> bool:
    """Tell whether a slot begins at that time and has not begun yet."""
    first_ms, last_ms = session.window_ms
    length_ms = _length_ms(session)
    return (
        now_ms <= start_ms <= last_ms - length_ms
        and start_ms >= first_ms
        and (start_ms - first_ms) % length_ms == 0
    )


def cancel_deadline_ms(booked_ms: int, settings: ConstructorSettings) -> int:
    """Return until when a user can give up a booking (CP-043, CP-220)."""
    return booked_ms - round(settings.cancel_limit_hours * HOUR_MS)


def _length_ms(session: Session) -> int:
    return int(session.exam["duration"] or SHORTEST_SLOT_MINUTES) * MINUTE_MS
