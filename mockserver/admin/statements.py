"""The numbered statements of the vendors' pages, as the contracts hold them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from mockserver.admin.control import Controls, Desk
from mockserver.statements import read_statements

controls = Controls()
Evidence = Literal["documented", "client", "inferred"]


class ListedStatement(BaseModel):
    """One fact about a vendor."""

    vendor: str
    id: str
    text: str
    evidence: Evidence
    source: list[str]
    applies_to: str | list[str] = Field(description="Operations, or all.")


@controls.add("GET", "/statements", "statements.list", problems=(404,), answers=list[ListedStatement])
def list_statements(
    desk: Desk,
    vendor: str | None = None,
    operation: str | None = None,
    evidence: Evidence | None = None,
) -> list[dict[str, Any]]:
    """List statements, optionally of one vendor, one operation, one level of evidence."""
    chosen = [desk.vendor(vendor)] if vendor else desk.vendors
    return [
        {"vendor": room.name, **statement}
        for room in chosen
        for statement in read_statements(room.name)
        if evidence in (None, statement["evidence"]) and _applies(statement, operation)
    ]


def _applies(statement: dict[str, Any], operation: str | None) -> bool:
    applies_to = statement["applies_to"]
    return operation is None or applies_to == "all" or operation in applies_to
