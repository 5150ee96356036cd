"""What is asked about users."""

from __future__ import annotations

from mockserver.store import Statement

_COLUMNS = """
    account.id, account.institute_id, account.email, account.name, account.role, account.omniauth_config_id,
    account.created_ms, account.updated_ms, account.fields, institute.name AS institute_name,
    institute.logo_name, institute.fields AS institute_fields
"""
_FROM = """
    FROM proctorexam_user AS account
    JOIN proctorexam_institute AS institute
        ON institute.sandbox_id = account.sandbox_id AND institute.id = account.institute_id
"""

FIND_CALLER = Statement(
    "SELECT id, institute_id, role FROM proctorexam_user WHERE sandbox_id = :sandbox_id AND id = :id"
)
ADD_USER = Statement(
    """
    INSERT INTO proctorexam_user
        (sandbox_id, id, institute_id, email, email_key, name, role, omniauth_config_id, created_ms,
        updated_ms, fields)
    VALUES
        (:sandbox_id, :id, :institute_id, :email, :email_key, :name, :role, :omniauth_config_id, :created_ms,
        :updated_ms, :fields)
    """
)
FIND_USER = Statement(
    f"SELECT {_COLUMNS} {_FROM} WHERE account.sandbox_id = :sandbox_id AND account.id = :id"
)
LIST_USERS = Statement(
    f"""
    SELECT {_COLUMNS} {_FROM}
    WHERE account.sandbox_id = :sandbox_id AND account.institute_id = :institute_id
    ORDER BY account.id LIMIT :limit OFFSET :offset
    """
)
COUNT_USERS = Statement(
    """
    SELECT count(*) AS found FROM proctorexam_user
    WHERE sandbox_id = :sandbox_id AND institute_id = :institute_id
    """
)
TAKE_USER = Statement(  # the update locks the row, so what is read is what will be changed
    """
    UPDATE proctorexam_user SET updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    RETURNING fields, omniauth_config_id
    """
)
CHANGE_USER = Statement(
    """
    UPDATE proctorexam_user SET omniauth_config_id = :omniauth_config_id, fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
