"""What safety has to know of Consero: only allocations are made, and cancelling removes them."""

from typing import Any

from contracts.ledger import Made, Removal
from contracts.safety import Sent, VendorRules


def touches(sent: Sent, tag: str) -> list[tuple[str, str]]:
    """The allocation that is cancelled, or the candidate of somebody else that would be invited."""
    if sent.operation == "allocations.cancel" and "invite_id" in sent.fields:
        return [("allocation", str(sent.fields["invite_id"]))]
    email = sent.fields.get("candidate_email")
    if sent.operation == "candidates.allocate" and isinstance(email, str) and not email.startswith(tag):
        return [("candidate", email)]
    return []


def makes(sent: Sent, answer: Any) -> list[Made]:
    if sent.operation != "candidates.allocate" or not isinstance(answer, dict):
        return []
    data = answer.get("data")
    invite_id = data.get("invite_id") if isinstance(data, dict) else None
    if invite_id is None:
        return []
    removal = Removal("POST", "/cancel-allocation", {"invite_id": invite_id})
    return [Made("allocation", str(invite_id), removal)]


def removes(sent: Sent) -> list[tuple[str, str]]:
    if sent.operation == "allocations.cancel":
        return [("allocation", str(sent.fields.get("invite_id")))]
    return []


RULES = VendorRules(
    touches=touches,
    makes=makes,
    removes=removes,
    reading_posts=frozenset({"reports.get"}),
    creates=frozenset({"candidates.allocate"}),
)
