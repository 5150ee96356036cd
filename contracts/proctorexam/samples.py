"""Objects made by a run, one of each shared by all contracts that only look at them."""

from typing import Any

from contracts.bench import Bench, Stop
from contracts.exchange import Answer

PASSWORD = "Sesame-0pen!"  # noqa: S105 - for users that exist only during the run
MOST_TRIES = 2
FILE = ("image2.jpg", b"\xff\xd8\xff\xe0 not a real picture", "image/jpeg")


def make(bench: Bench, path: str, key: str, fields: dict[str, Any]) -> dict[str, Any]:
    """Create one object by JSON and give it; stops the contract when it is refused."""
    answer = bench.call("POST", path, json_body=fields)
    return made(bench, answer, key)


def made(bench: Bench, answer: Answer, key: str) -> dict[str, Any]:
    found = answer.at(key)
    bench.need(answer.accepted and isinstance(found, dict) and "id" in found, f"no {key} could be created")
    return dict(found)


def shared(bench: Bench, name: str, create: Any) -> dict[str, Any]:
    """The one object of this kind that contracts share.

    Where it could not be made twice it is not tried again: each try may leave something behind.
    """
    failures: list[str] = bench.shelf.setdefault(f"{name}: failures", [])
    if len(failures) == MOST_TRIES:
        raise Stop(failures[-1])
    if name not in bench.shelf:
        try:
            bench.shelf[name] = create(bench)
        except Stop as stop:
            failures.append(str(stop))
            raise
    kept: dict[str, Any] = bench.shelf[name]
    return kept


def new_institute(bench: Bench, **fields: Any) -> dict[str, Any]:
    return make(
        bench, "/institutes", "institute", {"name": bench.unique("institute"), "short_name": "pmc", **fields}
    )


def new_exam(bench: Bench, **fields: Any) -> dict[str, Any]:
    given = {
        "name": bench.unique("exam"),
        "type": "record_review",
        "institute_id": institute(bench)["id"],
        **fields,
    }
    return make(bench, "/exams", "exam", given)


def new_student(bench: Bench, exam_id: int | None = None, **fields: Any) -> dict[str, Any]:
    exam_id = exam(bench)["id"] if exam_id is None else exam_id
    given = {"name": "Student 1", "email": bench.email(), **fields}
    return make(bench, f"/exams/{exam_id}/student_sessions", "student", given)


def new_document(bench: Bench, exam_id: int | None = None) -> dict[str, Any]:
    exam_id = exam(bench)["id"] if exam_id is None else exam_id
    return make(bench, f"/exams/{exam_id}/documents", "document", {"exam_content": "Exam instructions."})


def new_attachment(bench: Bench, exam_id: int | None = None) -> dict[str, Any]:
    exam_id = exam(bench)["id"] if exam_id is None else exam_id
    return made(
        bench, bench.call("POST", f"/exams/{exam_id}/attachments", files={"document": FILE}), "attachment"
    )


def user_fields(bench: Bench, **fields: Any) -> dict[str, Any]:
    return {
        "email": bench.email(),
        "name": "Teacher name",
        "password": PASSWORD,
        "password_confirmation": PASSWORD,
        "role": "teacher",
        **fields,
    }


def new_user(bench: Bench, **fields: Any) -> dict[str, Any]:
    return make(bench, f"/institutes/{institute(bench)['id']}/users", "user", user_fields(bench, **fields))


def new_tool_provider(bench: Bench, **fields: Any) -> dict[str, Any]:
    given = {
        "tool_name": bench.unique("tool"),
        "oauth_consumer_key": "key-of-the-run",
        "oauth_consumer_secret": "secret-of-the-run",
        "institute_id": institute(bench)["id"],
        **fields,
    }
    return make(bench, "/tool_providers", "tool_provider", given)


def new_lti_resource(bench: Bench, **fields: Any) -> dict[str, Any]:
    given = {
        "lti_resource_link_name": bench.unique("resource"),
        "exam_id": fields.pop("exam_id", None) or exam(bench)["id"],
        "tool_provider_id": fields.pop("tool_provider_id", None) or tool_provider(bench)["id"],
        **fields,
    }
    return make(bench, "/lti_resources", "lti_resource", given)


def institute(bench: Bench) -> dict[str, Any]:
    return shared(bench, "institute", new_institute)


def exam(bench: Bench) -> dict[str, Any]:
    return shared(bench, "exam", new_exam)


def student(bench: Bench) -> dict[str, Any]:
    return shared(bench, "student", new_student)


def document(bench: Bench) -> dict[str, Any]:
    return shared(bench, "document", new_document)


def attachment(bench: Bench) -> dict[str, Any]:
    return shared(bench, "attachment", new_attachment)


def user(bench: Bench) -> dict[str, Any]:
    return shared(bench, "user", new_user)


def tool_provider(bench: Bench) -> dict[str, Any]:
    return shared(bench, "tool_provider", new_tool_provider)


def lti_resource(bench: Bench) -> dict[str, Any]:
    return shared(bench, "lti_resource", new_lti_resource)


def proctor(bench: Bench) -> dict[str, Any]:
    return shared(bench, "proctor", lambda bench: new_user(bench, role="proctor"))
