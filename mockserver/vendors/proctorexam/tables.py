"""The memory of ProctorExam.

Columns hold what the server asks for: ids, owners, names and addresses, states, times. `fields` is a JSON
object of what is only echoed. `…_key` is the text that has to be unique, see `uniqueness.py`.
"""

from __future__ import annotations

from sqlmodel import Field, Index, SQLModel

from mockserver.store.tables import Number


class Institute(SQLModel, table=True):
    """An institute (PE-203). Its name is unique (PE-169)."""

    __tablename__ = "proctorexam_institute"
    __table_args__ = (Index("proctorexam_institute_name", "sandbox_id", "name_key", unique=True),)
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    name: str
    name_key: str
    logo_name: str | None = None
    logo_updated_ms: int | None = Field(default=None, sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class User(SQLModel, table=True):
    """A user (PE-205). The e-mail address is unique (PE-305); tokens and passwords are not stored."""

    __tablename__ = "proctorexam_user"
    __table_args__ = (
        Index("proctorexam_user_email", "sandbox_id", "email_key", unique=True),
        Index("proctorexam_user_institute", "sandbox_id", "institute_id", "id"),
    )
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    institute_id: int = Field(sa_type=Number)
    email: str
    email_key: str
    name: str
    role: str
    omniauth_config_id: int | None = Field(default=None, sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class Exam(SQLModel, table=True):
    """An exam (PE-204). `status` is draft or open (PE-093); closed is what time makes of it."""

    __tablename__ = "proctorexam_exam"
    __table_args__ = (Index("proctorexam_exam_institute", "sandbox_id", "institute_id", "id"),)
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    institute_id: int = Field(sa_type=Number)
    user_id: int = Field(sa_type=Number)
    name: str
    status: str
    start_ms: int | None = Field(default=None, sa_type=Number)
    end_ms: int | None = Field(default=None, sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class Comanager(SQLModel, table=True):
    """A user who manages an exam beside its owner (PE-310)."""

    __tablename__ = "proctorexam_comanager"
    __table_args__ = (Index("proctorexam_comanager_user", "sandbox_id", "user_id"),)
    sandbox_id: str = Field(primary_key=True)
    exam_id: int = Field(primary_key=True, sa_type=Number)
    user_id: int = Field(primary_key=True, sa_type=Number)


class StudentSession(SQLModel, table=True):
    """A student in an exam (PE-202). The e-mail address is unique within the exam (PE-189).

    `token` finds a session for review (PE-397); the three LTI ids find one for `exams.show_lti_student`.
    """

    __tablename__ = "proctorexam_student_session"
    __table_args__ = (
        Index("proctorexam_student_session_email", "sandbox_id", "exam_id", "email_key", unique=True),
        Index("proctorexam_student_session_exam", "sandbox_id", "exam_id", "id"),
        Index("proctorexam_student_session_token", "sandbox_id", "token"),
        Index("proctorexam_student_session_proctor", "sandbox_id", "proctor_id"),
    )
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    exam_id: int = Field(sa_type=Number)
    name: str
    email: str
    email_key: str
    external_id: str | None = None
    status: str
    token: str | None = None
    proctor_id: int | None = Field(default=None, sa_type=Number)
    open_ms: int | None = Field(default=None, sa_type=Number)
    reservation_ms: int | None = Field(default=None, sa_type=Number)
    start_ms: int | None = Field(default=None, sa_type=Number)
    end_ms: int | None = Field(default=None, sa_type=Number)
    student_lms_id: str | None = None
    resource_link_id: str | None = None
    context_id: str | None = None
    is_email_sent: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class Document(SQLModel, table=True):
    """The instructions of an exam (PE-234)."""

    __tablename__ = "proctorexam_document"
    __table_args__ = (Index("proctorexam_document_exam", "sandbox_id", "exam_id", "id"),)
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    exam_id: int = Field(sa_type=Number)
    exam_content: str
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)


class Attachment(SQLModel, table=True):
    """A file for an exam, named in its instructions by the placeholder (PE-152)."""

    __tablename__ = "proctorexam_attachment"
    __table_args__ = (Index("proctorexam_attachment_exam", "sandbox_id", "exam_id", "id"),)
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    exam_id: int = Field(sa_type=Number)
    upload_name: str | None = None
    document_file_name: str
    document_content_type: str
    document_file_size: int = Field(sa_type=Number)
    document_updated_ms: int = Field(sa_type=Number)
    placeholder: str
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)


class Upload(SQLModel, table=True):
    """The bytes of an uploaded file in base64, under a name made here and never one that was sent."""

    __tablename__ = "proctorexam_upload"
    sandbox_id: str = Field(primary_key=True)
    name: str = Field(primary_key=True)
    content: str


class ToolProvider(SQLModel, table=True):
    """An LTI tool provider of an institute (PE-206)."""

    __tablename__ = "proctorexam_tool_provider"
    __table_args__ = (Index("proctorexam_tool_provider_institute", "sandbox_id", "institute_id", "id"),)
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    institute_id: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class LtiResource(SQLModel, table=True):
    """A link from an exam into a tool provider (PE-176)."""

    __tablename__ = "proctorexam_lti_resource"
    __table_args__ = (
        Index("proctorexam_lti_resource_exam", "sandbox_id", "exam_id", "id"),
        Index("proctorexam_lti_resource_tool_provider", "sandbox_id", "tool_provider_id"),
    )
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    exam_id: int = Field(sa_type=Number)
    tool_provider_id: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str


class IdentityProvider(SQLModel, table=True):
    """A single sign-on of an institute (PE-206); the API only lists them."""

    __tablename__ = "proctorexam_identity_provider"
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    institute_id: int = Field(sa_type=Number)
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
    fields: str
