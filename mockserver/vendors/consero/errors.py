"""How Consero refuses. Its pages print two errors; the rest follows stock Laravel and is inferred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mockserver.errors import (
    AccessRefused,
    AddressNotAllowed,
    BodyTooLarge,
    BodyTooSlow,
    Failure,
    MethodNotAllowed,
    RouteUnknown,
    ValuesInvalid,
    VendorRefusal,
)
from mockserver.vendor import Answer, Call, DocumentedError, Operation, json_answer
from mockserver.vendors.consero.page import page
from mockserver.vendors.consero.schemas import spoken
from mockserver.vendors.consero.settings import settings_of

TO_PEOPLE = {404: ("Invitation not found", "This link does not lead to an exam.")}  # CO-099
UNAUTHORIZED = {"success": False, "message": "Unauthorized API key."}  # CO-014
ADDRESS_REFUSED = {"success": False, "message": "Your IP address is not allowed."}  # CO-018


class AllocationFailed(VendorRefusal):
    """The allocation failed inside the server (CO-044, CO-045); `cause` ends the SQLSTATE text."""

    def __init__(self, cause: str) -> None:
        super().__init__(
            500,
            {
                "success": False,
                "message": "An error occurred during allocation.",
                "error": f"SQLSTATE[HY000]: General error: {cause}",
            },
            ("CO-044", "CO-045", "CO-046"),
        )


class ExaminationUnknown(VendorRefusal):
    """The examination does not exist: Laravel's `exists` rule (CO-048, CO-090, inferred)."""

    def __init__(self) -> None:
        message = "The selected examination id is invalid."
        super().__init__(
            422, {"message": message, "errors": {"examination_id": [message]}}, ("CO-048", "CO-090")
        )


class AllocationNotFound(VendorRefusal):
    """No allocation has this invite id (CO-057, CO-089, inferred)."""

    def __init__(self) -> None:
        super().__init__(404, {"success": False, "message": "Allocation not found."}, ("CO-057", "CO-089"))


class AllocationCancelled(VendorRefusal):
    """The invite was cancelled: it can neither be cancelled again nor reported (CO-057, CO-094, inferred)."""

    def __init__(self) -> None:
        super().__init__(
            409, {"success": False, "message": "Allocation is already cancelled."}, ("CO-057", "CO-094")
        )


class InviteUnknown(VendorRefusal):
    """The link of an invite leads nowhere (CO-099, inferred)."""

    def __init__(self) -> None:
        super().__init__(404, {"success": False, "message": "Invitation not found."}, ("CO-099",))


class ReportNotReady(VendorRefusal):
    """The exam was not taken yet, so there is no report (CO-072, CO-095, inferred)."""

    def __init__(self) -> None:
        super().__init__(
            404, {"success": False, "message": "Report not available yet."}, ("CO-072", "CO-095")
        )


def errors_of(operation: Operation) -> tuple[DocumentedError, ...]:
    """Return what an operation can refuse with, the documented refusals first."""
    if operation.is_page:
        return (_page_error(),)
    refusals: list[VendorRefusal] = []
    if operation.id == "candidates.allocate":
        refusals.append(AllocationFailed("..."))
    if operation.id in ("allocations.cancel", "reports.get"):
        refusals += [AllocationNotFound(), AllocationCancelled()]
    return (
        DocumentedError(401, UNAUTHORIZED, "the key is missing or wrong", ("CO-014", "CO-015", "CO-016")),
        *map(_documented, refusals),
        DocumentedError(403, ADDRESS_REFUSED, "the caller's address is not on the allowlist", ("CO-018",)),
        *_field_errors(operation),
    )


def _page_error() -> DocumentedError:
    body = page(404, *TO_PEOPLE[404])
    return DocumentedError(
        404,
        body.body.decode(),
        "the link of an invite leads nowhere",
        ("CO-099",),
        body.headers,
        content_type=body.content_type,
    )


def _documented(refusal: VendorRefusal) -> DocumentedError:
    """Return a refusal as the register wants it; its docstring says when."""
    when = (refusal.__doc__ or "").partition(" (")[0]
    return DocumentedError(refusal.status, refusal.body, when, refusal.statements)


def _field_errors(operation: Operation) -> Iterator[DocumentedError]:
    if operation.reads is not None:
        field = next(iter(operation.reads.model_fields))
        message = f"The {spoken(field)} field is required."
        body = {"message": message, "errors": {field: [message]}}
        yield DocumentedError(422, body, "a field is missing or wrong", ("CO-074", "CO-076"))


def phrase(failure: Failure, call: Call) -> Answer:
    """Say a failure in Consero's words, to a candidate on a page."""
    answer = _phrase(failure, call)
    if call.operation is None or not call.operation.is_page:
        return answer
    return page(answer.status, *TO_PEOPLE.get(answer.status, ("Error", "The request cannot be answered.")))


def _phrase(failure: Failure, call: Call) -> Answer:
    match failure:
        case VendorRefusal():
            return json_answer(failure.status, failure.body, failure.headers)
        case AddressNotAllowed():  # CO-018
            settings = settings_of(call.sandbox)
            return json_answer(
                settings.address_refusal_status,
                {"success": False, "message": settings.address_refusal_message},
            )
        case AccessRefused():  # CO-015, CO-016, CO-017
            return json_answer(401, UNAUTHORIZED)
        case ValuesInvalid():
            return json_answer(422, _validation(failure, settings_of(call.sandbox).validation_envelope))
        case RouteUnknown():  # CO-078
            return json_answer(404, {"message": f"The route {_route(call)} could not be found."})
        case MethodNotAllowed():  # CO-079
            allow = ", ".join(failure.allow)
            return json_answer(
                405,
                {
                    "message": f"The {call.request.method} method is not supported for route {_route(call)}. "
                    f"Supported methods: {allow}."
                },
                (("Allow", allow),),
            )
        case BodyTooLarge():  # CO-091
            return json_answer(413, {"message": "The POST data is too large."})
        case BodyTooSlow():  # CO-091
            return json_answer(408, {"message": "Request Timeout"})
        case _:  # a body that Laravel cannot read counts as an empty one (CO-085): see reading.py
            return json_answer(400, {"message": "Bad Request"})


def _route(call: Call) -> str:
    return call.request.path.strip("/")


def _validation(failure: ValuesInvalid, envelope: str) -> dict[str, Any]:
    """Return Laravel's 422 body: the first message, how many more, and all by field (CO-074)."""
    errors: dict[str, list[str]] = {}
    for problem in failure.problems:
        errors.setdefault(problem.field, []).append(problem.message)
    if envelope == "success":  # CO-087
        return {"success": False, "message": "Validation failed", "errors": errors}
    messages = [message for found in errors.values() for message in found]
    more = len(messages) - 1
    suffix = f" (and {more} more error{'s' if more > 1 else ''})" if more else ""
    return {"message": messages[0] + suffix, "errors": errors}
