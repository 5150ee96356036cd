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
        found.append(
            DocumentedError(
                401, UNAUTHORIZED, "the token is absent, wrongly signed or expired", ("CP-023", "CP-259")
            )
        )
    if "{session_id}" in operation.path:
        found.append(DocumentedError(404, NOT_FOUND, "unknown session", ("CP-169", "CP-174", "CP-261")))
    if operation.reads is not None and operation.methods != ("GET",):
        required = [name for name, field in operation.reads.model_fields.items() if field.is_required()]
        body: Any = {name: [REQUIRED] for name in required[:1]} or {"detail": "JSON parse error"}
        found.append(DocumentedError(400, body, "a field is missing or wrong", ("CP-054", "CP-263")))
    return tuple(found)


def phrase(failure: Failure, call: Call) -> Answer:
    """Say a failure in the vendor's words, to a browser on a page (CP-036, CP-265)."""
    answer = _phrase(failure, call)
    if call.operation is None or call.operation.options.get("shows") != "page":
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
