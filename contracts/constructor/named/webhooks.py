"""The four calls from the vendor to the customer, and what a booking does.

A real vendor cannot reach this machine, so these run against a mock: its control API says where webhooks go
and makes happen what they tell of.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import TYPE_CHECKING

from contracts.bench import Bench
from contracts.claims import claims_in
from contracts.constructor.auth import jws
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import claims, finish, start, started_session, status
from contracts.places import AnswerSchema
from contracts.receiver import Received, Receiver
from contracts.safety import Profile
from contracts.verdict import Evidence, Sight

if TYPE_CHECKING:
    from contracts.admin import Admin

ADDRESSES = {
    "review_url": "/review",
    "schedule_url": "/schedule",
    "warning_url": "/warning",
    "agreement_acceptance_url": "/agreement",
}
NO_WAY = "a vendor cannot reach this machine; only a mock can be told where its webhooks go"
TOKEN = ("CP-193", "CP-194")


@contextmanager
def listening(bench: Bench, *statements: str) -> Iterator["tuple[Admin, Receiver] | None"]:
    """A receiver to which the mock sends its webhooks, or None where there is no mock."""
    if bench.admin is None:
        bench.not_exercised(statements, NO_WAY)
        yield None
        return
    with Receiver() as receiver:
        bench.admin.change_settings(
            "constructor", {name: receiver.url + path for name, path in ADDRESSES.items()}
        )
        try:
            yield bench.admin, receiver
        finally:
            bench.admin.change_settings("constructor", dict.fromkeys(ADDRESSES))


@REGISTER.contract(
    "constructor.webhooks.review",
    *TOKEN, "CP-196", "CP-197", "CP-198", "CP-199", "CP-201", "CP-202", "CP-203", "CP-204", "CP-205",
    "CP-206", "CP-207",
    "CP-209", "CP-211", "CP-213",
    operations=("sessions.start",),
    profile=Profile.FULL,
)  # fmt: skip
def review(bench: Bench) -> None:
    """The result comes when it is set and again on every change, with all fields of the guide."""
    cited = ("CP-196", "CP-202", "CP-203", "CP-213", *TOKEN)
    with listening(bench, *cited) as open_:
        if open_ is None:
            return
        admin, receiver = open_
        session_id = started_session(bench, accountId="107")
        for kind in ("WARNING_FORBIDDEN_DEVICE", "WARNING_AVERT_EYES", "WARNING_PHONE"):
            admin.event("constructor", "warning_raised", session_id=session_id, type=kind)
        finish(bench, session_id)
        for conclusion in ("accepted", "rejected", "unknown"):
            admin.event(
                "constructor",
                "proctor_concludes",
                session_id=session_id,
                conclusion=conclusion,
                score=65,
                comment="seen",
            )
        came = receiver.wait_for("/review", 3)
        bench.holds("CP-196", len(came) >= 3, "a call for the result and one for every change")
        conclusions = [_of(one, "conclusion") for one in came]
        bench.holds(
            ("CP-202", "CP-203"),
            {"accepted", "rejected", "unknown"} <= set(map(str, conclusions)),
            "the three conclusions",
        )
        bench.holds("CP-201", "accepted" in conclusions, "the conclusion accepted")
        last = came[-1].json if came else {}
        bench.holds("CP-198", last.get("sessionId") == session_id, "the sessionId of the start")
        bench.holds("CP-197", last.get("accountId") == "107", "the accountId of the start")
        types = {warning.get("type") for warning in last.get("warnings", ())}
        bench.holds(
            "CP-213",
            types == {"WARNING_FORBIDDEN_DEVICE", "WARNING_AVERT_EYES", "WARNING_PHONE"},
            "the three warnings",
        )
        _judge(bench, "webhooks.review", came)


@REGISTER.contract(
    "constructor.webhooks.warning",
    *TOKEN, "CP-213", "CP-221", "CP-222", "CP-223", "CP-224", "CP-225", "CP-226", "CP-227", "CP-228",
    operations=("sessions.start",),
    profile=Profile.FULL,
)  # fmt: skip
def warning(bench: Bench) -> None:
    """Every warning found by software is told at once."""
    with listening(bench, "CP-221", *TOKEN) as open_:
        if open_ is None:
            return
        admin, receiver = open_
        session_id = started_session(bench, accountId="123")
        for kind in ("WARNING_AVERT_EYES", "WARNING_PHONE"):
            admin.event("constructor", "warning_raised", session_id=session_id, type=kind)
        came = receiver.wait_for("/warning", 2)
        bench.holds(
            "CP-221",
            [_of(one, "type") for one in came] == ["WARNING_AVERT_EYES", "WARNING_PHONE"],
            "a call for each warning",
        )
        same = all(_of(one, "sessionId") == session_id and _of(one, "accountId") == "123" for one in came)
        bench.holds(("CP-222", "CP-223"), bool(came) and same, "the ids of the start")
        _judge(bench, "webhooks.warning", came)


@REGISTER.contract(
    "constructor.webhooks.agreement",
    *TOKEN, "CP-229", "CP-230", "CP-231", "CP-232",
    operations=("sessions.start",),
    profile=Profile.FULL,
)  # fmt: skip
def agreement(bench: Bench) -> None:
    """An accepted agreement is told, with its time."""
    with listening(bench, "CP-229", *TOKEN) as open_:
        if open_ is None:
            return
        admin, receiver = open_
        session_id = started_session(bench, accountId=123)
        admin.event("constructor", "candidate_accepts_agreement", session_id=session_id)
        came = receiver.wait_for("/agreement")
        bench.holds("CP-229", len(came) == 1, "one call for the accepted agreement")
        bench.holds(
            "CP-231", bool(came) and _of(came[0], "sessionId") == session_id, "the sessionId of the start"
        )
        bench.holds("CP-230", bool(came) and _of(came[0], "accountId") == 123, "the accountId as it was sent")
        _judge(bench, "webhooks.agreement_acceptance", came)


@REGISTER.contract(
    "constructor.webhooks.schedule",
    *TOKEN, "CP-040", "CP-041", "CP-167", "CP-168", "CP-175", "CP-215", "CP-216", "CP-217", "CP-218",
    "CP-219", "CP-220",
    operations=("sessions.start", "sessions.finish", "sessions.status"),
    profile=Profile.FULL,
)  # fmt: skip
def schedule(bench: Bench) -> None:
    """A booking is told, given up by a finish call, made again, and started with the same link."""
    with listening(bench, "CP-041", "CP-167", "CP-168", "CP-215", *TOKEN) as open_:
        if open_ is None:
            return
        admin, receiver = open_
        parameters = claims(bench, schedule=True, accountId="123", duration=60)
        session_id = parameters["sessionId"]
        start(bench, parameters)
        admin.event("constructor", "candidate_books", session_id=session_id)
        given_up = finish(bench, session_id)
        bench.holds("CP-167", given_up.status == 200, "the finish call to give the booking up")
        bench.holds("CP-168", given_up.at("message") == "canceled", "the message canceled")
        free_again = status(bench, session_id).at("status") == "not_scheduled"
        bench.holds(("CP-040", "CP-167"), free_again, "the status not_scheduled again")
        admin.event("constructor", "candidate_books", session_id=session_id)
        came = receiver.wait_for("/schedule", 3)
        told = [_of(one, "event") for one in came]
        bench.holds(
            ("CP-215", "CP-218"),
            told == ["scheduled", "canceled", "scheduled"],
            "a call for each booking and for its end",
        )
        same = all(_of(one, "sessionId") == session_id and _of(one, "accountId") == "123" for one in came)
        bench.holds(("CP-216", "CP-217"), bool(came) and same, "the ids of the start")
        _judge(bench, "webhooks.schedule", came)
        _start_the_booked(bench, admin, parameters, str(_of(came[-1], "start")) if came else "")


def _start_the_booked(bench: Bench, admin: "Admin", parameters: dict[str, object], booked: str) -> None:
    """Go to the booked time and open the same link with the same parameters."""
    wait_seconds = datetime.fromisoformat(booked).timestamp() - bench.clock.now() + 1
    admin.move_clock(max(wait_seconds, 0))
    try:
        ready = status(bench, str(parameters["sessionId"])).at("status")
        bench.holds("CP-175", ready == "ready_to_start", "the status ready_to_start at the booked time")
        start(bench, parameters)
        state = status(bench, str(parameters["sessionId"])).at("status")
        bench.holds(("CP-040", "CP-041"), state == "started", "the booked exam to start with the same link")
    finally:
        admin.real_time()


def _judge(bench: Bench, name: str, came: list[Received]) -> None:
    """Hold every call against the document, field by field, and its token against the secret."""
    surface = bench.door.surface
    content = surface.document["webhooks"][name]["post"]["requestBody"]["content"]
    schema = AnswerSchema(surface, content["application/json"]["schema"])
    note: Callable[[str, Sight, str], None] = lambda statement, sight, seen: bench.evidence.append(  # noqa: E731
        Evidence(statement, sight, f"document.{name}", seen)
    )
    for one in came:
        faults = list(schema.faults(one.json))
        for fault in faults:
            if fault.statement is not None:
                note(fault.statement, Sight.AGAINST, f"{name} told {fault.path}: {fault.message}")
        for path, statement in schema.kept(one.json, [fault.path for fault in faults]):
            note(statement, Sight.FOR, f"{name} told {'/'.join(map(str, path)) or 'its body'} as documented")
        scheme, _, token = one.headers.get("Authorization", "").partition(" ")
        payload = claims_in(token)
        signed = token == jws(
            claims_in(f".{token.partition('.')[0]}"), payload, bench.credentials["jwt_secret"]
        )
        as_json = one.method == "POST" and one.headers.get("Content-Type", "").startswith("application/json")
        bench.holds(
            "CP-193", as_json and scheme == "JWT" and signed, "POST with JSON and a token of the same secret"
        )
        bench.holds(
            "CP-194", isinstance(payload, dict) and set(payload) == {"exp"}, "exp alone in the payload"
        )


def _of(received: Received, name: str) -> object:
    return received.json.get(name) if isinstance(received.json, dict) else None
