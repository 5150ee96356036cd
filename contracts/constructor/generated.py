"""Usable values for generated requests to Constructor."""

from datetime import UTC, datetime, timedelta
from typing import Any

from contracts.bench import Bench
from contracts.cases import Cases
from contracts.claims import token_for
from contracts.constructor.samples import claims, iso, started_session


def _integration(bench: Bench) -> str:
    return bench.credentials["integration_name"]


def _exam_id(bench: Bench) -> str:
    return bench.unique("exam")


def _session_id(bench: Bench) -> str:
    return bench.unique("session")


def _shared_session(bench: Bench) -> Any:
    """One running session serves all calls that only read."""
    if "session" not in bench.shelf:
        bench.shelf["session"] = started_session(bench)
    return bench.shelf["session"]


def _start_date(bench: Bench) -> str:
    return iso(datetime.fromtimestamp(bench.clock.now(), UTC) - timedelta(hours=1))


def _end_date(bench: Bench) -> str:
    return iso(datetime.fromtimestamp(bench.clock.now(), UTC) + timedelta(days=2))


def _soon(bench: Bench) -> int:
    return int(bench.clock.now()) + 30


def _start_token(bench: Bench) -> str:
    return token_for(claims(bench))


def _archive_token(bench: Bench) -> str:
    return token_for({"userId": "proctor@example.com", "sessionId": _shared_session(bench)})


CASES = Cases(
    credential_fields=frozenset({"authorization"}),
    values={
        ("*", "integration_name"): _integration,
        ("*", "examId"): _exam_id,
        ("*", "startDate"): _start_date,
        ("*", "endDate"): _end_date,
        ("*", "exp"): _soon,
        ("sessions.start", "token"): _start_token,
        ("sessions.archive", "token"): _archive_token,
        ("sessions.start", "sessionId"): _session_id,
        ("sessions.archive", "sessionId"): _shared_session,
        ("sessions.status", "session_id"): _shared_session,
        ("sessions.archive", "session_id"): _shared_session,
        ("sessions.finish", "session_id"): started_session,
        ("sessions.browser_finish", "session_id"): started_session,
    },
)
