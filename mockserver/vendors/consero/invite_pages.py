"""The page behind an invite link. Consero describes none; this one plays it, for a browser."""

from __future__ import annotations

from mockserver.moment import moment_of
from mockserver.store import Row
from mockserver.vendor import Answer, Call, Operations
from mockserver.vendors.consero import invites
from mockserver.vendors.consero.errors import InviteUnknown
from mockserver.vendors.consero.page import back_to, page
from mockserver.vendors.consero.settings import settings_of

operations = Operations()


@operations.add(
    "GET",
    "/exam/start/{token}",
    "pages.invite",
    statements="CO-042 CO-052 CO-099",
    answers={200: None, 403: None, 404: None},
)
def show_invite(call: Call, token: str) -> Answer:
    """Show what the invite leads to."""
    allocation = _invited(call)
    match allocation["state"]:
        case "allocated":
            return page(
                200,
                allocation["name"],
                "You are invited to this exam.",
                action=f"../start/{token}",
                label="Start the exam",
            )
        case "started":
            return page(
                200,
                allocation["name"],
                "The exam is running.",
                action=f"../finish/{token}",
                label="Finish the exam",
            )
        case "completed":
            return page(200, allocation["name"], "You have taken this exam.")
    return page(403, allocation["name"], "This invitation was cancelled.")  # CO-052, CO-099


@operations.add(
    "POST",
    "/exam/start/{token}",
    "pages.begin",
    statements="CO-042 CO-052 CO-099",
    answers={302: None, 404: None},
)
def begin(call: Call, token: str) -> Answer:
    """Start the exam, unless the invite was cancelled."""
    invites.begin(moment_of(call), _invited(call)["id"])
    return back_to(f"../start/{token}")


@operations.add(
    "POST",
    "/exam/finish/{token}",
    "pages.finish",
    statements="CO-052 CO-099",
    answers={302: None, 404: None},
)
def finish(call: Call, token: str) -> Answer:
    """End a running exam with the score that the sandbox is set to, unless the invite was cancelled."""
    allocation = _invited(call)
    if allocation["state"] == "started":
        score = settings_of(call.sandbox).exam_score
        invites.end(moment_of(call), allocation["id"], allocation["started_ms"], score)
    return back_to(f"../start/{token}")


def _invited(call: Call) -> Row:
    allocation = invites.find(call.db, call.sandbox.id, call.subject)
    if allocation is None:
        raise InviteUnknown
    return allocation
