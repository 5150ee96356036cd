"""How ProctorExam refuses.

The pages print messages and only one whole body (PE-069). The JSON around a message is inferred: a text
stands under `error` (PE-464), a model's errors under `errors` by field (PE-465).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from mockserver.errors import (
    AccessRefused,
    BodyTooLarge,
    BodyTooSlow,
    Failure,
    MethodNotAllowed,
    Problem,
    RouteUnknown,
    ValuesInvalid,
    VendorRefusal,
)
from mockserver.vendor import Answer, Call, DocumentedError, Operation, json_answer
from mockserver.vendors.proctorexam.settings import settings_of

MISSING = "missing"  # the rule of a problem that is a missing parameter, also pydantic's own word
NOT_AUTHORIZED = "You are not authorized to access this page."
PAGES_PRINTING_401 = (  # PE-317
    "identity_providers.index",
    "lti_resources.index",
    "lti_resources.show",
    "tool_providers.index",
    "tool_providers.show",
)


def page_refusal(operation: Operation) -> DocumentedError:
    """Return the refusal that the operation's page prints: the answer to every refused access (PE-463)."""
    status, message, statement = 403, NOT_AUTHORIZED, "PE-214"
    if operation.id in PAGES_PRINTING_401:
        status, statement = 401, "PE-317"
    elif operation.id == "tool_providers.destroy":
        status, message, statement = 401, "You are not authorized to access this endpoint", "PE-424"  # PE-197
    return DocumentedError(
        status,
        {"error": message},
        "the request is not the user's, or not within its rights",
        (statement, "PE-463"),
    )


class Forbidden(VendorRefusal):
    """The user may not use this endpoint or object."""

    def __init__(self, operation: Operation | None, reason: str) -> None:
        assert operation is not None
        refusal = page_refusal(operation)
        super().__init__(refusal.status, refusal.body, refusal.statements)
        self._reason = reason

    def __str__(self) -> str:
        return self._reason


class NotFound(VendorRefusal):
    """No object has this id (PE-470); `thing` is spelled as on its page, `end` is what it puts behind."""

    def __init__(self, thing: str, object_id: str, statement: str, end: str = "") -> None:
        message = f"Couldn't find {thing} with 'id'='{object_id[:100]}'{end}"
        super().__init__(404, {"error": message}, (statement, "PE-470"))


class LtiStudentNotFound(VendorRefusal):
    """No student came into the exam by this LTI link (PE-295)."""

    def __init__(self, student_lms_id: str, resource_link_id: str) -> None:
        message = (
            f"Couldn't find Student Session with 'id'='{student_lms_id[:100]}'"
            f" and 'resource_link_id'='{resource_link_id[:100]}'"
        )
        super().__init__(404, {"error": message}, ("PE-295", "PE-073"))


class Taken(VendorRefusal):
    """The value of `field` exists already (PE-305, PE-328)."""

    def __init__(self, field: str) -> None:
        super().__init__(
            422,
            {"errors": {field: ["has already been taken"]}},
            ("PE-305" if field == "email" else "PE-328", "PE-067"),
        )


class MustExist(VendorRefusal):
    """A parameter names an object that does not exist (PE-487)."""

    def __init__(self, field: str) -> None:
        super().__init__(422, {"errors": {field: ["must exist"]}}, ("PE-487",))


class AssignmentInvalid(VendorRefusal):
    """The user is nobody who can proctor this session (PE-392)."""

    def __init__(self) -> None:
        message = "Invalid parameters. When one of the parameters is invalid for the assignment."
        super().__init__(422, {"error": message}, ("PE-392",))


class AssignmentNotFound(VendorRefusal):
    """No user has the id of the proctor (PE-393)."""

    def __init__(self) -> None:
        message = "Not found error. When one of the resources not found for the assignment."
        super().__init__(404, {"error": message}, ("PE-393", "PE-191"))


class ToolProviderInUse(VendorRefusal):
    """LTI resources of open exams are linked to the tool provider (PE-425); the one printed body (PE-198)."""

    def __init__(self, exams: Sequence[dict[str, Any]]) -> None:
        super().__init__(423, {"error": {"open_exam": [list(exams)]}}, ("PE-198", "PE-425", "PE-069"))


class AcceptMissing(VendorRefusal):
    """The request does not accept `application/vnd.procwise.v3` (PE-016), as the sandbox insists (PE-025)."""

    def __init__(self) -> None:
        super().__init__(406, {"error": "Not Acceptable"}, ("PE-016", "PE-025"))


def documented(refusal: VendorRefusal) -> DocumentedError:
    """Return a refusal as an entry of an operation's list."""
    when = (refusal.__doc__ or "").partition(" (")[0].rstrip(".")
    return DocumentedError(refusal.status, refusal.body, when, refusal.statements)


def unknown(thing: str, statement: str, object_id: str = ":id", end: str = "") -> DocumentedError:
    """Return the 404 of an operation's page, the placeholder still in it."""
    return documented(NotFound(thing, object_id, statement, end))


def parameter_missing(statement: str) -> DocumentedError:
    """Return the 422 of a page for a missing parameter (PE-071)."""
    return DocumentedError(
        422, _missing("param"), "a required parameter is missing or empty", (statement, "PE-071", "PE-466")
    )


def errors_of(operation: Operation) -> tuple[DocumentedError, ...]:
    """Return what an operation can refuse with, what its page prints first."""
    inferred = [DocumentedError(400, {"error": "Bad Request"}, "the body cannot be read", ("PE-468",))]
    if operation.reads is not None:
        field = next(iter(operation.reads.model_fields))
        inferred.insert(
            0,
            DocumentedError(
                422,
                {"errors": {field: ["Must be a String"]}},
                "a value breaks its printed validation",
                ("PE-467", "PE-102"),
            ),
        )
    return (page_refusal(operation), *operation.options.get("refuses", ()), *inferred)


def phrase(failure: Failure, call: Call) -> Answer:
    """Say a failure in ProctorExam's words."""
    status, body, headers = _said(failure, call)
    key = settings_of(call.sandbox).text_error_key
    if key != "error" and isinstance(body.get("error"), str):  # PE-066
        body = {key: body["error"]}
    return json_answer(status, body, headers)


def _said(failure: Failure, call: Call) -> tuple[int, dict[str, Any], tuple[tuple[str, str], ...]]:
    match failure:
        case VendorRefusal():
            return failure.status, failure.body, failure.headers
        case AccessRefused():  # PE-463: one answer for every cause
            assert call.operation is not None
            refusal = page_refusal(call.operation)
            return refusal.status, refusal.body, ()
        case ValuesInvalid():
            return 422, _unprocessable(failure.problems), ()
        case RouteUnknown() | MethodNotAllowed():  # PE-469
            return 404, {"error": "Not Found"}, ()
        case BodyTooLarge():  # PE-486
            return 413, {"error": "Payload Too Large"}, ()
        case BodyTooSlow():  # PE-486
            return 408, {"error": "Request Timeout"}, ()
        case _:  # PE-468
            return 400, {"error": "Bad Request"}, ()


def _missing(name: str) -> dict[str, Any]:
    return {"error": f"Param is missing or the value is empty: {name}"}  # PE-235, PE-466


def _unprocessable(problems: Sequence[Problem]) -> dict[str, Any]:
    """Return the first missing parameter alone (PE-466), else every broken validation by field (PE-467)."""
    for problem in problems:
        if problem.rule == MISSING:
            return _missing(problem.field)
    errors: dict[str, list[str]] = {}
    for problem in problems:
        errors.setdefault(problem.field, []).append(problem.message)
    return {"errors": errors}
