"""What the events of student sessions change."""

from __future__ import annotations

from mockserver.store import Statement
from mockserver.vendors.proctorexam.queries.student_sessions import LONGEST_EXAM_MS

# Guarded by the status that was seen: of two events at once, one happens. An exam that has run for 9 hours is
# seen as finished while its row still says started (PE-091).
MOVE_SESSION = Statement(
    """
    UPDATE proctorexam_student_session
    SET status = :status, start_ms = :start_ms, end_ms = :end_ms, fields = :fields, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
        AND (status = :before OR (:before = 'exam_finished' AND status = 'exam_started'))
    """
)
END_OVERDUE_SESSION = Statement(
    f"""
    UPDATE proctorexam_student_session
    SET status = 'exam_finished', end_ms = start_ms + {LONGEST_EXAM_MS}, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
        AND status = 'exam_started' AND start_ms + {LONGEST_EXAM_MS} <= :now_ms
    """  # noqa: S608 - a number
)
