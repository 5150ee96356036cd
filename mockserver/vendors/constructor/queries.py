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
PUT_ACCOUNT = Statement(
    """
    INSERT INTO constructor_account (sandbox_id, account_id, name) VALUES (:sandbox_id, :account_id, :name)
    ON CONFLICT (sandbox_id, account_id) DO UPDATE SET name = excluded.name
    """
)
PUT_USER = Statement(
    """
    INSERT INTO constructor_user (sandbox_id, account_id, user_id, name)
    VALUES (:sandbox_id, :account_id, :user_id, :name)
    ON CONFLICT (sandbox_id, account_id, user_id) DO UPDATE SET name = excluded.name
    """
)
# The claims of the latest link count until the session starts (CP-274).
PUT_SESSION = Statement(
    """
    INSERT INTO constructor_session
        (sandbox_id, session_id, account_id, exam_id, user_id, claims, page_key, base_url, state, recorded)
    VALUES
        (:sandbox_id, :session_id, :account_id, :exam_id, :user_id, :claims, :page_key, :base_url, 'open', 0)
    ON CONFLICT (sandbox_id, session_id) DO UPDATE
    SET account_id = excluded.account_id, exam_id = excluded.exam_id, user_id = excluded.user_id,
        claims = excluded.claims, base_url = excluded.base_url
    WHERE constructor_session.state = 'open'
    """
)
_SESSION = """
    SELECT session.session_id, session.claims, session.page_key, session.base_url, session.state,
        session.booked_ms, session.agreed_ms, session.started_ms, session.ended_ms, session.finish_url,
        session.conclusion, session.comment, session.score, session.recorded, exam.parameters
    FROM constructor_session AS session
    JOIN constructor_exam AS exam ON exam.sandbox_id = session.sandbox_id
        AND exam.account_id = session.account_id AND exam.exam_id = session.exam_id
    WHERE session.sandbox_id = :sandbox_id
"""
FIND_SESSION = Statement(f"{_SESSION} AND session.session_id = :session_id")
FIND_SESSION_OF_PAGE = Statement(f"{_SESSION} AND session.page_key = :page_key")
BOOK = Statement(
    """
    UPDATE constructor_session SET booked_ms = :booked_ms
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND state = 'open'
    """
)
GIVE_UP = Statement(
    """
    UPDATE constructor_session SET booked_ms = NULL
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND state = 'open' AND booked_ms = :booked_ms
    """
)
AGREE = Statement(
    """
    UPDATE constructor_session SET agreed_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND agreed_ms IS NULL
    """
)
BEGIN = Statement(
    """
    UPDATE constructor_session SET state = 'started', started_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND state = 'open'
    """
)
END = Statement(
    """
    UPDATE constructor_session SET state = 'finished', ended_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND state = 'started'
    """
)
SET_FINISH_URL = Statement(
    """
    UPDATE constructor_session SET finish_url = :finish_url
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND state <> 'finished'
    """
)
CONCLUDE = Statement(
    """
    UPDATE constructor_session SET conclusion = :conclusion, comment = :comment, score = :score
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id
    """
)
RECORD = Statement(
    """
    UPDATE constructor_session SET recorded = 1
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id AND recorded = 0
    """
)
ADD_WARNING = Statement(
    """
    INSERT INTO constructor_warning (sandbox_id, id, session_id, type, start_ms, end_ms, cyber)
    VALUES (:sandbox_id, :id, :session_id, :type, :start_ms, :end_ms, :cyber)
    """
)
LIST_WARNINGS = Statement(
    """
    SELECT id, type, start_ms, end_ms, cyber FROM constructor_warning
    WHERE sandbox_id = :sandbox_id AND session_id = :session_id ORDER BY id
    """
)
