"""Status and finish of a session, by the client system and by the browser."""

from urllib.parse import urlsplit

from contracts.bench import Bench
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import api, browser, claims, finish, start, started_session, status
from contracts.safety import Profile

KEYS = {"accountId", "sessionId", "status", "sessionStart", "sessionEnd"}
FINISH_URL = {"sessionFinishUrl": "https://go.bananas.com/opentest/report/b3875623"}


@REGISTER.contract(
    "constructor.sessions.unknown",
    "CP-014",
    "CP-171",
    "CP-174",
    "CP-261",
    operations=("sessions.status",),
    control=True,
)
def unknown_session(bench: Bench) -> None:
    """The status of a session that does not exist is 404."""
    answer = status(bench, f"{bench.tag}-nowhere")
    bench.must(("CP-174", "CP-171", "CP-014"), answer.status == 404, "status 404 for an unknown session")
    bench.holds("CP-261", answer.json == {"detail": "Not found."}, 'the body {"detail": "Not found."}')


@REGISTER.contract(
    "constructor.sessions.status",
    "CP-014", "CP-071", "CP-171", "CP-172", "CP-173", "CP-175", "CP-177",
    operations=("sessions.start", "sessions.status"),
    profile=Profile.STANDARD,
)  # fmt: skip
def status_of_a_running_session(bench: Bench) -> None:
    """A started session shows its ids, the status started, its start and no end yet."""
    session_id = started_session(bench, accountId="123")
    answer = status(bench, session_id)
    bench.holds(
        ("CP-173", "CP-171", "CP-014"),
        answer.status == 200 and set(answer.json) == KEYS,
        f"200 with {sorted(KEYS)}",
    )
    bench.holds("CP-172", answer.at("sessionId") == session_id, "the sessionId of the start")
    bench.holds("CP-173", answer.at("accountId") == "123", "the accountId of the start")
    bench.holds("CP-175", answer.at("status") == "started", "the status started")
    times = isinstance(answer.at("sessionStart"), str) and answer.at("sessionEnd") is None
    bench.holds("CP-177", times, "a time in sessionStart and null in sessionEnd")
    number = claims(bench, accountId=77)
    start(bench, number)
    bench.holds(
        "CP-071", status(bench, number["sessionId"]).at("accountId") == 77, "a numeric accountId as a number"
    )


@REGISTER.contract(
    "constructor.sessions.finish",
    "CP-004", "CP-013", "CP-161", "CP-162", "CP-163", "CP-165", "CP-166", "CP-170", "CP-175", "CP-177",
    operations=("sessions.start", "sessions.finish"),
    profile=Profile.STANDARD,
)  # fmt: skip
def finish_a_session(bench: Bench) -> None:
    """Finishing answers finished, then not_changed; the status follows."""
    session_id = started_session(bench)
    answer = finish(bench, session_id)
    done = answer.status == 200 and answer.json == {"message": "finished"}
    bench.holds(
        ("CP-165", "CP-161", "CP-162", "CP-163", "CP-004", "CP-013"), done, "200 with message finished"
    )
    again = finish(bench, session_id)
    bench.holds(
        "CP-166",
        again.status == 200 and again.json == {"message": "not_changed"},
        "200 with message not_changed",
    )
    state = status(bench, session_id)
    bench.holds("CP-175", state.at("status") == "finished", "the status finished")
    bench.holds("CP-177", isinstance(state.at("sessionEnd"), str), "a time in sessionEnd")
    answer = finish(bench, started_session(bench), FINISH_URL)
    bench.holds(
        ("CP-163", "CP-170"),
        answer.json == {"message": "finished"},
        "a body with sessionFinishUrl to be taken",
    )


@REGISTER.contract(
    "constructor.sessions.finish_unknown", "CP-162", "CP-169", "CP-261", profile=Profile.STANDARD
)
def finish_an_unknown_session(bench: Bench) -> None:
    """A session that was never started cannot be finished."""
    answer = finish(bench, f"{bench.tag}-nowhere")
    bench.holds("CP-162", answer.refused, "an unknown session to be refused")
    bench.holds(
        ("CP-169", "CP-261"),
        answer.status == 404 and answer.json == {"detail": "Not found."},
        "404 with a detail",
    )


@REGISTER.contract("constructor.sessions.finish_url", "CP-163", profile=Profile.STANDARD)
def finish_url_is_checked(bench: Bench) -> None:
    """sessionFinishUrl is an address."""
    answer = finish(bench, started_session(bench), {"sessionFinishUrl": "no address"})
    bench.holds("CP-163", answer.refused, "a sessionFinishUrl that is no address to be refused")


@REGISTER.contract(
    "constructor.browser.finish",
    "CP-190", "CP-191", "CP-192",
    operations=("sessions.start", "sessions.browser_finish"),
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def finish_by_browser(bench: Bench) -> None:
    """The browser ends a session and is sent on to redirectUrl."""
    session_id = started_session(bench)
    path = f"{browser(bench)}/finish/{session_id}/"
    answer = bench.call("GET", path, sign=False, query={"redirectUrl": "https://go.bananas.com/done"})
    bench.must(("CP-190", "CP-191"), answer.accepted, "the address to be served")
    target = urlsplit(answer.header("location"))
    bench.holds(
        "CP-192", answer.status == 302 and target.netloc == "go.bananas.com", "a redirect to redirectUrl"
    )
    bench.holds("CP-190", status(bench, session_id).at("status") == "finished", "the session to be finished")


@REGISTER.contract(
    "constructor.sessions.methods",
    "CP-258",
    "CP-262",
    operations=("sessions.start", "sessions.status"),
    profile=Profile.FULL,
)
def other_methods_and_addresses(bench: Bench) -> None:
    """Another method is 405 with Allow; an address without its slash does not reach the handler."""
    answer = bench.call("PUT", f"{api(bench)}/sessions/{bench.tag}-x/status/", json_body={})
    allowed = answer.status == 405 and "GET" in answer.header("allow")
    bench.holds(
        "CP-262",
        allowed and answer.at("detail") == 'Method "PUT" not allowed.',
        "405 with Allow and a detail",
    )
    session_id = started_session(bench)
    answer = bench.call("GET", f"{api(bench)}/sessions/{session_id}/status")
    bench.holds("CP-258", answer.status != 200, "an address without its slash not to reach the handler")
