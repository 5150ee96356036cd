"""The numbered statements of the vendors' pages, as the contracts hold them."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any, Literal

from pydantic import BaseModel, Field

from mockserver.admin.control import Controls, Desk

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


@functools.cache
def read_statements(vendor: str) -> list[dict[str, Any]]:
    """Return the statements of a vendor; each has id, text, evidence, source and applies_to."""
    import yaml  # noqa: PLC0415 - only this control needs it, and the start should be quick

    text = (resources.files("contracts") / vendor / "statements.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    found = yaml.load(text, Loader=loader)  # noqa: S506 - both are safe loaders
    statements: list[dict[str, Any]] = found["statements"] if isinstance(found, dict) else found
    return statements


def _applies(statement: dict[str, Any], operation: str | None) -> bool:
    applies_to = statement["applies_to"]
    return operation is None or applies_to == "all" or operation in applies_to
