"""Usable values for generated requests to ProctorExam."""

from collections.abc import Callable
from typing import Any

from contracts.bench import Bench
from contracts.cases import Cases, Value, leave_out
from contracts.proctorexam import samples

Maker = Callable[[Bench], dict[str, Any]]


def _id(make: Maker) -> Value:
    def value(bench: Bench) -> Any:
        return make(bench)["id"]

    return value


def _token(bench: Bench) -> Any:
    return samples.student(bench).get("token") or "0" * 32


def _comanager(bench: Bench) -> Any:
    """A user who is a comanager of the shared exam, again after every removal."""
    exam, user = samples.exam(bench), samples.user(bench)
    bench.call("PUT", f"/exams/{exam['id']}/add_comanager", json_body={"comanager_id": user["id"]})
    return user["id"]


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
        ("exams.remove_comanager", "comanager_id"): _comanager,
        # Identity providers belong to the institute of the account, not to that of the run.
        ("users.create", "omniauth_config_id"): leave_out,
        ("users.update", "omniauth_config_id"): leave_out,
        # Which columns can be filtered is not published (PE-080); the printed filter is one on exams.
        ("users.index", "filter"): lambda _: "{}",
        ("users.index", "sort"): lambda _: '[{"name":"asc"}]',
    },
    objects={
        "attachments": _id(samples.attachment),
        "documents": _id(samples.document),
        "exams": _id(samples.exam),
        "institutes": _id(samples.institute),
        "lti_resources": _id(samples.lti_resource),
        "student_sessions": _id(samples.student),
        "tool_providers": _id(samples.tool_provider),
        "users": _id(samples.user),
    },
    unique=_unique,
    left_out={"exams.show_lti_student": "no call of the interface makes a student of an LMS known"},
)
