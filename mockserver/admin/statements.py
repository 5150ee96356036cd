"""The numbered statements of the vendors' pages, as the contracts hold them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, Field

from mockserver.admin.control import Controls, Desk
from mockserver.admin.problem import AdminProblem
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
    rooms = [desk.vendor(vendor)] if vendor else desk.vendors
    found = [{"vendor": room.name, **statement} for room in rooms for statement in read_statements(room.name)]
    known = {name for statement in found for name in _operations(statement)}
    if operation is not None and operation not in known:
        raise AdminProblem(
            404, f"There is no operation {operation!r}: use one of {', '.join(sorted(known))}."
        )
    return [
        statement
        for statement in found
        if evidence in (None, statement["evidence"])
        and (operation is None or statement["applies_to"] == "all" or operation in _operations(statement))
    ]


def _operations(statement: dict[str, Any]) -> list[str]:
    """Return the operations that a statement names; one about all of them names none."""
    applies_to: str | list[str] = statement["applies_to"]
    return [] if isinstance(applies_to, str) else applies_to
