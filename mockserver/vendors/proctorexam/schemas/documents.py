"""Documents of an exam and the attachments that they name (PE-206)."""

from __future__ import annotations

from pydantic import Field

from mockserver.vendors.proctorexam.values import Parameters, RequiredFile, RequiredText
from mockserver.wire import WireModel


class DocumentText(Parameters):
    """Parameters of `documents.create` and `documents.update`."""

    exam_content: RequiredText = Field(
        description="Text of the document; attachments and LTI resources by their placeholder in braces."
    )  # PE-234, PE-237, PE-151


class NewAttachment(Parameters):
    """Parameters of `attachments.create`."""

    document: RequiredFile = Field(description="The attachment file, uploaded with multipart.")  # PE-223


class Document(WireModel):
    """The 10 fields of a document (PE-206)."""

    id: int
    exam_content: str
    created_at: str
    updated_at: str
    exam_id: int
    file_file_name: str | None
    file_content_type: str | None
    file_file_size: int | None
    file_updated_at: str | None
    file_processing: bool


class Attachment(WireModel):
    """The 9 fields of an attachment (PE-206)."""

    id: int
    created_at: str
    updated_at: str
    document_file_name: str
    document_content_type: str
    document_file_size: int
    document_updated_at: str
    exam_id: int
    placeholder: str
