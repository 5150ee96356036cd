"""Institutes: the parameters of `institutes.create` and the 30 fields of the answer."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mockserver.vendors.proctorexam.values import (
    MAX_TEXT,
    File,
    FilledString,
    Number,
    Parameters,
    RequiredString,
    String,
    Switch,
    Text,
    schema,
    text,
)
from mockserver.wire import WireModel


def _web_address(value: Any) -> str:
    """Take absolute http and https addresses only (PE-474)."""
    address = text(value)
    if not _is_usable(address):
        raise PydanticCustomError("web_address", "is not a valid URL")
    return address


@lru_cache(maxsize=64)  # a client names the same address again and again
def _is_usable(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


CallbackUrl = Annotated[
    str | None, BeforeValidator(_web_address), schema(type="string", format="uri", maxLength=MAX_TEXT)
]


class InstituteParameters(Parameters):
    """What both `institutes.create` and `institutes.update` take (PE-331)."""

    callback_url: CallbackUrl = Field(None, description="Endpoint to receive the event callbacks.")  # PE-116
    global_proctor: Switch = Field(
        None, description="True if global proctoring is set for the institute."
    )  # PE-117
    global_reviewer: Switch = Field(
        None, description="True if global reviewing is set for the institute."
    )  # PE-118
    tawk_url: Text = Field(None, description="Url of the institute's tawk support.")  # PE-119
    logo_image: File = Field(None, description="Logo of the institute, uploaded with multipart.")  # PE-120
    default_exam_languages: String = Field(
        None, description="Use default_language instead.", json_schema_extra={"deprecated": True}
    )  # PE-121
    default_locale: String = Field(
        None, description="Use default_language instead.", json_schema_extra={"deprecated": True}
    )  # PE-122
    default_language: String = Field(None, description="Default exam language, eg: en-GB.")  # PE-123
    session_retention_period: Number = Field(
        None, description="Student session retention period in months, default: 6."
    )  # PE-124
    pre_assigned_proctor_fallback_threshold: Number = Field(
        None, description="Minutes, at least 1; 0 waits for the pre-assigned proctor. Default is 0."
    )  # PE-127 to PE-130, PE-135
    connected_proctor_fallback_threshold: Number = Field(
        None, description="Minutes, at least 1; 0 waits for the connected proctor. Default is 0."
    )  # PE-131 to PE-135
    block_students_until_proctor_connected: Switch = Field(
        None, description="Keep students out of the exam room until a proctor is connected. Default is false."
    )  # PE-136, PE-137


class NewInstitute(InstituteParameters):
    """Parameters of `institutes.create`."""

    name: RequiredString = Field(description="Full name of the institute.")  # PE-114
    short_name: RequiredString = Field(description="Short name of the institute.")  # PE-115


class InstituteChanges(InstituteParameters):
    """Parameters of `institutes.update`, none required; a name that is sent must not be empty (PE-492)."""

    name: FilledString = Field(None, description="Full name of the institute.")
    short_name: FilledString = Field(None, description="Short name of the institute.")


class Institute(WireModel):
    """The 30 fields of an institute, in the order of the page (PE-170, PE-203)."""

    id: int
    name: str
    created_at: str
    updated_at: str
    short_name: str
    logo_image_file_name: str | None
    logo_image_content_type: str | None
    logo_image_file_size: int | None
    logo_image_updated_at: str | None
    callback_url: str | None
    tawk_url: str | None
    check_requirements_emails_enabled: bool
    reminder_emails_enabled: bool
    exam_link_emails_enabled: bool
    exam_changed_emails_enabled: bool
    exam_finalized_emails_enabled: bool
    global_proctor: bool
    global_reviewer: bool
    token_value: int
    tawk_api_key: str | None
    default_exam_languages: str = Field(
        description="Use default_language instead.", json_schema_extra={"deprecated": True}
    )
    default_locale: str = Field(
        description="Use default_language instead.", json_schema_extra={"deprecated": True}
    )
    default_language: str
    custom_languages: list[str]
    logo_image: str
    tokens: list[Any]
    session_retention_period: str
    pre_assigned_proctor_fallback_threshold: int
    connected_proctor_fallback_threshold: int
    block_students_until_proctor_connected: bool
