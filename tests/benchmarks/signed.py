"""The requests that our own server is measured with: freshly signed, each with a nonce of its own."""

from __future__ import annotations

import itertools
import json
import secrets
import time
from collections.abc import Callable, Mapping
from typing import Any

from mockserver.signing import sign
from mockserver.signing.wish import SignedRequest, Wish
from tests.benchmarks.load import Load, request

Access = Mapping[str, Mapping[str, Any]]
"""`vendors` of the server's ready line: base URL and credentials of each."""

_numbers = itertools.count(int(time.time() * 1000))  # so that names are new in a database that is kept


def institute() -> Wish:
    """Return the creation of an institute: twelve parameters with those of the signature."""
    number = next(_numbers)
    return Wish(
        "POST",
        "/institutes",
        {
            "name": f"University {number}",
            "short_name": f"U{number}",
            "callback_url": "https://lms.example.org/callback",
            "tawk_url": "https://tawk.example.org/chat",
            "global_proctor": True,
            "global_reviewer": False,
            "default_language": "en-GB",
            "session_retention_period": 6,
            "block_students_until_proctor_connected": False,
        },
    )


def student_session() -> Wish:
    """Return the change of a student session."""
    return Wish("PATCH", "/student_sessions/1", {"name": f"Student {next(_numbers)}"})


def exam() -> Wish:
    """Return an exam of Constructor Proctor, one of 5,000: created first, updated later."""
    return Wish(
        "POST",
        "/api/v2/integration/simple/fake-integration/exams/",
        {
            "accountId": "university",
            "accountName": "University",
            "examId": f"exam-{next(_numbers) % 5000}",
            "examName": "Mathematics",
            "duration": 90,
            "schedule": False,
            "proctoring": "online",
            "startDate": "2027-01-01T10:00:00Z",
            "endDate": "2027-01-01T12:00:00Z",
        },
    )


def allocation() -> Wish:
    """Return the allocation of a new candidate."""
    return Wish(
        "POST",
        "/allocate-candidate",
        {"candidate_email": f"candidate-{next(_numbers)}@example.org", "examination_id": 119},
    )


def examinations() -> Wish:
    """Return the list of examinations."""
    return Wish("GET", "/examinations")


OPERATIONS: Mapping[str, tuple[str, Callable[[], Wish]]] = {
    "institutes.create": ("proctorexam", institute),
    "student_sessions.update": ("proctorexam", student_session),
    "exams.upsert": ("constructor", exam),
    "candidates.allocate": ("consero", allocation),
    "examinations.list": ("consero", examinations),
}


def signed_load(operation: str, access: Access, count: int) -> Load:
    """Return `count` requests for an operation; one that changes nothing may be sent again."""
    vendor, wish = OPERATIONS[operation]
    if operation == "examinations.list":
        return Load([signed_request(vendor, wish(), access)], again=True)
    return Load([signed_request(vendor, wish(), access) for _ in range(count)], again=False)


def signed_request(vendor: str, wish: Wish, access: Access) -> bytes:
    """Return one request as it goes over the wire."""
    made = signed_made(vendor, wish, access)
    return request(made.method, made.url, dict(made.headers), made.body)


def signed_made(vendor: str, wish: Wish, access: Access) -> SignedRequest:
    """Return one request, signed now."""
    now_ms = time.time_ns() // 1_000_000
    return sign(vendor, wish, access[vendor], now_ms=now_ms, random_bytes=secrets.token_bytes)


def plain_load(method: str, url: str, value: Any = None) -> Load:
    """Return one request without any credential, to be sent over and over."""
    if value is None:
        return Load([request(method, url, {})], again=True)
    body = json.dumps(value).encode()
    return Load([request(method, url, {"Content-Type": "application/json"}, body)], again=True)
