"""What a test taker or proctor is shown of a session."""

from __future__ import annotations

from mockserver.clock import as_datetime, iso
from mockserver.vendor import Answer, Call
from mockserver.vendors.constructor import queries
from mockserver.vendors.constructor.calendar import cancel_deadline_ms, slots
from mockserver.vendors.constructor.claims import ArchiveClaims
from mockserver.vendors.constructor.page import (
    Markup,
    fill,
    framed,
    joined,
    origin_of,
    page,
    root,
)
from mockserver.vendors.constructor.sessions import Session, utc
from mockserver.vendors.constructor.settings import ConstructorSettings, settings_of

NONE_YET = "none yet"


def session_page(call: Call, session: Session) -> Answer:
    """Return the page that fits the status: calendar, waiting, agreement, start, test, or the end."""
    settings = settings_of(call.sandbox)
    status = session.status(call.now_ms, settings)
    content = _content(call, session, status, settings)
    return page(
        200,
        str(session.exam["examName"]),
        content,
        path=call.request.path,
        subtitle=f"{session.exam['examName']}: {status.replace('_', ' ')}",
    )


def archive_page(call: Call, session: Session, viewer: ArchiveClaims) -> Answer:
    """Return what the archive shows of a session; Back leads where the token says (CP-186)."""
    warnings = call.db.all(queries.LIST_WARNINGS, sandbox_id=call.sandbox.id, session_id=session.key)
    claims = session.claims
    content = fill(
        "archive.html",
        session=session.key,
        viewer=_name(viewer.firstName, viewer.thirdName, viewer.lastName) or viewer.userId,
        user=_name(claims.get("firstName"), claims.get("thirdName"), claims.get("lastName"))
        or claims["userId"],
        exam=session.exam["examName"],
        status=session.status(call.now_ms, settings_of(call.sandbox)),
        started=utc(session.started_ms) or NONE_YET,
        ended=utc(session.ended_ms) or NONE_YET,
        conclusion=session.conclusion or NONE_YET,
        score=NONE_YET if session.score is None else session.score,
        comment=session.comment or "",
        video="recorded" if session.recorded else "not there (yet)",
        warnings=joined(
            [
                fill(
                    "warning.html",
                    start=utc(warning["start_ms"]),
                    type=warning["type"],
                    finder="found by software" if warning["cyber"] else "found by a person",
                )
                for warning in warnings
            ]
        ),
        back=fill("link.html", url=viewer.returnUrl, text="Back") if viewer.returnUrl else Markup(""),
    )
    return page(200, f"Session {session.key}", content, path=call.request.path)


def _content(call: Call, session: Session, status: str, settings: ConstructorSettings) -> Markup:
    here = {"root": root(call.request.path), "page_key": session.page_key}
    agreement_url = session.exam.get("userAgreementUrl")
    if status == "not_scheduled":
        return _calendar(call, session)
    if status == "late_to_start":
        late = fill(
            "message.html", heading="Too late", sentence="The time for starting this test has passed."
        )
        return joined([late, _calendar(call, session)]) if session.scheduled else late
    if status == "early_to_start":
        return _early(call, session, settings)
    if status == "finished":
        return _finished(session)
    if agreement_url and session.agreed_ms is None:
        return fill("agreement.html", agreement_url=agreement_url, **here)
    if status == "ready_to_start":
        exam = session.exam
        return fill("begin.html", duration=exam["duration"], proctoring=exam["proctoring"], **here)
    url = str(session.claims["sessionUrl"])
    return fill("test.html", framed_url=framed(url, origin_of(call.base_url)), origin=origin_of(url), **here)


def _calendar(call: Call, session: Session) -> Markup:
    """Offer slots (CP-035, CP-039)."""
    free = slots(session, call.now_ms)
    if not free:
        return fill("message.html", heading="No free time", sentence="There is no time left for this test.")
    return fill(
        "calendar.html",
        duration=session.exam["duration"],
        root=root(call.request.path),
        page_key=session.page_key,
        slots=joined(
            [fill("slot.html", start=_minute(start_ms), exactly=iso(start_ms)) for start_ms in free]
        ),
    )


def _early(call: Call, session: Session, settings: ConstructorSettings) -> Markup:
    """Tell when the test can be started, and offer to give up a booking (CP-038, CP-040)."""
    if session.booked_ms is None:
        begin = f"{_minute(session.window_ms[0])} UTC"
        return fill(
            "message.html", heading="Too early", sentence=f"This test can be started from {begin} on."
        )
    until = f"{_minute(cancel_deadline_ms(session.booked_ms, settings))} UTC"
    return fill(
        "booked.html",
        start=f"{_minute(session.booked_ms)} UTC",
        sentence=f"Come back at that time with the same link. The booking can be given up until {until}.",
        root=root(call.request.path),
        page_key=session.page_key,
    )


def _finished(session: Session) -> Markup:
    """Say that it is over; without an address to go to, the test taker stays here (CP-164)."""
    sentence = fill("finished.html", sentence="Thank you. The recording is being looked at.")
    if session.finish_url is None:
        return sentence
    return joined([sentence, fill("link.html", url=session.finish_url, text="Continue")])


def _minute(at_ms: int) -> str:
    return f"{as_datetime(at_ms):%Y-%m-%d %H:%M}"


def _name(*parts: object) -> str:
    return " ".join(str(part) for part in parts if part)
