"""Our own pages behind the start of a test, and what their buttons do.

Whoever knows the page key is the test taker.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from mockserver.errors import Problem, ValuesInvalid
from mockserver.moment import moment_of
from mockserver.vendor import Answer, Call, Handler, Operations
from mockserver.vendors.constructor import life, sessions
from mockserver.vendors.constructor.calendar import cancel_deadline_ms, is_slot
from mockserver.vendors.constructor.errors import PageNotFound
from mockserver.vendors.constructor.fields import read_time
from mockserver.vendors.constructor.page import FILES, file, redirect
from mockserver.vendors.constructor.schemas import Slot
from mockserver.vendors.constructor.sessions import Session
from mockserver.vendors.constructor.settings import settings_of
from mockserver.vendors.constructor.views import session_page

operations = Operations()
PAGE = "/integration/simple/{integration_name}/session/{page_key}"
ANSWERS: Mapping[int, None] = {302: None, 404: None}


def button(
    name: str, *, statements: str, answers: Mapping[int, None] = ANSWERS
) -> Callable[[Handler], Handler]:
    """Declare what a button of the page does, besides CP-279, on which all of them rest."""
    return operations.add(
        "POST",
        f"{PAGE}/{name}/",
        f"pages.{name.replace('-', '_')}",
        statements=f"{statements} CP-279",
        answers=answers,
        door="none",
        shows="page",
    )


@operations.add(
    "GET",
    f"{PAGE}/",
    "pages.session",
    statements="CP-034 CP-035 CP-038 CP-039 CP-150 CP-233 CP-279",
    answers={200: None, 404: None},
    door="none",
    shows="page",
)
def show_session(call: Call, integration_name: str, page_key: str) -> Answer:
    """Show the session as it stands."""
    del integration_name
    return session_page(call, _session(call, page_key))


@button("agree", statements="CP-078 CP-229")
def agree(call: Call, integration_name: str, page_key: str) -> Answer:
    """Accept the user agreement."""
    del integration_name
    life.accept_agreement(moment_of(call), _session(call, page_key))
    return redirect("../")


@button("begin", statements="CP-041 CP-272")
def begin(call: Call, integration_name: str, page_key: str) -> Answer:
    """Begin the test, where that is possible now."""
    del integration_name
    session = _session(call, page_key)
    if session.status(call.now_ms, settings_of(call.sandbox)) == "ready_to_start":
        life.begin(moment_of(call), session)
    return redirect("../")


@button("book", statements="CP-035 CP-039 CP-040", answers={302: None, 400: None, 404: None})
def book(call: Call, integration_name: str, page_key: str, params: Slot) -> Answer:
    """Book a slot."""
    del integration_name
    session = _session(call, page_key)
    start_ms = read_time(params.start)
    if not session.scheduled or session.state != "open" or not is_slot(session, start_ms, call.now_ms):
        raise ValuesInvalid([Problem("start", "slot", "This time cannot be booked (any more).")])
    life.book(moment_of(call), session, start_ms)
    return redirect("../")


@button("give-up", statements="CP-040 CP-043 CP-220", answers={302: None, 400: None, 404: None})
def give_up(call: Call, integration_name: str, page_key: str) -> Answer:
    """Give up the booking, until its deadline."""
    del integration_name
    session = _session(call, page_key)
    settings = settings_of(call.sandbox)
    if session.booked_ms is not None and call.now_ms > cancel_deadline_ms(session.booked_ms, settings):
        raise ValuesInvalid([Problem("start", "deadline", "It is too late to give up this booking.")])
    life.give_up(moment_of(call), session)
    return redirect("../")


@button("finish", statements="CP-152 CP-164")
def finish(call: Call, integration_name: str, page_key: str) -> Answer:
    """End the test and go on to the address of the client (CP-152)."""
    del integration_name
    session = _session(call, page_key)
    ended = life.end(moment_of(call), session)
    return redirect(session.finish_url if ended and session.finish_url else "../")


@operations.add(
    "GET",
    "/integration/simple/{integration_name}/static/{name}",
    "pages.file",
    statements="CP-279",
    answers={200: None, 404: None},
    door="open",
    shows="page",
)
def show_file(call: Call, integration_name: str, name: str) -> Answer:
    """Get a style sheet or script of our pages."""
    del call, integration_name
    content = file(name)
    if content is None:
        raise PageNotFound
    return Answer(200, content, FILES[name], (("X-Content-Type-Options", "nosniff"),))


def _session(call: Call, page_key: str) -> Session:
    session = sessions.find_by_page(call.db, call.sandbox.id, page_key)
    if session is None:
        raise PageNotFound
    return session
