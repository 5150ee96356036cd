"""How Constructor Proctor refuses, in Django REST framework's words: the guide prints no error body."""

from __future__ import annotations

from typing import Any

from mockserver.errors import (
    AccessRefused,
    BodyMalformed,
    BodyTooLarge,
    BodyTooSlow,
    Failure,
    MethodNotAllowed,
    Problem,
    ValuesInvalid,
    VendorRefusal,
)
from mockserver.vendor import Answer, Call, DocumentedError, Operation, json_answer
from mockserver.vendors.constructor.page import message_page

UNAUTHORIZED = {"detail": "Invalid token."}  # CP-259
NOT_FOUND = {"detail": "Not found."}  # CP-261
REQUIRED = "This field is required."  # CP-263
HEADINGS = {400: "This link cannot be used", 401: "This link is not valid", 404: "Not found"}
TO_PEOPLE = {
    400: "The request cannot be read.",
    401: "The link was not made by the system that it names, or its time is over. Open it again from there.",
    404: "There is no such session.",
    408: "The request did not arrive in time.",
    413: "The request is too large.",
}


class SessionNotFound(VendorRefusal):
    """No session has this id (CP-169, CP-174; the body is inferred, CP-261)."""

    def __init__(self) -> None:
        super().__init__(404, NOT_FOUND, ("CP-169", "CP-174", "CP-261"))


class PageNotFound(VendorRefusal):
    """There is no such page of ours (CP-265, CP-279, inferred)."""

    def __init__(self) -> None:
        super().__init__(404, NOT_FOUND, ("CP-265", "CP-279"))


class MediaTypeUnsupported(VendorRefusal):
    """The body is not declared as JSON (CP-267, inferred)."""

    def __init__(self, content_type: str) -> None:
        super().__init__(415, {"detail": f'Unsupported media type "{content_type}" in request.'}, ("CP-267",))


def errors_of(operation: Operation) -> tuple[DocumentedError, ...]:
    """Return what an operation can refuse with."""
    found = []
    if operation.options["door"] != "open":
        when = "the token is absent, malformed, wrongly signed or expired, or nobody's"
        found.append(_documented(operation, 401, UNAUTHORIZED, when, ("CP-023", "CP-259", "CP-265")))
    if "{session_id}" in operation.path:
        when = "there is no such session"
        found.append(_documented(operation, 404, NOT_FOUND, when, ("CP-169", "CP-174", "CP-261", "CP-265")))
    if operation.id.startswith("pages."):
        found.append(_documented(operation, 404, NOT_FOUND, "there is no such page", ("CP-265", "CP-279")))
    if operation.reads is not None:
        required = [name for name, field in operation.reads.model_fields.items() if field.is_required()]
        body: Any = {name: [REQUIRED] for name in required[:1]} or {"detail": "JSON parse error"}
        when = "a value is missing or wrong, or the body cannot be read"
        found.append(_documented(operation, 400, body, when, ("CP-054", "CP-260", "CP-263", "CP-265")))
    if operation.id in ("exams.upsert", "sessions.finish"):
        refusal = MediaTypeUnsupported("text/plain")
        when = "the body is not declared as JSON"
        found.append(_documented(operation, 415, refusal.body, when, refusal.statements))
    return tuple(found)


def _documented(
    operation: Operation, status: int, body: Any, when: str, statements: tuple[str, ...]
) -> DocumentedError:
    if not _is_page(operation):
        return DocumentedError(status, body, when, statements)
    answer = message_page(status, HEADINGS[status], TO_PEOPLE[status], path=operation.path)
    return DocumentedError(
        status, answer.body.decode(), when, statements, answer.headers, content_type=answer.content_type
    )


def _is_page(operation: Operation | None) -> bool:
    return operation is not None and operation.options.get("shows") == "page"


def phrase(failure: Failure, call: Call) -> Answer:
    """Say a failure in the vendor's words, to a browser on a page (CP-036, CP-265)."""
    answer = _phrase(failure, call)
    if not _is_page(call.operation):
        return answer
    sentence = TO_PEOPLE.get(answer.status, "The request cannot be answered.")
    if isinstance(failure, ValuesInvalid):
        sentence = " ".join(f"{problem.field}: {spoken(problem)}" for problem in failure.problems)
    return message_page(answer.status, HEADINGS.get(answer.status, "Error"), sentence, path=call.request.path)


def _phrase(failure: Failure, call: Call) -> Answer:
    match failure:
        case VendorRefusal():
            return json_answer(failure.status, failure.body, failure.headers)
        case AccessRefused():
            return json_answer(401, UNAUTHORIZED)
        case ValuesInvalid():
            return json_answer(400, by_field(failure.problems))
        case MethodNotAllowed():  # CP-262
            return json_answer(
                405,
                {"detail": f'Method "{call.request.method}" not allowed.'},
                (("Allow", ", ".join(failure.allow)),),
            )
        case BodyTooLarge():  # CP-268
            return json_answer(413, {"detail": "Request body is too large."})
        case BodyTooSlow():  # CP-268
            return json_answer(408, {"detail": "Request timed out."})
        case BodyMalformed():  # CP-260
            return json_answer(400, {"detail": f"JSON parse error - {failure.problem}"})
        case _:
            return json_answer(404, NOT_FOUND)


def by_field(problems: list[Problem]) -> dict[str, Any]:
    """Return the messages by field, nested where the field is (CP-054, CP-263)."""
    found: dict[str, Any] = {}
    for problem in problems:
        *parents, name = problem.field.split(".")
        place = found
        for parent in parents:
            place = place.setdefault(parent, {})
        place.setdefault(name, []).append(spoken(problem))
    return found


def spoken(problem: Problem) -> str:
    """Return the sentence about one field."""
    return REQUIRED if problem.rule == "missing" else problem.message
