"""What can go wrong with Constructor's sessions."""

from __future__ import annotations

from typing import Annotated, Any

from mockserver.errors import MethodNotAllowed
from mockserver.room import Room
from mockserver.seeded_faults.changing import (
    change_answer,
    change_json,
    change_refusal,
    forget,
    take,
    with_json,
    with_status,
    with_text,
    wrap,
)
from mockserver.seeded_faults.fault import Faults
from mockserver.vendors.constructor import VENDOR, sessions
from mockserver.vendors.constructor.errors import SessionNotFound
from mockserver.vendors.constructor.fields import identifier, text
from mockserver.vendors.constructor.page import redirect
from mockserver.vendors.constructor.routes import browser

FAULTS = Faults("constructor")
ANY_LENGTH = 100_000
LONG_AGO, FAR_AHEAD = 0, 10**14


@FAULTS.add("start-not-kept", breaks="CP-033", at="sessions.start")
def start_not_kept() -> None:
    """A start leaves no session behind."""
    forget(VENDOR, "sessions.start")


@FAULTS.add("window-ignored", breaks="CP-042 CP-084 CP-175", at="sessions.start")
def window_ignored() -> None:
    """A session can be started at any time."""
    _replace_property("window_ms", lambda _: (LONG_AGO, FAR_AHEAD))


@FAULTS.add("end-of-window-ignored", breaks="CP-085", at="sessions.start")
def end_of_window_ignored() -> None:
    """A session can be started after its window."""
    real: Any = vars(sessions.Session)["window_ms"].fget
    _replace_property("window_ms", lambda session: (real(session)[0], FAR_AHEAD))


@FAULTS.add("schedule-ignored", breaks="CP-035 CP-081", at="sessions.start")
def schedule_ignored() -> None:
    """A scheduled exam starts without a booking."""
    _replace_property("scheduled", lambda _: False)


@FAULTS.add("longer-session-ids", breaks="CP-149", at="sessions.start")
def longer_session_ids() -> None:
    """The id of a session may have any length."""
    take(VENDOR, "sessions.start", sessionId=(Annotated[int | str, identifier(ANY_LENGTH)], ...))


@FAULTS.add("any-language", breaks="CP-061", at="sessions.start")
def any_language() -> None:
    """Any text is a language."""
    take(VENDOR, "sessions.start", language=(Annotated[str, text()], "en"))


@FAULTS.add("user-optional", breaks="CP-055", at="sessions.start")
def user_optional() -> None:
    """A start needs no userId."""
    take(VENDOR, "sessions.start", userId=(Any, "nobody"))


@FAULTS.add("check-unchecked", breaks="CP-065", at="sessions.start")
def check_unchecked() -> None:
    """A preliminaryCheck can be anything."""
    take(VENDOR, "sessions.start", preliminaryCheck=(Any, None))


@FAULTS.add("unknown-session-with-200", breaks="CP-174", at="sessions.status")
def unknown_session_with_200() -> None:
    """The status of an unknown session is an empty object."""
    change_refusal(VENDOR, SessionNotFound, lambda answer: with_json(with_status(200)(answer), lambda _: {}))


@FAULTS.add("unknown-session-in-other-words", breaks="CP-261", at="sessions.finish")
def unknown_session_in_other_words() -> None:
    """An unknown session has another message."""
    change_refusal(VENDOR, SessionNotFound, with_text("Not found.", "No such session."))


@FAULTS.add("status-without-end", breaks="CP-177", at="sessions.status")
def status_without_end() -> None:
    """The status does not say when a session ended."""
    change_json(
        VENDOR,
        "sessions.status",
        lambda body: {key: value for key, value in body.items() if key != "sessionEnd"},
    )


@FAULTS.add("times-as-numbers", breaks="CP-177", at="sessions.status")
def times_as_numbers() -> None:
    """The times of a session are seconds since 1970."""
    change_json(VENDOR, "sessions.status", lambda body: {**body, "sessionStart": 1_700_000_000})


@FAULTS.add("unknown-status", breaks="CP-175", at="sessions.status")
def unknown_status() -> None:
    """A running session is `in_progress`."""
    change_answer(VENDOR, "sessions.status", with_text('"started"', '"in_progress"'))


@FAULTS.add("numbers-as-texts", breaks="CP-071", at="sessions.status")
def numbers_as_texts() -> None:
    """A numeric accountId is a text in the status."""
    change_json(VENDOR, "sessions.status", lambda body: {**body, "accountId": str(body["accountId"])})


@FAULTS.add("finish-not-kept", breaks="CP-166 CP-175", at="sessions.finish")
def finish_not_kept() -> None:
    """A finished session goes on."""
    forget(VENDOR, "sessions.finish")


@FAULTS.add("finished-twice", breaks="CP-166", at="sessions.finish")
def finished_twice() -> None:
    """Finishing a second time is answered like the first time."""
    change_answer(VENDOR, "sessions.finish", with_text("not_changed", "finished"))


@FAULTS.add("empty-finish-refused", breaks="CP-163", at="sessions.finish")
def empty_finish_refused() -> None:
    """Finishing without sessionFinishUrl is refused."""
    take(VENDOR, "sessions.finish", sessionFinishUrl=(str, ...))


@FAULTS.add("any-finish-url", breaks="CP-163", at="sessions.finish")
def any_finish_url() -> None:
    """Any text is a sessionFinishUrl."""
    take(VENDOR, "sessions.finish", sessionFinishUrl=(str, ""))


@FAULTS.add("finish-answers-otherwise", breaks="CP-165", at="sessions.finish")
def finish_answers_otherwise() -> None:
    """Finishing is answered with a status."""
    change_json(VENDOR, "sessions.finish", lambda body: {"status": body["message"]})


@FAULTS.add("browser-goes-nowhere", breaks="CP-192", at="sessions.browser_finish")
def browser_goes_nowhere() -> None:
    """After the end the browser goes to an address of ours."""
    wrap(browser, "redirect", lambda _: lambda _url: redirect("https://example.org/"))


@FAULTS.add("browser-finishes-nothing", breaks="CP-190", at="sessions.browser_finish")
def browser_finishes_nothing() -> None:
    """The browser is sent on and the session goes on."""
    forget(VENDOR, "sessions.browser_finish")


@FAULTS.add("archive-of-nothing", breaks="CP-189", at="sessions.archive")
def archive_of_nothing() -> None:
    """The archive shows an empty page for an unknown session."""
    change_refusal(VENDOR, SessionNotFound, with_status(200))


@FAULTS.add("archive-without-user", breaks="CP-181", at="sessions.archive")
def archive_without_user() -> None:
    """The archive opens for nobody in particular."""
    take(VENDOR, "sessions.archive", userId=(Any, "nobody"))


@FAULTS.add("archive-lengths", breaks="CP-182", at="sessions.archive")
def archive_lengths() -> None:
    """A name in the archive's token may have any length."""
    take(VENDOR, "sessions.archive", lastName=(str, ""))


@FAULTS.add("wrong-method-with-404", breaks="CP-262", at="sessions.status")
def wrong_method_with_404() -> None:
    """A wrong method is answered like a wrong address."""
    change_refusal(VENDOR, MethodNotAllowed, with_status(404))


@FAULTS.add("slash-not-needed", breaks="CP-258", at="sessions.status")
def slash_not_needed() -> None:
    """An address works without its slash at the end."""
    wrap(
        Room,
        "_find",
        lambda real: (
            lambda room, path, method: real(room, path if path.endswith("/") else f"{path}/", method)
        ),
    )


def _replace_property(name: str, get: Any) -> None:
    setattr(sessions.Session, name, property(get))
