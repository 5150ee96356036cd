"""Exams: made in advance by the LMS, or with their first session (CP-045)."""

from __future__ import annotations

from mockserver.store import Connection
from mockserver.strict_json import write_json
from mockserver.vendors.constructor import queries
from mockserver.vendors.constructor.schemas import Exam


def put(db: Connection, sandbox_id: str, exam: Exam, now_ms: int) -> bool:
    """Create the exam, or let the parameters replace those in force; return whether it is new.

    Known is an exam by its examId within the account; 123 and "123" are one id (CP-051, CP-269). What
    a later call leaves out is back at its default (CP-094, CP-108, CP-124, CP-270).
    """
    row = db.one(
        queries.PUT_EXAM,
        sandbox_id=sandbox_id,
        account_id=str(exam.accountId),
        exam_id=str(exam.examId),
        parameters=write_json(exam.in_force()).decode(),
        now_ms=now_ms,
    )
    assert row is not None
    return bool(row["revision"] == 1)
