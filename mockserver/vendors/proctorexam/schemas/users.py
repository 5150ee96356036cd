"""Users: what creating and changing one take, and the four ways in which pages print a user (PE-205)."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import BeforeValidator, Field
from pydantic_core import PydanticCustomError

from mockserver.vendors.proctorexam.permissions import ROLES
from mockserver.vendors.proctorexam.values import (
    MAX_STRING,
    Number,
    Parameters,
    RequiredString,
    Switch,
    filled,
    one_of,
    schema,
    string,
)
from mockserver.wire import WireModel

REPORT_FREQUENCIES = ("day", "week", "month")  # PE-097
WEAK = (  # PE-438
    "must have at least 8 characters, with a lower-case letter, an upper-case letter, a digit and a special "
    "character"
)
_PASSWORD = re.compile(r"(?s)(?=.*[a-z])(?=.*[A-Z])(?=.*[0-9])(?=.*[^A-Za-z0-9]).{8,}")


def _password(value: Any) -> str:
    password = string(value)
    if not _PASSWORD.fullmatch(password):  # PE-476; the page's own example breaks it (PE-200)
        raise PydanticCustomError("password", WEAK)
    return password


Password = Annotated[
    str,
    BeforeValidator(_password),
    BeforeValidator(filled),
    schema(type="string", minLength=8, maxLength=MAX_STRING),
]
Role = Annotated[
    str, BeforeValidator(one_of(*ROLES)), BeforeValidator(filled), schema(type="string", enum=list(ROLES))
]
ReportFrequency = Annotated[
    str | None,
    BeforeValidator(one_of(*REPORT_FREQUENCIES)),
    BeforeValidator(filled),
    schema(type="string", enum=list(REPORT_FREQUENCIES)),
]


class NewUser(Parameters):
    """Parameters of `users.create`."""

    email: RequiredString = Field(description="Email of the user.")  # PE-436
    name: RequiredString = Field(description="Name of the user.")  # PE-437
    password: Password = Field(description="At least 8 characters of four kinds.")  # PE-438
    password_confirmation: RequiredString = Field(description="Repeats the password.")  # PE-439
    role: Role = Field(description="Role of the user.")  # PE-440, PE-096
    omniauth_config_id: Number = Field(None, description="Id of an identity provider.")  # PE-441


class UserChanges(Parameters):
    """Parameters of `users.update`."""

    receives_reports: Switch = Field(None, description="Whether the user gets reports.")  # PE-444
    report_frequency: ReportFrequency = Field(None, description="Report frequency.")  # PE-445
    omniauth_config_id: Number = Field(None, description="Id of an identity provider.")  # PE-446


class UserSummary(WireModel):
    """What `users.show` prints (PE-201)."""

    id: int
    email: str
    name: str
    role: str
    logo_image: str
    institute_name: str


class UserListItem(UserSummary):
    """What `users.index` prints (PE-205)."""

    omniauth_config_id: int | None


class Comanager(WireModel):
    """What the comanager calls print: a user with both keys (PE-205, PE-313)."""

    id: int
    institute_id: int
    email: str
    student_number: str | None
    name: str
    created_at: str
    updated_at: str
    role: str
    invitation_token: str | None
    invitation_created_at: str | None
    invitation_sent_at: str | None
    invitation_accepted_at: str | None
    invitation_limit: int | None
    invited_by_id: int | None
    invited_by_type: str | None
    api_token: str
    secret_key: str
    receives_reports: bool
    report_frequency: str
    first_visit_guide: bool
    global_proctor: bool
    global_reviewer: bool
    logo_image: str
    institute_name: str


class User(Comanager):
    """What `users.create` and `users.update` print; the identity provider's id is a text here (PE-205)."""

    omniauth_config_id: str | None
