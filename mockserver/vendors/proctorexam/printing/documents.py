"""How documents and attachments are printed (PE-206)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from mockserver.store import Row
from mockserver.vendors.proctorexam.moments import printed


def document_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 10 fields of a document; the API gives it a text only, never a file."""
    return {
        "id": row["id"],
        "exam_content": row["exam_content"],
        "created_at": printed(row["created_ms"], in_zone),
        "updated_at": printed(row["updated_ms"], in_zone),
        "exam_id": row["exam_id"],
        "file_file_name": None,
        "file_content_type": None,
        "file_file_size": None,
        "file_updated_at": None,
        "file_processing": False,
    }


def attachment_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 9 fields of an attachment."""
    return {
        "id": row["id"],
        "created_at": printed(row["created_ms"], in_zone),
        "updated_at": printed(row["updated_ms"], in_zone),
        "document_file_name": row["document_file_name"],
        "document_content_type": row["document_content_type"],
        "document_file_size": row["document_file_size"],
        "document_updated_at": printed(row["document_updated_ms"], in_zone),
        "exam_id": row["exam_id"],
        "placeholder": row["placeholder"],
    }
