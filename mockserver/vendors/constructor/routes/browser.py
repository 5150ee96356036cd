"""What a browser opens: the start of a test, the end of one, the archive (CP-028, CP-179, CP-190)."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urljoin

from pydantic import Field

from mockserver.errors import Problem, ValuesInvalid
from mockserver.moment import moment_of
from mockserver.vendor import Answer, Call, Operations
from mockserver.vendors.constructor import life, sessions
from mockserver.vendors.constructor.claims import ArchiveClaims, DataToken, StartClaims
from mockserver.vendors.constructor.errors import SessionNotFound
from mockserver.vendors.constructor.fields import url
from mockserver.vendors.constructor.page import message_page, origin_of, redirect, root
from mockserver.vendors.constructor.schemas import Parameters
from mockserver.vendors.constructor.sessions import Session
from mockserver.vendors.constructor.settings import settings_of
from mockserver.vendors.constructor.views import archive_page, session_page

operations = Operations()


class BrowserFinish(Parameters):
    """The query of the browser's finish (CP-191)."""

    redirectUrl: Annotated[str | None, url()] = Field(
        default=None, description="Where the browser goes afterwards"
    )


@operations.add(
    "POST GET",
    "/integration/simple/{integration_name}/start/",
    "sessions.start",
    statements="CP-024 CP-025 CP-028 CP-029 CP-031 CP-032 CP-033 CP-034 CP-035 CP-038 CP-041 CP-272",
    answers={302: None, 200: None, 400: None, 401: None},
    door="data",
    sends=DataToken,
    shows="page",
)
def start(call: Call, integration_name: str, params: StartClaims) -> Answer:
    """Start a proctored test."""
    del integration_name
    settings = settings_of(call.sandbox)
    session = sessions.open_link(moment_of(call), params, call.base_url)
    status = session.status(call.now_ms, settings)
    if status == "ready_to_start" and settings.session_start == "immediate":
        session = life.begin(moment_of(call), session)
        status = session.state
    if status in ("ready_to_start", "started"):
        return redirect(f"{root(call.request.path)}session/{session.page_key}/")  # CP-034
    return session_page(call, session)  # CP-266


@operations.add(
    "GET POST",
    "/integration/simple/{integration_name}/archive/{session_id}/",
    "sessions.archive",
    statements="CP-024 CP-179 CP-180 CP-186 CP-188 CP-189",
    answers={200: None, 400: None, 401: None, 404: None},
    door="data",
    sends=DataToken,
    shows="page",
)
def open_archive(call: Call, integration_name: str, session_id: str, params: ArchiveClaims) -> Answer:
    """Open a session in the video archive."""
    del integration_name
    if str(params.sessionId) != session_id:
        raise ValuesInvalid(
            [Problem("sessionId", "mismatch", "This is not the session of the address.")]  # CP-277
        )
    session = sessions.find(call.db, call.sandbox.id, session_id)
    if session is None:
        raise SessionNotFound
    return archive_page(call, session, params)


@operations.add(
    "GET",
    "/integration/simple/{integration_name}/finish/{session_id}/",
    "sessions.browser_finish",
    statements="CP-190 CP-191 CP-192 CP-278",
    answers={302: None, 200: None, 400: None, 404: None},
    door="none",
    shows="page",
)
def finish_by_browser(call: Call, integration_name: str, session_id: str, params: BrowserFinish) -> Answer:
    """End a session by sending the browser here."""
    del integration_name
    session = sessions.find(call.db, call.sandbox.id, session_id)
    if session is None:
        raise SessionNotFound
    if params.redirectUrl and not _is_known(session, params.redirectUrl):
        raise ValuesInvalid([Problem("redirectUrl", "foreign", "This address is not one of the session.")])
    life.end(moment_of(call), session)
    target = params.redirectUrl or session.finish_url
    if target:
        return redirect(target)
    return message_page(200, "The test is finished", "You can close this page.", path=call.request.path)


def _is_known(session: Session, target: str) -> bool:
    """Tell whether the signed link of the session names an address of the same origin (CP-278).

    The call carries no token, so the address could be anybody's.
    """
    named = ("sessionUrl", "sessionFinishUrl", "redirectUrl")
    addresses = [session.claims.get(name) for name in named] + [session.own_finish_url]
    return origin_of(urljoin(target, "/")) in {origin_of(str(address)) for address in addresses if address}
