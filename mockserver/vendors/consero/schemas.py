"""The wire of Consero: what requests must hold and what answers hold."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError

from mockserver.strict_json import INT64_MAX
from mockserver.wire import WireModel

_INTEGER = re.compile(r"[+-]?[0-9]{1,20}", re.ASCII)
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*", re.ASCII)
MAX_EMAIL = 254  # RFC 5321: longer addresses cannot be delivered to


def spoken(field: str) -> str:
    """Return a field's name as Laravel says it in messages: `inviteId` is the `invite id` (CO-076)."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", field).replace("_", " ").lower()


def _refused(rule: Any, info: ValidationInfo, sentence: str) -> PydanticCustomError:
    return PydanticCustomError(rule, f"The {spoken(info.field_name or '')} field {sentence}")


def _present(value: Any, info: ValidationInfo) -> Any:
    """Trim texts; what is empty then counts as missing (CO-084)."""
    value = value.strip() if isinstance(value, str) else value
    if value is None or value in ("", [], {}):
        raise _refused("required", info, "is required.")
    return value


def _integer(value: Any, info: ValidationInfo) -> int:
    """Take integers, whole decimals and texts of digits (CO-083), but no boolean (CO-092)."""
    value = _present(value, info)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str) or not _INTEGER.fullmatch(text) or abs(int(text)) > INT64_MAX:
        raise _refused("integer", info, "must be an integer.")
    return int(text)


def _email(value: Any, info: ValidationInfo) -> str:
    value = _present(value, info)
    if not isinstance(value, str):
        raise _refused("string", info, "must be a string.")
    if len(value) > MAX_EMAIL or not _EMAIL.fullmatch(value):
        raise _refused("email", info, "must be a valid email address.")
    return value


Id = Annotated[
    int,
    BeforeValidator(_integer),
    WithJsonSchema({"type": "integer", "format": "int64"}),
]
Email = Annotated[
    str,
    BeforeValidator(_email),
    WithJsonSchema({"type": "string", "format": "email", "maxLength": MAX_EMAIL}),
]


class RequestBody(WireModel):
    """A body whose missing fields are checked like null ones, so that the field's own rule answers."""

    model_config = ConfigDict(extra="ignore")  # CO-086

    @model_validator(mode="before")
    @classmethod
    def _missing_is_null(cls, values: dict[str, Any]) -> dict[str, Any]:
        return {name: values.get(name) for name in cls.model_fields}


class Allocate(RequestBody):
    """Body of `POST /allocate-candidate` (CO-036, CO-037)."""

    examination_id: Id = Field(description="ID of the examination")
    candidate_email: Email = Field(description="Email address of candidate")


class Cancel(RequestBody):
    """Body of `POST /cancel-allocation` (CO-053)."""

    invite_id: Id = Field(description="The ID received from allocation")


class ReportOf(RequestBody):
    """Body of `POST /report` (CO-059: in camel case here)."""

    inviteId: Id = Field(description="The ID received from allocation")


class Examination(WireModel):
    """One item of the list (CO-028, CO-029)."""

    testId: int
    testName: str


class Allocation(WireModel):
    """What an allocation gives (CO-040 to CO-042)."""

    candidate_email: str
    examination_id: int
    invite_id: int
    invite_link: str


class Allocated(WireModel):
    """201 of `POST /allocate-candidate` (CO-038, CO-039)."""

    success: Literal[True]
    message: Literal["Candidate allocated to examination successfully."]
    data: Allocation


class Cancellation(WireModel):
    """What is left of a cancelled allocation (CO-055: with a capital V)."""

    invite_id: int
    status: Literal["inValid"]


class Cancelled(WireModel):
    """200 of `POST /cancel-allocation` (CO-054, CO-056)."""

    success: Literal[True]
    message: Literal["Allocation cancelled successfully."]
    data: Cancellation


class Metadata(WireModel):
    """How the exam was taken (CO-070)."""

    mode_of_completion: str


class Report(WireModel):
    """200 of `POST /report`, flat, its ids as texts (CO-060 to CO-071)."""

    inviteId: str
    testId: str
    testName: str
    email: str
    reportURL: str
    proctoringURL: str
    score: float
    totalScore: float
    percentage: float
    testStartDate: str
    testEndDate: str
    status: str
    metadata: Metadata


class Refusal(WireModel):
    """Any refusal in Consero's own envelope (CO-014, CO-018, CO-057)."""

    success: Literal[False]
    message: str


class Failed(Refusal):
    """500 of `POST /allocate-candidate` (CO-044, CO-045)."""

    error: str


class Invalid(WireModel):
    """422, as stock Laravel words it (CO-074)."""

    message: str
    errors: dict[str, list[str]]
