"""What an entry of the journal looks like."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Field


class RecordedRequest(BaseModel):
    """What was sent, without secrets."""

    base_url: str
    query: str
    headers: list[tuple[str, str]]
    body: str = Field(description="Text, cut where it is long; a multipart body is not kept.")
    body_bytes: int
    peer: str | None = Field(description="The address that the connection came from.")


class RecordedAnswer(BaseModel):
    """What was answered."""

    headers: list[tuple[str, str]]
    content_type: str
    body: str


class LikelyMistake(BaseModel):
    """The client's mistake that makes exactly what was sent."""

    name: str
    remedy: str


class ShownExplanation(BaseModel):
    """Why a request was refused."""

    check: str = Field(description="The check that failed.")
    reason: str
    passed: list[str] = Field(description="The access checks before it, all passed.")
    server_time: str = Field(description="The sandbox's clock.")
    server_time_ms: int
    facts: dict[str, Any] = Field(description="What the failed check saw.")
    likely_mistake: LikelyMistake | None


class ShownEntry(BaseModel):
    """One request of the journal."""

    request_id: str
    at: str
    vendor: str
    operation: str | None = Field(description="Null: the path is none of the vendor's.")
    method: str
    path: str = Field(description="Below the mount of the vendor.")
    status: int = Field(description="0: the connection was closed without an answer.")
    refused_by: str | None
    duration_ms: float = Field(description="From the whole request to the answer, without sending it.")
    request: RecordedRequest
    answer: RecordedAnswer
    unread: list[str] = Field(description="Fields that no part of the operation looks at.")
    notes: dict[str, Any]
    explanation: ShownExplanation | None
    injected: dict[str, Any] | None = Field(description="The error on demand that the request met.")


class ArchiveLog(BaseModel):
    """The content of an archive."""

    version: str
    creator: dict[str, str]
    entries: list[dict[str, Any]]


class Archive(BaseModel):
    """An HTTP Archive (HAR 1.2)."""

    log: ArchiveLog
