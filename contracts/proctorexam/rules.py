"""What safety has to know of ProctorExam: which objects a request acts on, creates and removes."""

from typing import Any

from contracts.ledger import Made, Removal
from contracts.safety import Sent, VendorRules

# Operation that creates: the key of the answer, the kind of object, the address that removes it.
CREATIONS = {
    "institutes.create": ("institute", "institutes", "/institutes/{id}"),
    "exams.create": ("exam", "exams", "/exams/{id}"),
    "documents.create": ("document", "documents", "/exams/{exam_id}/documents/{id}"),
    "attachments.create": ("attachment", "attachments", "/exams/{exam_id}/attachments/{id}"),
    "users.create": ("user", "users", "/institutes/{institute_id}/users/{id}"),
    "exams.add_student": ("student", "student_sessions", "/student_sessions/{id}"),
    "student_sessions.create": ("student", "student_sessions", "/student_sessions/{id}"),
    "tool_providers.create": ("tool_provider", "tool_providers", "/tool_providers/{id}"),
    "lti_resources.create": ("lti_resource", "lti_resources", "/lti_resources/{id}"),
}
# Parameters that name another object, which a run must own before it changes anything around it.
NAMED = {
    "exam_id": "exams",
    "institute_id": "institutes",
    "student_session_id": "student_sessions",
    "comanager_id": "users",
    "proctor_id": "users",
    "tool_provider_id": "tool_providers",
}


def touches(sent: Sent, _tag: str) -> list[tuple[str, str]]:
    """Every object in the path and in the parameters."""
    kind = (sent.operation or "").partition(".")[0]
    objects = [(NAMED.get(name, kind), value) for name, value in sent.path_values.items()]
    objects += [(NAMED[name], value) for name, value in sent.fields.items() if name in NAMED]
    return [(kind, str(value)) for kind, value in objects]


def makes(sent: Sent, answer: Any) -> list[Made]:
    creation = CREATIONS.get(sent.operation or "")
    if creation is None or not isinstance(answer, dict):
        return []
    key, kind, path = creation
    made = answer.get(key)
    object_id = made.get("id") if isinstance(made, dict) else None
    if object_id is None:
        return []
    return [
        Made(kind, str(object_id), Removal("DELETE", path.format(**{**sent.path_values, "id": object_id})))
    ]


def removes(sent: Sent) -> list[tuple[str, str]]:
    kind, _, action = (sent.operation or "").partition(".")
    if action == "destroy":
        return [(kind, sent.path_values["id"])]
    if action == "delete_student":
        return [("student_sessions", str(sent.fields.get("student_session_id")))]
    return []


RULES = VendorRules(touches=touches, makes=makes, removes=removes, creates=frozenset(CREATIONS))
