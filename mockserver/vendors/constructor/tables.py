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


class Account(SQLModel, table=True):
    """An organization, created with its first session (CP-033)."""

    __tablename__ = "constructor_account"
    sandbox_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    name: str


class User(SQLModel, table=True):
    """A user of an account, created with the first session (CP-033, CP-055)."""

    __tablename__ = "constructor_user"
    sandbox_id: str = Field(primary_key=True)
    account_id: str = Field(primary_key=True)
    user_id: str = Field(primary_key=True)
    name: str


class Session(SQLModel, table=True):
    """An attempt of a user at an exam (CP-149).

    `claims` are those of the link as one JSON document. `page_key` opens our page of the session.
    `state` is `open`, `started` or `finished`; the status of the interface also depends on the clock.
    """

    __tablename__ = "constructor_session"
    sandbox_id: str = Field(primary_key=True)
    session_id: str = Field(primary_key=True)
    account_id: str
    exam_id: str
    user_id: str
    claims: str
    page_key: str = Field(index=True)
    base_url: str
    state: str
    booked_ms: int | None = Field(default=None, sa_type=Number)
    agreed_ms: int | None = Field(default=None, sa_type=Number)
    started_ms: int | None = Field(default=None, sa_type=Number)
    ended_ms: int | None = Field(default=None, sa_type=Number)
    finish_url: str | None = None
    conclusion: str | None = None
    comment: str | None = None
    score: float | None = None
    recorded: int = Field(default=0, sa_type=Number)


class Warning(SQLModel, table=True):
    """A warning during a session (CP-209, CP-228); `cyber` is 1 where software has found it."""

    __tablename__ = "constructor_warning"
    sandbox_id: str = Field(primary_key=True)
    id: int = Field(primary_key=True, sa_type=Number)
    session_id: str = Field(index=True)
    type: str
    start_ms: int = Field(sa_type=Number)
    end_ms: int = Field(sa_type=Number)
    cyber: int = Field(sa_type=Number)
