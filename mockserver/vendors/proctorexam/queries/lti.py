"""What is asked about tool providers, LTI resources and identity providers."""

from __future__ import annotations

from mockserver.store import Statement
from mockserver.vendors.proctorexam.queries.exams import STATUS

_WITHIN = "sandbox_id = :sandbox_id AND (:every_institute = 1 OR institute_id = :institute_id)"
_TOOL_PROVIDER = "id, institute_id, created_ms, updated_ms, fields"

ADD_TOOL_PROVIDER = Statement(
    """
    INSERT INTO proctorexam_tool_provider (sandbox_id, id, institute_id, created_ms, updated_ms, fields)
    VALUES (:sandbox_id, :id, :institute_id, :created_ms, :updated_ms, :fields)
    """
)
FIND_TOOL_PROVIDER = Statement(
    f"SELECT {_TOOL_PROVIDER} FROM proctorexam_tool_provider WHERE sandbox_id = :sandbox_id AND id = :id"  # noqa: S608
)
TAKE_TOOL_PROVIDER = Statement(  # the update locks the row, so what is read is what will be changed
    f"""
    UPDATE proctorexam_tool_provider SET updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    RETURNING {_TOOL_PROVIDER}
    """  # noqa: S608 - column names from above
)
CHANGE_TOOL_PROVIDER = Statement(
    """
    UPDATE proctorexam_tool_provider SET institute_id = :institute_id, fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
LIST_TOOL_PROVIDERS = Statement(
    f"SELECT {_TOOL_PROVIDER} FROM proctorexam_tool_provider WHERE {_WITHIN} ORDER BY id"  # noqa: S608
)
OPEN_EXAMS_OF_TOOL_PROVIDER = Statement(  # PE-198
    f"""
    SELECT DISTINCT exam.id, exam.name
    FROM proctorexam_lti_resource AS resource
    JOIN proctorexam_exam AS exam ON exam.sandbox_id = resource.sandbox_id AND exam.id = resource.exam_id
    WHERE resource.sandbox_id = :sandbox_id AND resource.tool_provider_id = :id AND {STATUS} = 'open'
    ORDER BY exam.id
    """  # noqa: S608 - a fixed expression
)

_LTI_RESOURCE = """
    resource.id, resource.exam_id, resource.tool_provider_id, resource.created_ms, resource.updated_ms,
    resource.fields, exam.institute_id, exam.user_id AS exam_user_id
"""
_RESOURCES = """
    FROM proctorexam_lti_resource AS resource
    JOIN proctorexam_exam AS exam ON exam.sandbox_id = resource.sandbox_id AND exam.id = resource.exam_id
"""
_RESOURCES_WITHIN = """
    resource.sandbox_id = :sandbox_id AND (:every_institute = 1 OR exam.institute_id = :institute_id)
"""
ADD_LTI_RESOURCE = Statement(
    """
    INSERT INTO proctorexam_lti_resource
        (sandbox_id, id, exam_id, tool_provider_id, created_ms, updated_ms, fields)
    VALUES
        (:sandbox_id, :id, :exam_id, :tool_provider_id, :created_ms, :updated_ms, :fields)
    """
)
LOCK_LTI_RESOURCE = Statement(
    """
    UPDATE proctorexam_lti_resource SET updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
FIND_LTI_RESOURCE = Statement(
    f"SELECT {_LTI_RESOURCE} {_RESOURCES} WHERE resource.sandbox_id = :sandbox_id AND resource.id = :id"
)
CHANGE_LTI_RESOURCE = Statement(
    """
    UPDATE proctorexam_lti_resource
    SET exam_id = :exam_id, tool_provider_id = :tool_provider_id, fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
REMOVE_LTI_RESOURCE = Statement(
    "DELETE FROM proctorexam_lti_resource WHERE sandbox_id = :sandbox_id AND id = :id"
)
LIST_LTI_RESOURCES = Statement(
    f"""
    SELECT {_LTI_RESOURCE} {_RESOURCES} WHERE {_RESOURCES_WITHIN}
    ORDER BY resource.id LIMIT :limit OFFSET :offset
    """
)
COUNT_LTI_RESOURCES = Statement(f"SELECT count(*) AS found {_RESOURCES} WHERE {_RESOURCES_WITHIN}")

ADD_IDENTITY_PROVIDER = Statement(
    """
    INSERT INTO proctorexam_identity_provider (sandbox_id, id, institute_id, created_ms, updated_ms, fields)
    VALUES (:sandbox_id, :id, :institute_id, :created_ms, :updated_ms, :fields)
    """
)
FIND_IDENTITY_PROVIDER = Statement(
    "SELECT id, institute_id FROM proctorexam_identity_provider WHERE sandbox_id = :sandbox_id AND id = :id"
)
LIST_IDENTITY_PROVIDERS = Statement(
    f"""
    SELECT id, created_ms, updated_ms, fields FROM proctorexam_identity_provider
    WHERE {_WITHIN} ORDER BY id
    """  # noqa: S608 - a fixed condition
)
