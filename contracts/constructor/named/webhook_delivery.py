"""Where each webhook goes, which warnings there are, and what becomes of a webhook that is not taken."""

from contracts.bench import Bench
from contracts.constructor.named.webhooks import ADDRESSES, listening
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import claims, finish, start, started_session
from contracts.safety import Profile

# What no other webhook holds.
MARKS = {"/review": "conclusion", "/schedule": "event", "/warning": "id", "/agreement": "timestamp"}
PAUSES_SECONDS = (10, 60, 300, 1800, 7200)
# The clock of a mock runs on while this is asked; both sides of a due time are looked at from so far away.
MARGIN_SECONDS = 5
WARNINGS = (
    "EXTRA_USER_IN_FRAME", "SUBSTITUTION_USER", "NO_USER_IN_FRAME", "AVERT_EYES", "TIMEOUT",
    "CHANGE_ACTIVE_WINDOW_ON_COMPUTER", "TALK", "FORBIDDEN_SOFTWARE", "FORBIDDEN_DEVICE", "VOICE_DETECTED",
    "PHONE", "EXTRA_DISPLAY", "BOOKS", "CHEATER", "MIC_MUTED", "MIC_NO_SOUND", "MIC_NO_DEVICE_CONNECTED",
    "CAMERA_NO_PICTURE", "CAMERA_NO_DEVICE_CONNECTED", "NONVERBAL", "PHONE_SCREEN", "NO_PING",
    "DESKTOP_REQUEST_PENDING",
)  # fmt: skip


@REGISTER.contract(
    "constructor.delivery.addresses", "CP-006", "CP-007", operations=("sessions.start",), profile=Profile.FULL
)
def each_to_its_address(bench: Bench) -> None:
    """Each of the four webhooks goes to the address that the customer has given for it."""
    with listening(bench, "CP-006", "CP-007") as open_:
        if open_ is None:
            return
        admin, receiver = open_
        session_id = started_session(bench)
        admin.event("constructor", "candidate_accepts_agreement", session_id=session_id)
        admin.event("constructor", "warning_raised", session_id=session_id, type="WARNING_AVERT_EYES")
        finish(bench, session_id)
        admin.event("constructor", "proctor_concludes", session_id=session_id, conclusion="accepted")
        booked = claims(bench, schedule=True, duration=60)
        start(bench, booked)
        admin.event("constructor", "candidate_books", session_id=booked["sessionId"])
        for path in ADDRESSES.values():
            came = [one.json for one in receiver.wait_for(path)]
            right = came and all(isinstance(body, dict) and MARKS[path] in body for body in came)
            statement = "CP-007" if path == "/agreement" else "CP-006"
            bench.holds(statement, right, f"at {path} what is told there, and nothing else")


@REGISTER.contract(
    "constructor.delivery.warnings", "CP-214", operations=("sessions.start",), profile=Profile.FULL
)
def all_warnings(bench: Bench) -> None:
    """Every one of the 23 warnings stands in the result by its upper-case name."""
    with listening(bench, "CP-214") as open_:
        if open_ is None:
            return
        admin, receiver = open_
        session_id = started_session(bench)
        names = {f"WARNING_{name}" for name in WARNINGS}
        for name in sorted(names):
            # By a proctor: rules of an exam keep software from raising some of them.
            admin.event("constructor", "warning_raised", session_id=session_id, type=name, cyber=False)
        finish(bench, session_id)
        admin.event("constructor", "proctor_concludes", session_id=session_id, conclusion="accepted")
        came = receiver.wait_for("/review")
        body = came[-1].json if came else None
        told = (
            {warning.get("type") for warning in body.get("warnings", ())} if isinstance(body, dict) else set()
        )
        bench.holds("CP-214", told == names, "the 23 warnings by their upper-case names")


@REGISTER.contract(
    "constructor.delivery.retries", "CP-280", operations=("sessions.start",), profile=Profile.FULL
)
def sent_again_until_it_is_taken(bench: Bench) -> None:
    """What is not answered with 2xx is sent again after each pause, and not once more after it was taken."""
    with listening(bench, "CP-280") as open_:
        if open_ is None:
            return
        admin, receiver = open_
        receiver.refuse("/agreement", len(PAUSES_SECONDS))
        session_id = started_session(bench)
        admin.event("constructor", "candidate_accepts_agreement", session_id=session_id)
        passed, sent = 0.0, 1
        try:
            bench.holds("CP-280", len(receiver.wait_for("/agreement")) == sent, "the webhook at once")
            for pause in PAUSES_SECONDS:
                admin.move_clock(passed + pause - MARGIN_SECONDS)
                admin.settle()
                early = len(receiver.wait_for("/agreement", sent))
                passed += pause + MARGIN_SECONDS
                admin.move_clock(passed)
                sent += 1
                again = len(receiver.wait_for("/agreement", sent))
                as_assumed = (early, again) == (sent - 1, sent)
                if not bench.holds("CP-280", as_assumed, f"the webhook again after {pause} s, no sooner"):
                    return  # each of the others would be waited for
            admin.move_clock(passed + 2 * PAUSES_SECONDS[-1])
            admin.settle()
            bench.holds(
                "CP-280", len(receiver.wait_for("/agreement", sent)) == sent, "no more once it is taken"
            )
        finally:
            admin.real_time()
