"""What Consero can take wrongly, or not keep."""

from __future__ import annotations

import dataclasses
from typing import Annotated, Any

from pydantic import BeforeValidator

from mockserver.body import FORM
from mockserver.seeded_faults.changing import (
    Function,
    change_json,
    forget,
    take,
    wrap,
    wrap_handler,
    wrap_part,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendor import Call, json_answer
from mockserver.vendors.consero import VENDOR, allocations, routes

FAULTS = Faults("consero")
AnyInteger = Annotated[int, BeforeValidator(lambda value: int(float(value)))]


@FAULTS.add("email-unchecked", breaks="CO-037", at="candidates.allocate")
def email_unchecked() -> None:
    """Any text is taken as an e-mail address."""
    take(VENDOR, "candidates.allocate", candidate_email=(str, ...))


@FAULTS.add("decimals-as-ids", breaks="CO-036", at="candidates.allocate")
def decimals_as_ids() -> None:
    """119.5 is taken as the examination 119."""
    take(VENDOR, "candidates.allocate", examination_id=(AnyInteger, ...))


@FAULTS.add("invite-id-unchecked", breaks="CO-053", at="allocations.cancel")
def invite_id_unchecked() -> None:
    """Whatever is no number cancels nothing and is answered as a success."""
    take(VENDOR, "allocations.cancel", invite_id=(Any, ...))
    wrap_handler(
        VENDOR,
        "allocations.cancel",
        lambda real: (
            lambda call, params: (
                real(call, params=params)
                if isinstance(params.invite_id, int)
                else _cancelled(params.invite_id)
            )
        ),
    )


@FAULTS.add("forms-unread", breaks="CO-086", at="candidates.allocate")
def forms_unread() -> None:
    """A form body counts as an empty one."""
    wrap_part(
        VENDOR, "read", lambda real: lambda call: {} if call.request.content_type == FORM else real(call)
    )


@FAULTS.add("type-believed", breaks="CO-100", at="candidates.allocate")
def type_believed() -> None:
    """JSON that is declared as a form counts as an empty body."""

    def make(real: Function) -> Function:
        def read(call: Call) -> Any:
            request = call.request
            return {} if request.content_type == FORM and request.body[:1] == b"{" else real(call)

        return read

    wrap_part(VENDOR, "read", make)


@FAULTS.add("content-type-demanded", breaks="CO-021 CO-022", at="allocations.cancel")
def content_type_demanded() -> None:
    """JSON without a Content-Type counts as an empty body."""
    wrap_part(VENDOR, "read", lambda real: lambda call: real(call) if call.request.content_type else {})


@FAULTS.add("query-unread", breaks="CO-093", at="candidates.allocate")
def query_unread() -> None:
    """Fields of the query are not read."""

    def make(real: Function) -> Function:
        def read(call: Call) -> Any:
            call.request = dataclasses.replace(call.request, query_string=b"")
            return real(call)

        return read

    wrap_part(VENDOR, "read", make)


@FAULTS.add("paging", breaks="CO-032", at="examinations.list")
def paging() -> None:
    """The list has pages of one."""
    wrap_handler(
        VENDOR,
        "examinations.list",
        lambda real: (
            lambda call: (
                dataclasses.replace(real(call), body=b"[]")
                if b"page=2" in call.request.query_string
                else real(call)
            )
        ),
    )


@FAULTS.add("second-invite", breaks="CO-096", at="candidates.allocate")
def second_invite() -> None:
    """Allocating the same candidate a second time makes a second invite."""

    def make(real: Function) -> Function:
        def handler(call: Call, params: Any) -> Any:
            settings = call.sandbox.settings["consero"].model_copy(
                update={"repeated_allocation": "new_invite"}
            )
            settings = {**call.sandbox.settings, "consero": settings}
            call.sandbox = dataclasses.replace(call.sandbox, settings=settings)
            return real(call, params=params)

        return handler

    wrap_handler(VENDOR, "candidates.allocate", make)


@FAULTS.add("letter-case-of-email", breaks="CO-097", at="candidates.allocate")
def letter_case_of_email() -> None:
    """Candidates whose addresses differ in letter case are two."""
    for module in (allocations, routes):
        wrap(module, "candidate_key", lambda _: lambda email: email)


@FAULTS.add("cancellation-not-kept", breaks="CO-094", at="allocations.cancel")
def cancellation_not_kept() -> None:
    """A cancellation is answered and not stored."""
    forget(VENDOR, "allocations.cancel")


@FAULTS.add("unknown-invite-cancelled", breaks="CO-057", at="allocations.cancel")
def unknown_invite_cancelled() -> None:
    """An invite that does not exist is cancelled all the same."""
    wrap_handler(VENDOR, "allocations.cancel", lambda _: lambda _call, params: _cancelled(params.invite_id))


@FAULTS.add("wrong-candidate-echoed", breaks="CO-040", at="candidates.allocate")
def wrong_candidate_echoed() -> None:
    """The answer repeats another e-mail address than the one that was sent."""
    change_json(
        VENDOR,
        "candidates.allocate",
        lambda body: {**body, "data": {**body["data"], "candidate_email": "somebody@example.com"}},
    )


def _cancelled(invite_id: Any) -> Any:
    return json_answer(
        200,
        {
            "success": True,
            "message": "Allocation cancelled successfully.",
            "data": {"invite_id": invite_id, "status": "inValid"},
        },
    )
