"""The start of a session by the browser: a form with one signed token that carries everything."""

from datetime import UTC, datetime, timedelta

from contracts.bench import Bench
from contracts.claims import TOKEN
from contracts.constructor.auth import HEADER, jws, unsigned
from contracts.constructor.named.header_token import OTHER_SECRET
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import URLENCODED, browser, claims, finish, iso, start, status
from contracts.exchange import Answer
from contracts.safety import Profile

START = ("sessions.start",)
MANDATORY = {
    "userId": "CP-055", "accountId": "CP-070", "accountName": "CP-072", "examId": "CP-075",
    "examName": "CP-076",
    "duration": "CP-079", "schedule": "CP-081", "proctoring": "CP-082", "startDate": "CP-084",
    "endDate": "CP-085",
    "sessionId": "CP-149",
}  # fmt: skip
LENGTHS = {
    "userId": ("CP-055", 255), "lastName": ("CP-058", 255), "firstName": ("CP-059", 255),
    "thirdName": ("CP-060", 255),
    "sessionId": ("CP-149", 230),
}  # fmt: skip
CHECK = {"enabled": True, "photo_url": "https://school.org/photo.jpg"}


@REGISTER.contract(
    "constructor.start.start",
    "CP-004", "CP-024", "CP-025", "CP-028", "CP-029", "CP-030", "CP-033", "CP-045", "CP-149", "CP-150",
    "CP-172",
    operations=START,
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def start_a_session(bench: Bench) -> None:
    """The sample opens a test; exam, user, organization and session come into being on the way."""
    parameters = claims(bench)
    answer = start(bench, parameters)
    opened = answer.accepted
    bench.must(
        ("CP-028", "CP-024", "CP-025", "CP-029", "CP-030", "CP-004"),
        opened,
        "the start of the sample to be let in",
    )
    bench.holds("CP-150", opened, "a session with a sessionUrl to start")
    state = status(bench, parameters["sessionId"])
    exists = state.status == 200 and state.at("sessionId") == parameters["sessionId"]
    bench.holds(("CP-033", "CP-149", "CP-172"), exists, "the session to exist under its sessionId")
    changed = {**{name: parameters[name] for name in EXAM_FIELDS}, "examName": "Renamed"}
    again = bench.call("POST", f"/api/v2{browser(bench)}/exams/", json_body=changed)
    bench.holds(("CP-033", "CP-045"), again.status == 200, "the exam to exist since its first session")


@REGISTER.contract("constructor.start.encodings", "CP-031", "CP-032", profile=Profile.STANDARD)
def both_encodings_and_get(bench: Bench) -> None:
    """multipart works like urlencoded, and two clients use GET with the token in the query."""
    token = jws(HEADER, claims(bench), bench.credentials["jwt_secret"])
    answer = bench.call("POST", f"{browser(bench)}/start/", sign=False, files={TOKEN: (None, token)})
    bench.holds("CP-031", answer.accepted, "a multipart form to be let in")
    token = jws(HEADER, claims(bench), bench.credentials["jwt_secret"])
    answer = bench.call("GET", f"{browser(bench)}/start/", sign=False, query={TOKEN: token})
    bench.holds("CP-032", answer.accepted, "GET with the token in the query to be let in")


@REGISTER.contract(
    "constructor.start.token", "CP-024", "CP-029", "CP-036", "CP-257", "CP-265", profile=Profile.STANDARD
)
def bad_tokens(bench: Bench) -> None:
    """The data token is checked: missing, of another key, without signature, of other algorithms, changed."""
    secret, parameters = bench.credentials["jwt_secret"], claims(bench)
    good = jws(HEADER, parameters, secret)
    header, _, signature = good.split(".")
    other = jws(HEADER, {**parameters, "lastName": "Jones"}, secret).split(".")[1]
    for form in (
        {},
        {TOKEN: ""},
        {TOKEN: "no.token.atall"},
        {TOKEN: jws(HEADER, parameters, OTHER_SECRET)},
        {TOKEN: unsigned({"alg": "none", "typ": "JWT"}, parameters)},
        {TOKEN: jws({"alg": "HS512", "typ": "JWT"}, parameters, secret, digest="sha512")},
        {TOKEN: f"{header}.{other}.{signature}"},
    ):
        answer = _post(bench, form)
        bench.holds(
            ("CP-024", "CP-029", "CP-257"), answer.refused, "a start without a good data token to be refused"
        )
    bench.holds(("CP-036", "CP-265"), answer.status == 401, "401 for a data token that is not good")


@REGISTER.contract("constructor.start.expiry", "CP-025", "CP-026", "CP-257", profile=Profile.STANDARD)
def expiry_of_the_data_token(bench: Bench) -> None:
    """exp is optional in the data token and counts when it is there."""
    secret, now = bench.credentials["jwt_secret"], int(bench.clock.now())
    answer = _post(bench, {TOKEN: jws(HEADER, {**claims(bench), "exp": now + 30}, secret)})
    bench.holds(("CP-025", "CP-026"), answer.accepted, "a data token with exp to be let in")
    answer = _post(bench, {TOKEN: jws(HEADER, {**claims(bench), "exp": now - 3600}, secret)})
    bench.holds("CP-257", answer.refused, "an expired data token to be refused")


@REGISTER.contract(
    "constructor.start.mandatory", "CP-257", "CP-265", "CP-151", *MANDATORY.values(), profile=Profile.STANDARD
)
def mandatory_claims(bench: Bench) -> None:
    """Without any one of the mandatory claims no session starts."""
    for name, statement in {**MANDATORY, "sessionUrl": "CP-151"}.items():
        parameters = claims(bench)
        del parameters[name]
        answer = start(bench, parameters)
        bench.holds((statement, "CP-257"), answer.refused, f"a start without {name} to be refused")
    bench.holds("CP-265", answer.status == 400, "400 for a missing claim")


@REGISTER.contract(
    "constructor.start.lengths",
    "CP-055",
    "CP-058",
    "CP-059",
    "CP-060",
    "CP-061",
    "CP-062",
    "CP-149",
    profile=Profile.STANDARD,
)
def lengths(bench: Bench) -> None:
    """Texts may have the printed length and not one character more."""
    for name, (statement, longest) in LENGTHS.items():
        fitting = bench.unique(name).ljust(longest, "x")
        bench.holds(
            statement,
            start(bench, claims(bench, **{name: fitting})).accepted,
            f"{name} of {longest} characters to be taken",
        )
        bench.holds(
            statement,
            start(bench, claims(bench, **{name: fitting + "x"})).refused,
            f"{name} of {longest + 1} characters to be refused",
        )
    bench.holds("CP-061", start(bench, claims(bench, language="de")).accepted, "the language de to be taken")
    bench.holds(
        "CP-061", start(bench, claims(bench, language="german")).refused, "the language german to be refused"
    )
    bench.holds(
        "CP-062", start(bench, claims(bench, language="de-ch")).accepted, "the language de-ch to be taken"
    )


@REGISTER.contract(
    "constructor.start.optional",
    "CP-056", "CP-057", "CP-063", "CP-064", "CP-065", "CP-066", "CP-067", "CP-068", "CP-152", "CP-153",
    "CP-155",
    "CP-156", "CP-158",
    profile=Profile.STANDARD,
)  # fmt: skip
def optional_claims(bench: Bench) -> None:
    """What a start may carry besides, and what clients send in it."""
    biometric = {**CHECK, "skip_fail": False, "flow": "test-flow"}
    for statements, changes in (
        (("CP-056",), {"email": "john.smith@example.com"}),
        (("CP-057", "CP-158"), {"email": None}),
        (("CP-063",), {"specialAccommodationsInfo": None}),
        (("CP-064", "CP-065", "CP-066"), {"preliminaryCheck": CHECK}),
        (("CP-067",), {"biometricIdentification": biometric}),
        (("CP-068",), {"biometricIdentification": {**biometric, "theme": "dark"}}),
        (("CP-152",), {"sessionFinishUrl": "https://go.bananas.com/opentest/report/b3875623"}),
        (("CP-153",), {"redirectUrl": "https://go.bananas.com/"}),
        (("CP-155",), {"userId": 17, "accountId": 1}),
        (("CP-156",), {"someKey": "x"}),
    ):
        bench.holds(statements, start(bench, claims(bench, **changes)).accepted, f"{changes} to be taken")
    for statement, check in (
        ("CP-065", {"photo_url": CHECK["photo_url"]}),
        ("CP-066", {"enabled": True}),
        ("CP-065", {**CHECK, "enabled": "x"}),
    ):
        answer = start(bench, claims(bench, preliminaryCheck=check))
        bench.holds(("CP-064", statement), answer.refused, f"the preliminaryCheck {check} to be refused")


@REGISTER.contract(
    "constructor.start.window",
    "CP-038",
    "CP-042",
    "CP-084",
    "CP-085",
    "CP-175",
    "CP-266",
    profile=Profile.STANDARD,
)
def outside_the_window(bench: Bench) -> None:
    """Outside startDate and endDate the test cannot be started; without booking both are the session's."""
    now = datetime.fromtimestamp(bench.clock.now(), UTC)
    parameters = claims(bench, startDate=iso(now + timedelta(days=1)))
    answer = start(bench, parameters)
    state = status(bench, parameters["sessionId"])
    bench.holds(
        ("CP-084", "CP-042"), state.at("status") != "started", "a session before its time not to be started"
    )
    bench.holds("CP-175", state.at("status") == "early_to_start", "the status early_to_start")
    bench.holds(("CP-038", "CP-266"), answer.status == 200, "a page with status 200 instead of the test")
    parameters = claims(bench, startDate=iso(now - timedelta(days=3)), endDate=iso(now - timedelta(days=2)))
    start(bench, parameters)
    state = status(bench, parameters["sessionId"])
    bench.holds("CP-085", state.at("status") != "started", "a session after its time not to be started")


@REGISTER.contract(
    "constructor.start.booking", "CP-035", "CP-040", "CP-081", "CP-175", "CP-266", profile=Profile.STANDARD
)
def a_booking_is_needed(bench: Bench) -> None:
    """With schedule true the link opens a calendar, and nothing has started."""
    parameters = claims(bench, schedule=True)
    answer = start(bench, parameters)
    bench.holds(
        ("CP-035", "CP-266"),
        answer.status == 200 and "html" in answer.content_type,
        "a page with the calendar",
    )
    state = status(bench, parameters["sessionId"])
    bench.holds(
        ("CP-035", "CP-081", "CP-175"), state.at("status") == "not_scheduled", "the status not_scheduled"
    )
    given_up = finish(bench, parameters["sessionId"])
    bench.holds("CP-040", given_up.status == 200, "a finish call to be taken")


def _post(bench: Bench, form: dict[str, str]) -> Answer:
    return bench.call("POST", f"{browser(bench)}/start/", sign=False, form=form, headers=URLENCODED)


EXAM_FIELDS = (
    "accountId", "accountName", "examId", "examName", "duration", "schedule", "proctoring", "startDate",
    "endDate",
)  # fmt: skip
