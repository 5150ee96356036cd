"""Usable values for generated requests to ProctorExam."""

from collections.abc import Callable
from typing import Any

from contracts.bench import Bench
from contracts.cases import Cases, Value
from contracts.proctorexam import samples

Maker = Callable[[Bench], dict[str, Any]]


def _id(make: Maker) -> Value:
    def value(bench: Bench) -> Any:
        return make(bench)["id"]

    return value


def _token(bench: Bench) -> Any:
    return samples.student(bench).get("token") or "0" * 32


def _identity_provider(bench: Bench) -> Any:
    if "identity_provider" not in bench.shelf:
        bench.shelf["identity_provider"] = bench.call("GET", "/identity_providers").at(
            "identity_providers", 0, "id"
        )
    bench.need(bench.shelf["identity_provider"], "no identity provider is set up")
    return bench.shelf["identity_provider"]


def _unique(name: str) -> Value:
    return Bench.email if name == "email" else lambda bench: bench.unique(name)


CASES = Cases(
    credential_fields=frozenset({"authorization", "accept", "timestamp", "nonce", "signature"}),
    values={
        # A deletion uses its object up.
        ("attachments.destroy", "id"): _id(samples.new_attachment),
        ("documents.destroy", "id"): _id(samples.new_document),
        ("exams.destroy", "id"): _id(samples.new_exam),
        ("institutes.destroy", "id"): _id(samples.new_institute),
        ("lti_resources.destroy", "id"): _id(samples.new_lti_resource),
        ("student_sessions.destroy", "id"): _id(samples.new_student),
        ("tool_providers.destroy", "id"): _id(samples.new_tool_provider),
        ("users.destroy", "id"): _id(samples.new_user),
        ("exams.delete_student", "student_session_id"): _id(samples.new_student),
        ("student_sessions.end_exam", "id"): _id(samples.new_student),
        ("student_sessions.assign_proctor", "proctor_id"): _id(samples.proctor),
        ("student_sessions.reviewable", "id"): _token,
    },
    objects={
        "attachments": _id(samples.attachment),
        "documents": _id(samples.document),
        "exams": _id(samples.exam),
        "identity_providers": _identity_provider,
        "institutes": _id(samples.institute),
        "lti_resources": _id(samples.lti_resource),
        "student_sessions": _id(samples.student),
        "tool_providers": _id(samples.tool_provider),
        "users": _id(samples.user),
    },
    unique=_unique,
)
