"""What can go wrong with ProctorExam's timestamps and nonces."""

from __future__ import annotations

from collections import deque
from typing import Any

from mockserver.errors import AccessRefused, NonceReused
from mockserver.seeded_faults.changing import Function, wrap
from mockserver.seeded_faults.fault import Faults
from mockserver.store import nonces
from mockserver.vendors.proctorexam import auth

FAULTS = Faults("proctorexam")
WINDOWS_OF_A_DAY = 288
HOUR_MS = 3_600_000
YEAR_MS = 365 * 24 * HOUR_MS
SHORT_MEMORY = 10
SMALLEST_MILLISECONDS = 10**11


@FAULTS.add("window-of-a-day", breaks="PE-065", at="exams.index")
def window_of_a_day() -> None:
    """The window of timestamps is 288 times as wide."""
    _check_timestamp(
        lambda real: (
            lambda timestamp_ms, *, now_ms, tolerance_seconds: real(
                timestamp_ms, now_ms=now_ms, tolerance_seconds=tolerance_seconds * WINDOWS_OF_A_DAY
            )
        )
    )


@FAULTS.add("future-accepted", breaks="PE-065", at="exams.index")
def future_accepted() -> None:
    """A timestamp may lie ahead as far as it likes."""
    _check_timestamp(
        lambda real: (
            lambda timestamp_ms, *, now_ms, tolerance_seconds: real(
                min(timestamp_ms, now_ms), now_ms=now_ms, tolerance_seconds=tolerance_seconds
            )
        )
    )


@FAULTS.add("past-accepted", breaks="PE-065", at="exams.index")
def past_accepted() -> None:
    """A timestamp may be as old as it likes."""
    _check_timestamp(
        lambda real: (
            lambda timestamp_ms, *, now_ms, tolerance_seconds: real(
                max(timestamp_ms, now_ms), now_ms=now_ms, tolerance_seconds=tolerance_seconds
            )
        )
    )


@FAULTS.add("seconds-accepted", breaks="PE-064", at="exams.index")
def seconds_accepted() -> None:
    """A timestamp in seconds is taken, too."""

    def make(real: Function) -> Function:
        def read(value: Any) -> int:
            given: int = real(value)
            return given * 1000 if given < SMALLEST_MILLISECONDS else given

        return read

    wrap(auth, "read_timestamp", make)


@FAULTS.add("timestamp-by-int", breaks="PE-064", at="exams.index")
def timestamp_by_int() -> None:
    """A timestamp is whatever Python's int() reads, such as 1_700."""

    def make(real: Function) -> Function:
        def read(value: Any) -> int:
            try:
                return int(value)
            except (TypeError, ValueError):
                return int(real(value))

        return read

    wrap(auth, "read_timestamp", make)


@FAULTS.add("nonce-forgotten", breaks="PE-058", at="exams.index")
def nonce_forgotten() -> None:
    """No nonce is remembered."""
    _claim(lambda _: lambda *_, **__: None)


@FAULTS.add("nonce-per-endpoint", breaks="PE-058", at="exams.index")
def nonce_per_endpoint() -> None:
    """A nonce is remembered for one endpoint only."""
    wrap(
        auth,
        "_claim_nonce",
        lambda real: lambda call, user_id, *rest: real(call, f"{user_id}{call.request.path}", *rest),
    )


@FAULTS.add("nonce-with-timestamp", breaks="PE-058", at="exams.index")
def nonce_with_timestamp() -> None:
    """A nonce is new again beside another timestamp."""
    wrap(
        auth,
        "_claim_nonce",
        lambda real: lambda call, user_id, found, at_ms: real(call, f"{user_id}/{at_ms}", found, at_ms),
    )


@FAULTS.add("nonce-for-ten-requests", breaks="PE-058", at="exams.index")
def nonce_for_ten_requests() -> None:
    """Only the last ten nonces are remembered."""
    seen: deque[tuple[str, str]] = deque(maxlen=SHORT_MEMORY)

    def claim(_: Any, *, sandbox_id: str, nonce: str, now_ms: int, **__: Any) -> None:
        if (sandbox_id, nonce) in seen:
            raise NonceReused(nonce, now_ms, now_ms)
        seen.append((sandbox_id, nonce))

    _claim(lambda _: claim)


@FAULTS.add("nonce-for-an-hour", breaks="PE-058", at="exams.index")
def nonce_for_an_hour() -> None:
    """A nonce is remembered for one hour."""
    wrap(auth, "remembered_until_ms", lambda _: lambda *_, now_ms, **__: now_ms + HOUR_MS)


@FAULTS.add("nonce-for-ever", breaks="PE-058", at="exams.index")
def nonce_for_ever() -> None:
    """A nonce can never be used again."""
    wrap(auth, "remembered_until_ms", lambda _: lambda *_, now_ms, **__: now_ms + YEAR_MS)


@FAULTS.add("nonce-of-words", breaks="PE-059", at="exams.index")
def nonce_of_words() -> None:
    """A nonce can be any text."""

    def make(real: Function) -> Function:
        def read(value: Any) -> str:
            try:
                return str(real(value))
            except AccessRefused:
                return str(value)

        return read

    wrap(auth, "read_nonce", make)


def _check_timestamp(make: Any) -> None:
    wrap(auth, "check_timestamp", make)


def _claim(make: Any) -> None:
    wrap(nonces, "claim", make)
