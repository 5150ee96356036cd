"""The memory of Constructor Proctor."""

from __future__ import annotations

from sqlmodel import Field, SQLModel

from mockserver.store.tables import Number


class Exam(SQLModel, table=True):
    """An exam of an account, with the parameters now in force as one JSON document (CP-049, CP-051).

    `account_id` and `exam_id` are the ids as text; `revision` is 1 until the first update.
    """

    __tablename__ = "constructor_exam"
    sandbox_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    exam_id: str = Field(primary_key=True)
    revision: int = Field(sa_type=Number)
    parameters: str
    created_ms: int = Field(sa_type=Number)
    updated_ms: int = Field(sa_type=Number)
