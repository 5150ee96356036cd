"""What is asked about institutes."""

from __future__ import annotations

from mockserver.store import Statement

_COLUMNS = "id, name, logo_name, logo_updated_ms, created_ms, updated_ms, fields"

ADD_INSTITUTE = Statement(
    """
    INSERT INTO proctorexam_institute
        (sandbox_id, id, name, name_key, logo_name, logo_updated_ms, created_ms, updated_ms, fields)
    VALUES
        (:sandbox_id, :id, :name, :name_key, :logo_name, :logo_updated_ms, :created_ms, :updated_ms, :fields)
    """
)
FIND_INSTITUTE = Statement(
    f"SELECT {_COLUMNS} FROM proctorexam_institute WHERE sandbox_id = :sandbox_id AND id = :id"  # noqa: S608
)
TAKE_INSTITUTE = Statement(  # the update locks the row, so what is read is what will be changed
    f"""
    UPDATE proctorexam_institute SET updated_ms = :now_ms
    WHERE sandbox_id = :sandbox_id AND id = :id
    RETURNING {_COLUMNS}
    """  # noqa: S608
)
CHANGE_INSTITUTE = Statement(
    """
    UPDATE proctorexam_institute
    SET name = :name, name_key = :name_key, logo_name = :logo_name, logo_updated_ms = :logo_updated_ms,
        fields = :fields
    WHERE sandbox_id = :sandbox_id AND id = :id
    """
)
REMOVE_INSTITUTE = Statement("DELETE FROM proctorexam_institute WHERE sandbox_id = :sandbox_id AND id = :id")
COUNT_INSTITUTES = Statement(
    "SELECT count(*) AS found FROM proctorexam_institute WHERE sandbox_id = :sandbox_id"
)
LIST_INSTITUTES = Statement(
    f"""
    SELECT {_COLUMNS} FROM proctorexam_institute
    WHERE sandbox_id = :sandbox_id
    ORDER BY id LIMIT :limit OFFSET :offset
    """  # noqa: S608
)
