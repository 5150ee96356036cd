"""What is asked about student sessions. An exam that runs for 9 hours is finished by itself (PE-091)."""

from __future__ import annotations

from mockserver.store import Statement

LONGEST_EXAM_MS = 9 * 60 * 60 * 1000  # PE-091
_OVER = f"(session.status = 'exam_started' AND session.start_ms + {LONGEST_EXAM_MS} <= :now_ms)"
STATUS = f"CASE WHEN {_OVER} THEN 'exam_finished' ELSE session.status END"
_COLUMNS = f"""
    session.id, session.exam_id, exam.institute_id, exam.user_id AS exam_user_id, session.name, session.email,
    session.external_id, {STATUS} AS status, session.token, session.proctor_id, session.open_ms,
    session.reservation_ms, session.start_ms, session.is_email_sent,
    CASE WHEN {_OVER} THEN session.start_ms + {LONGEST_EXAM_MS} ELSE session.end_ms END AS end_ms,
    session.created_ms, session.updated_ms, session.fields
"""
_FROM = """
    FROM proctorexam_student_session AS session
    JOIN proctorexam_exam AS exam ON exam.sandbox_id = session.sandbox_id AND exam.id = session.exam_id
"""
_WITHIN = """
    session.sandbox_id = :sandbox_id AND (:every_institute = 1 OR exam.institute_id = :institute_id)
"""
_OF_EXAM = f"""
    session.sandbox_id = :sandbox_id AND session.exam_id = :exam_id
    AND (:status = '' OR {STATUS} = :status)
"""

ADD_SESSION = Statement(
    """
    INSERT INTO proctorexam_student_session
        (sandbox_id, id, exam_id, name, email, email_key, external_id, status, token, open_ms, reservation_ms,
        start_ms, end_ms, student_lms_id, resource_link_id, context_id, is_email_sent, created_ms, updated_ms,
        fields)
    VALUES
        (:sandbox_id, :id, :exam_id, :name, :email, :email_key, :external_id, :status, :token, :open_ms,
        :reservation_ms, :start_ms, :end_ms, :student_lms_id, :resource_link_id, :context_id, 0, :created_ms,
        :updated_ms, :fields)
    """
)
FIND_SESSION = Statement(
    f"SELECT {_COLUMNS} {_FROM} WHERE session.sandbox_id = :sandbox_id AND session.id = :id"
)
FIND_SESSION_BY_TOKEN = Statement(
    f"SELECT {_COLUMNS} {_FROM} WHERE session.sandbox_id = :sandbox_id AND session.token = :token"
)
FIND_LTI_SESSION = Statement(
    f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE session.sandbox_id = :sandbox_id AND session.exam_id = :exam_id
        AND session.student_lms_id = :student_lms_id AND session.resource_link_id = :resource_link_id
        AND (:context_id = '' OR session.context_id = :context_id)
    ORDER BY session.id DESC LIMIT 1
    """
)
LOCK_SESSION = Statement(  # the update locks the row, so what is read afterwards is what will be changed
    """
    UPDATE proctorexam_student_session SET updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
CHANGE_SESSION = Statement(
    """
    UPDATE proctorexam_student_session
    SET name = :name, email = :email, email_key = :email_key, external_id = :external_id, open_ms = :open_ms,
        fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
REMOVE_SESSION = Statement(
    "DELETE FROM proctorexam_student_session WHERE sandbox_id = :sandbox_id AND id = :id"
)
LIST_SESSIONS = Statement(
    f"SELECT {_COLUMNS} {_FROM} WHERE {_WITHIN} ORDER BY session.id LIMIT :limit OFFSET :offset"
)
COUNT_SESSIONS = Statement(f"SELECT count(*) AS found {_FROM} WHERE {_WITHIN}")
LIST_SESSIONS_OF_EXAM = Statement(
    f"SELECT {_COLUMNS} {_FROM} WHERE {_OF_EXAM} ORDER BY session.id LIMIT :limit OFFSET :offset"
)
COUNT_SESSIONS_OF_EXAM = Statement(f"SELECT count(*) AS found {_FROM} WHERE {_OF_EXAM}")
LIST_STATUSES_OF_EXAM = Statement(
    f"""
    SELECT session.id, {STATUS} AS status FROM proctorexam_student_session AS session
    WHERE session.sandbox_id = :sandbox_id AND session.exam_id = :exam_id
    ORDER BY session.id
    """  # noqa: S608 - a fixed expression
)
SEND_EMAILS = Statement(  # PE-163
    """
    UPDATE proctorexam_student_session
    SET status = 'email_sent', is_email_sent = 1, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND status = 'registered'
    RETURNING id
    """
)
ASSIGN_PROCTOR = Statement(
    """
    UPDATE proctorexam_student_session SET proctor_id = :proctor_id, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
COUNT_SESSIONS_OF_PROCTOR = Statement(
    """
    SELECT count(*) AS found FROM proctorexam_student_session
    WHERE sandbox_id = :sandbox_id AND proctor_id = :proctor_id
    """
)
FINISH_SESSION = Statement(  # PE-091
    """
    UPDATE proctorexam_student_session
    SET status = 'exam_finished', end_ms = :now_ms, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
