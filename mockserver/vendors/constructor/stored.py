"""What the rows of Constructor Proctor's tables hold beyond their columns' types."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from mockserver.stored import JSON, Belongs, StoredRow
from mockserver.vendors.constructor import schemas
from mockserver.vendors.constructor.claims import StartClaims
from mockserver.vendors.constructor.webhooks import known_warning


class Exam(StoredRow):
    """An exam: its parameters are such as an LMS sends (CP-049)."""

    parameters: Annotated[schemas.Exam, JSON]


class Session(StoredRow):
    """An attempt: its claims are such as a link carries (CP-024)."""

    claims: Annotated[StartClaims, JSON]
    state: Literal["open", "started", "finished"]
    score: Annotated[float, Field(ge=0, le=100)] | None  # CP-205


class Warning(StoredRow):
    """A warning of a known type (CP-213)."""

    type: Annotated[str, AfterValidator(known_warning)]


_EXAM = ("account_id", "exam_id")
BELONGINGS = (
    Belongs("constructor_session", _EXAM, "constructor_exam", _EXAM),
    Belongs("constructor_warning", ("session_id",), "constructor_session", ("session_id",)),
)


def rows() -> Mapping[str, type[StoredRow]]:
    """Return what is asked of the rows of a table."""
    return {"constructor_exam": Exam, "constructor_session": Session, "constructor_warning": Warning}
