"""How tool providers, LTI resources and identity providers are printed (PE-206, PE-207)."""

from __future__ import annotations

from typing import Any
from zoneinfo import ZoneInfo

from mockserver.store import Row
from mockserver.vendors.proctorexam.printing import in_order, stamped
from mockserver.vendors.proctorexam.schemas.lti import IdentityProvider, LtiResource, ToolProvider


def tool_provider_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 10 fields of a tool provider, its secret among them."""
    values = {**stamped(row, in_zone), "institute_id": row["institute_id"]}
    return in_order(values, ToolProvider)


def lti_resource_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 11 fields of an LTI resource."""
    values = stamped(row, in_zone)
    values["exam_id"] = row["exam_id"]
    values["tool_provider_id"] = str(row["tool_provider_id"])  # PE-207: a text
    values["placeholder"] = f"LTI_EXAM_{row['id']}"
    return in_order(values, LtiResource)


def identity_provider_json(row: Row, in_zone: ZoneInfo) -> dict[str, Any]:
    """Return the 6 fields of an identity provider."""
    return in_order(stamped(row, in_zone), IdentityProvider)
