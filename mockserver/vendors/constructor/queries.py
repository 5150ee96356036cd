"""What Constructor Proctor asks its tables."""

from __future__ import annotations

from mockserver.store import Statement

# One statement decides whether the exam is new: two callers at once are told 201 once (CP-047, CP-048).
PUT_EXAM = Statement(
    """
    INSERT INTO constructor_exam
        (sandbox_id, account_id, exam_id, revision, parameters, created_ms, updated_ms)
    VALUES (:sandbox_id, :account_id, :exam_id, 1, :parameters, :now_ms, :now_ms)
    ON CONFLICT (sandbox_id, account_id, exam_id) DO UPDATE
    SET revision = constructor_exam.revision + 1,
        parameters = excluded.parameters,
        updated_ms = excluded.updated_ms
    RETURNING revision
    """
)
FIND_EXAM = Statement(
    """
    SELECT account_id, exam_id, revision, parameters FROM constructor_exam
    WHERE sandbox_id = :sandbox_id AND account_id = :account_id AND exam_id = :exam_id
    """
)
