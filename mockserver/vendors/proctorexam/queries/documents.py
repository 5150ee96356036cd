"""What is asked about documents and attachments."""

from __future__ import annotations

from mockserver.store import Statement

ADD_DOCUMENT = Statement(
    """
    INSERT INTO proctorexam_document (sandbox_id, id, exam_id, exam_content, created_ms, updated_ms)
    VALUES (:sandbox_id, :id, :exam_id, :exam_content, :created_ms, :updated_ms)
    """
)
FIND_DOCUMENT = Statement(
    """
    SELECT id, exam_id, exam_content, created_ms, updated_ms FROM proctorexam_document
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND id = :id
    """
)
LIST_DOCUMENTS = Statement(
    """
    SELECT id, exam_id, exam_content, created_ms, updated_ms FROM proctorexam_document
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id ORDER BY id
    """
)
CHANGE_DOCUMENT = Statement(
    """
    UPDATE proctorexam_document SET exam_content = :exam_content, updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND id = :id
    """
)
REMOVE_DOCUMENT = Statement(
    "DELETE FROM proctorexam_document WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND id = :id"
)

_ATTACHMENT = """
    id, exam_id, upload_name, document_file_name, document_content_type, document_file_size,
    document_updated_ms, placeholder, created_ms, updated_ms
"""
ADD_ATTACHMENT = Statement(
    """
    INSERT INTO proctorexam_attachment
        (sandbox_id, id, exam_id, upload_name, document_file_name, document_content_type, document_file_size,
        document_updated_ms, placeholder, created_ms, updated_ms)
    VALUES
        (:sandbox_id, :id, :exam_id, :upload_name, :document_file_name, :document_content_type,
        :document_file_size, :document_updated_ms, :placeholder, :created_ms, :updated_ms)
    """
)
FIND_ATTACHMENT = Statement(
    f"""
    SELECT {_ATTACHMENT} FROM proctorexam_attachment
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND id = :id
    """  # noqa: S608 - column names from above
)
LIST_ATTACHMENTS = Statement(
    f"""
    SELECT {_ATTACHMENT} FROM proctorexam_attachment
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id
    ORDER BY id LIMIT :limit OFFSET :offset
    """  # noqa: S608 - column names from above
)
COUNT_ATTACHMENTS = Statement(
    """
    SELECT count(*) AS found FROM proctorexam_attachment
    WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id
    """
)
REMOVE_ATTACHMENT = Statement(
    "DELETE FROM proctorexam_attachment WHERE sandbox_id = :sandbox_id AND exam_id = :exam_id AND id = :id"
)
