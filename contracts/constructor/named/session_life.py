"""The states of a session around its booking, its start and its end."""

import json
from datetime import UTC, datetime, timedelta

from contracts.bench import Bench
from contracts.constructor.auth import HEADER, jws
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import (
    browser,
    claims,
    finish,
    iso,
    start,
    started_session,
    status,
)
from contracts.safety import Profile

NOT_CHANGED = {"message": "not_changed"}


@REGISTER.contract(
    "constructor.life.started",
    "CP-272",
    operations=("sessions.start", "sessions.status"),
    profile=Profile.STANDARD,
)
def open_link_is_a_start(bench: Bench) -> None:
    """An opened link starts the session."""
    session_id = started_session(bench)
    bench.holds("CP-272", status(bench, session_id).at("status") == "started", "the status started")


@REGISTER.contract("constructor.life.no_account", "CP-281", profile=Profile.FULL)
def start_without_an_account(bench: Bench) -> None:
    """Where one client's start without accountId is taken, one without accountName is, too."""
    if bench.admin is None:
        bench.not_exercised("CP-281", "whether a real server takes a start without accountId is not known")
        return
    bench.admin.change_settings("constructor", {"require_account_id_on_start": False})
    try:
        parameters = claims(bench)
        del parameters["accountId"]
        bench.need(start(bench, parameters).accepted, "a start without accountId is refused")
        del parameters["accountName"]
        bench.holds("CP-281", start(bench, parameters).accepted, "a start without accountName, too")
    finally:
        bench.admin.change_settings("constructor", {"require_account_id_on_start": True})


@REGISTER.contract("constructor.life.same", "CP-274", profile=Profile.STANDARD)
def one_session_of_one_id(bench: Bench) -> None:
    """A second link of the same sessionId is the same session, with the parameters of its start."""
    parameters = claims(bench, accountId="first")
    bench.need(start(bench, parameters).accepted, "no session could be started")
    before = status(bench, parameters["sessionId"])
    bench.need(start(bench, parameters | {"firstName": "Joan"}).accepted, "the second link is refused")
    after = status(bench, parameters["sessionId"])
    bench.holds("CP-274", before.json == after.json, "the session as it was started")


@REGISTER.contract("constructor.life.before_and_after", "CP-273", profile=Profile.STANDARD)
def outside_of_the_window(bench: Bench) -> None:
    """Before startDate a session without a booking is early, after endDate late."""
    now = datetime.fromtimestamp(bench.clock.now(), UTC)
    for days, state in ((2, "early_to_start"), (-2, "late_to_start")):
        begin = now + timedelta(days=days)
        window = {"startDate": iso(begin), "endDate": iso(begin + timedelta(hours=1))}
        parameters = claims(bench, **window)
        start(bench, parameters)
        answer = status(bench, parameters["sessionId"])
        bench.holds("CP-273", answer.at("status") == state, f"the status {state}")


@REGISTER.contract("constructor.life.not_started", "CP-276", profile=Profile.STANDARD)
def finish_before_the_start(bench: Bench) -> None:
    """A session that has neither started nor a booking is not changed by a finish call."""
    parameters = claims(bench, schedule=True)
    bench.need(start(bench, parameters).accepted, "the calendar is not shown")
    answer = finish(bench, parameters["sessionId"])
    bench.holds(
        "CP-276", answer.status == 200 and answer.json == NOT_CHANGED, f"200 with {json.dumps(NOT_CHANGED)}"
    )


@REGISTER.contract("constructor.life.archive", "CP-277", profile=Profile.STANDARD)
def archive_of_another_session(bench: Bench) -> None:
    """An archive token opens the session that it names, no other."""
    named, asked = started_session(bench), started_session(bench)
    token = jws(HEADER, {"userId": "u1", "sessionId": named}, bench.credentials["jwt_secret"])
    for session_id, opened in ((named, True), (asked, False)):
        path = f"{browser(bench)}/archive/{session_id}/"
        answer = bench.call("GET", path, sign=False, query={"token": token})
        right = answer.accepted if opened else answer.refused
        bench.holds("CP-277", right, f"the token of {named} at {session_id}")


@REGISTER.contract("constructor.life.redirect", "CP-278", profile=Profile.STANDARD)
def redirect_to_a_stranger(bench: Bench) -> None:
    """The browser's finish does not lead to an origin that the session never named."""
    path = f"{browser(bench)}/finish/{started_session(bench)}/"
    answer = bench.call("GET", path, sign=False, query={"redirectUrl": "https://stranger.example/"})
    bench.holds("CP-278", "stranger.example" not in answer.header("location"), "no redirect to a stranger")
