"""What safety has to know of Constructor: clients choose the ids, so those of a run carry its tag."""

from typing import Any

from contracts.claims import TOKEN, claims_in
from contracts.ledger import Made
from contracts.safety import Sent, VendorRules

CHANGING_GETS = frozenset({"sessions.start", "sessions.browser_finish"})


def touches(sent: Sent, tag: str) -> list[tuple[str, str]]:
    """Exams and sessions whose id does not show the tag of this run."""
    fields = _fields(sent)
    named = [("exam", fields.get("examId")), ("session", fields.get("sessionId"))]
    named.append(("session", sent.path_values.get("session_id")))
    return [
        (kind, str(value)) for kind, value in named if value is not None and not str(value).startswith(tag)
    ]


def makes(sent: Sent, _answer: Any) -> list[Made]:
    """The guide has no call that deletes anything (CP-003), so nothing can be removed."""
    fields = _fields(sent)
    made = []
    if sent.operation in {"exams.upsert", "sessions.start"} and "examId" in fields:
        made.append(Made("exam", str(fields["examId"]), None))
    if sent.operation == "sessions.start" and "sessionId" in fields:
        made.append(Made("session", str(fields["sessionId"]), None))
    return made


def removes(_sent: Sent) -> list[tuple[str, str]]:
    return []


def _fields(sent: Sent) -> dict[str, Any]:
    token = sent.fields.get(TOKEN)
    claims = claims_in(token) if isinstance(token, str) else None
    return {**sent.fields, **claims} if isinstance(claims, dict) else dict(sent.fields)


RULES = VendorRules(
    touches=touches,
    makes=makes,
    removes=removes,
    changing_gets=CHANGING_GETS,
    creates=frozenset({"exams.upsert", "sessions.start"}),
    lasting=True,
)
