"""What is asked about exams. Whether an exam is closed is answered by the time (PE-093)."""

from __future__ import annotations

from mockserver.store import Statement

STATUS = "CASE WHEN exam.end_ms < :now_ms THEN 'closed' ELSE exam.status END"
_COLUMNS = f"""
    exam.id, exam.institute_id, exam.user_id, exam.name, {STATUS} AS status, exam.start_ms, exam.end_ms,
    exam.created_ms, exam.updated_ms, exam.fields
"""
_WITHIN = """
    exam.sandbox_id = :sandbox_id AND (:every_institute = 1 OR exam.institute_id = :institute_id)
"""

ADD_EXAM = Statement(
    """
    INSERT INTO proctorexam_exam
        (sandbox_id, id, institute_id, user_id, name, status, start_ms, end_ms, created_ms, updated_ms,
        fields)
    VALUES
        (:sandbox_id, :id, :institute_id, :user_id, :name, :status, :start_ms, :end_ms, :created_ms,
        :updated_ms, :fields)
    """
)
FIND_EXAM = Statement(
    f"SELECT {_COLUMNS} FROM proctorexam_exam AS exam WHERE exam.sandbox_id = :sandbox_id AND exam.id = :id"  # noqa: S608
)
TAKE_EXAM = Statement(  # the update locks the row, so what is read is what will be changed
    f"""
    UPDATE proctorexam_exam AS exam SET updated_ms = :now_ms
    WHERE exam.sandbox_id = :sandbox_id AND exam.id = :id
    RETURNING {_COLUMNS.replace("exam.", "")}
    """  # noqa: S608
)
CHANGE_EXAM = Statement(
    """
    UPDATE proctorexam_exam
    SET institute_id = :institute_id, name = :name, start_ms = :start_ms, end_ms = :end_ms, fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
OPEN_EXAM = Statement(  # PE-150
    """
    UPDATE proctorexam_exam SET status = 'open', updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id AND status = 'draft'
    """
)
LIST_EXAMS = Statement(
    f"""
    SELECT {_COLUMNS} FROM proctorexam_exam AS exam
    WHERE {_WITHIN} AND (:status = '' OR {STATUS} = :status)
    ORDER BY exam.id LIMIT :limit OFFSET :offset
    """  # noqa: S608
)
COUNT_EXAMS = Statement(
    f"""
    SELECT count(*) AS found FROM proctorexam_exam AS exam
    WHERE {_WITHIN} AND (:status = '' OR {STATUS} = :status)
    """  # noqa: S608
)
IS_COMANAGER = Statement(
    """
    SELECT user_id FROM proctorexam_comanager
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND user_id = :user_id
    """
)
ADD_COMANAGER = Statement(
    """
    INSERT INTO proctorexam_comanager (sandbox_id, exam_id, user_id) VALUES (:sandbox_id, :exam_id, :user_id)
    ON CONFLICT (sandbox_id, exam_id, user_id) DO NOTHING
    """
)
REMOVE_COMANAGER = Statement(
    """
    DELETE FROM proctorexam_comanager
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND user_id = :user_id
    """
)
