"""The video archive: a signed token lets a proctor in."""

from typing import Any

from contracts.bench import Bench
from contracts.claims import TOKEN
from contracts.constructor.auth import HEADER, jws, unsigned
from contracts.constructor.named.header_token import OTHER_SECRET
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import URLENCODED, browser, started_session
from contracts.exchange import Answer
from contracts.safety import Profile

ARCHIVE = ("sessions.start", "sessions.archive")
LENGTHS = {
    "userId": ("CP-181", 255), "lastName": ("CP-182", 255), "firstName": ("CP-183", 255),
    "thirdName": ("CP-184", 255),
}  # fmt: skip


@REGISTER.contract(
    "constructor.archive.open",
    "CP-004", "CP-024", "CP-179", "CP-180", "CP-181", "CP-182", "CP-183", "CP-184", "CP-185", "CP-186",
    "CP-187", "CP-188",
    "CP-189",
    operations=ARCHIVE,
    profile=Profile.STANDARD,
    control=True,
)  # fmt: skip
def open_the_archive(bench: Bench) -> None:
    """GET and POST open the session for the user of the token."""
    session_id = _session(bench)
    answer = _get(bench, session_id, _claims(session_id))
    bench.must(
        ("CP-179", "CP-024", "CP-180", "CP-181", "CP-187", "CP-189", "CP-004"),
        answer.accepted,
        "GET to open the session",
    )
    bench.holds("CP-188", answer.status in {200, 302}, "status 200 or 302")
    token = jws(HEADER, _claims(session_id), bench.credentials["jwt_secret"])
    posted = bench.call("POST", _path(bench, session_id), sign=False, form={TOKEN: token}, headers=URLENCODED)
    bench.holds("CP-179", posted.accepted, "POST to open the session")
    full = _claims(session_id) | {
        "lastName": "Smith", "firstName": "John", "thirdName": "", "language": "en", "returnUrl": "https://school.org/",
    }  # fmt: skip
    answer = _get(bench, session_id, full)
    bench.holds(
        ("CP-182", "CP-183", "CP-184", "CP-185", "CP-186"),
        answer.accepted,
        "names, language and returnUrl to be taken",
    )


@REGISTER.contract(
    "constructor.archive.token", "CP-024", "CP-180", "CP-257", "CP-265", profile=Profile.STANDARD
)
def bad_tokens(bench: Bench) -> None:
    """Without a good token the archive stays closed."""
    session_id = _session(bench)
    claims, secret = _claims(session_id), bench.credentials["jwt_secret"]
    for token in (None, "", "no.token.atall", jws(HEADER, claims, OTHER_SECRET),
                  unsigned({"alg": "none"}, claims),
                  jws(HEADER, {**claims, "exp": int(bench.clock.now()) - 3600}, secret)):  # fmt: skip
        query = {} if token is None else {TOKEN: token}
        answer = bench.call("GET", _path(bench, session_id), sign=False, query=query)
        bench.holds(
            ("CP-024", "CP-180", "CP-257"), answer.refused, "a request without a good token to be refused"
        )
    bench.holds("CP-265", answer.status == 401, "401 for a token that is not good")


@REGISTER.contract("constructor.archive.claims", "CP-181", "CP-187", "CP-265", profile=Profile.STANDARD)
def mandatory_claims(bench: Bench) -> None:
    """userId and sessionId are mandatory in the token."""
    session_id = _session(bench)
    for statement, name in (("CP-181", "userId"), ("CP-187", "sessionId")):
        claims = _claims(session_id)
        del claims[name]
        answer = _get(bench, session_id, claims)
        bench.holds(statement, answer.refused, f"a token without {name} to be refused")
    bench.holds("CP-265", answer.status == 400, "400 for a missing claim")


@REGISTER.contract(
    "constructor.archive.lengths",
    "CP-181",
    "CP-182",
    "CP-183",
    "CP-184",
    "CP-185",
    "CP-186",
    "CP-187",
    profile=Profile.STANDARD,
)
def lengths(bench: Bench) -> None:
    """Texts may have the printed length and not one character more."""
    session_id = _session(bench)
    for name, (statement, longest) in LENGTHS.items():
        taken = _get(bench, session_id, _claims(session_id) | {name: "x" * longest})
        bench.holds(statement, taken.accepted, f"{name} of {longest} characters to be taken")
        refused = _get(bench, session_id, _claims(session_id) | {name: "x" * (longest + 1)})
        bench.holds(statement, refused.refused, f"{name} of {longest + 1} characters to be refused")
    url = "https://school.org/".ljust(255, "r")
    bench.holds(
        "CP-186",
        _get(bench, session_id, _claims(session_id) | {"returnUrl": url}).accepted,
        "a returnUrl of 255 characters to be taken",
    )
    for statement, changes in (
        ("CP-186", {"returnUrl": url + "r"}),
        ("CP-185", {"language": "english"}),
        ("CP-187", {"sessionId": "x" * 231}),
    ):
        answer = _get(bench, session_id, _claims(session_id) | changes)
        bench.holds(statement, answer.refused, f"{next(iter(changes))} beyond its length to be refused")


@REGISTER.contract("constructor.archive.unknown", "CP-189", "CP-265", profile=Profile.STANDARD)
def unknown_session(bench: Bench) -> None:
    """A session that was never started has no archive."""
    name = f"{bench.tag}-nowhere"
    answer = _get(bench, name, _claims(name))
    bench.holds("CP-189", answer.refused, "an unknown session to be refused")
    bench.holds("CP-265", answer.status == 404, "404 for an unknown session")


def _session(bench: Bench) -> str:
    if "archived" not in bench.shelf:
        bench.shelf["archived"] = started_session(bench)
    session_id: str = bench.shelf["archived"]
    return session_id


def _claims(session_id: str) -> dict[str, Any]:
    return {"userId": "proctor@example.com", "sessionId": session_id}


def _get(bench: Bench, session_id: str, claims: dict[str, Any]) -> Answer:
    token = jws(HEADER, claims, bench.credentials["jwt_secret"])
    return bench.call("GET", _path(bench, session_id), sign=False, query={TOKEN: token})


def _path(bench: Bench, session_id: str) -> str:
    return f"{browser(bench)}/archive/{session_id}/"
