"""The memory of Consero."""

from __future__ import annotations

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from mockserver.store.tables import Number


class Examination(SQLModel, table=True):
    """An examination on offer (CO-028, CO-029)."""

    __tablename__ = "consero_examination"
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    name: str


class Candidate(SQLModel, table=True):
    """A candidate, created once per e-mail address (CO-034)."""

    __tablename__ = "consero_candidate"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    email_key: str = Field(primary_key=True)
    email: str
    created_ms: int = Field(sa_type=Number)


class GroupMember(SQLModel, table=True):
    """A candidate in the group of an examination (CO-035, CO-098)."""

    __tablename__ = "consero_group_member"
    __table_args__ = {"sqlite_with_rowid": False}
    sandbox_id: str = Field(primary_key=True)
    examination_id: int = Field(primary_key=True, sa_type=Number)
    email_key: str = Field(primary_key=True)


class Allocation(SQLModel, table=True):
    """An invite of a candidate to an examination (CO-041, CO-042).

    `state` is `allocated`, `inValid` (CO-055) or `completed`; times and score come with completion.
    """

    __tablename__ = "consero_allocation"
    __table_args__ = (
        Index("consero_allocation_candidate", "sandbox_id", "email_key", "examination_id", "id"),
    )
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    examination_id: int = Field(sa_type=Number)
    email_key: str
    email: str
    invite_token: str
    state: str
    allocated_ms: int = Field(sa_type=Number)
    started_ms: int | None = Field(default=None, sa_type=Number)
    ended_ms: int | None = Field(default=None, sa_type=Number)
    score: float | None = None
