"""The header token of the calls from the client system: who signed it, how, and for how long."""

import base64
import json
from typing import Any

from contracts.bench import Bench
from contracts.constructor.auth import HEADER, jws, unsigned
from contracts.constructor.register import REGISTER
from contracts.constructor.samples import api
from contracts.exchange import Answer
from contracts.safety import Profile

REFUSAL = {"detail": "Invalid token."}
# No secret: it only has to differ from the account's.
OTHER_SECRET = "contracts-other-secret-that-nobody-uses"  # noqa: S105


@REGISTER.contract(
    "constructor.header.right", "CP-012", "CP-013", "CP-015", "CP-016", "CP-017", "CP-018", control=True
)
def right_token(bench: Bench) -> None:
    """A token made by the recipe lets a call through: it gets an answer about the session."""
    answer = ask(
        bench, f"JWT {jws(HEADER, {'exp': seconds_from_now(bench, 30)}, bench.credentials['jwt_secret'])}"
    )
    bench.must(
        ("CP-012", "CP-013", "CP-015", "CP-016", "CP-017", "CP-018"),
        answer.status not in {401, 403} and answer.status < 500,
        "a token made by the recipe to be let in",
    )


@REGISTER.contract("constructor.header.missing", "CP-012", "CP-018", "CP-259")
def missing_or_empty(bench: Bench) -> None:
    """Without a token, or with an empty one, nobody gets in."""
    for value in (None, "", "JWT", "JWT "):
        answer = ask(bench, value)
        bench.holds(("CP-012", "CP-018"), kept_out(answer), "a call without a token to be refused")
        bench.holds(
            "CP-259", answer.status == 401 and answer.json == REFUSAL, f"401 with {json.dumps(REFUSAL)}"
        )


@REGISTER.contract("constructor.header.scheme", "CP-012", "CP-257")
def other_scheme(bench: Bench) -> None:
    """The scheme word is JWT: Bearer and Token are refused, and so is the bare token."""
    token = jws(HEADER, {"exp": seconds_from_now(bench, 30)}, bench.credentials["jwt_secret"])
    for value in (f"Bearer {token}", f"Token {token}", token):
        answer = ask(bench, value)
        bench.holds(
            ("CP-012", "CP-257"), kept_out(answer), f"the scheme {value.split(' ')[0][:8]} to be refused"
        )


@REGISTER.contract("constructor.header.other_secret", "CP-015", "CP-018", "CP-257", "CP-259")
def other_secret(bench: Bench) -> None:
    """A token signed with another key is refused."""
    for secret in (OTHER_SECRET, "", bench.credentials["jwt_secret"] + "x"):
        answer = ask(bench, f"JWT {jws(HEADER, {'exp': seconds_from_now(bench, 30)}, secret)}")
        bench.holds(("CP-015", "CP-018", "CP-257"), kept_out(answer), "a token of another key to be refused")
    bench.holds("CP-259", answer.status == 401 and answer.json == REFUSAL, f"401 with {json.dumps(REFUSAL)}")


@REGISTER.contract("constructor.header.algorithm", "CP-015", "CP-257")
def other_algorithms(bench: Bench) -> None:
    """Only HS256: none, HS384, HS512 and RS256 in the header are refused."""
    secret, claims = bench.credentials["jwt_secret"], {"exp": seconds_from_now(bench, 30)}
    tokens = [unsigned({"alg": name, "typ": "JWT"}, claims) for name in ("none", "None", "NONE")]
    tokens += [
        jws({"alg": "HS512", "typ": "JWT"}, claims, secret, digest="sha512"),
        jws({"alg": "HS384", "typ": "JWT"}, claims, secret, digest="sha384"),
        jws({"alg": "RS256", "typ": "JWT"}, claims, secret),
        jws({"typ": "JWT"}, claims, secret),
        unsigned(HEADER, claims),
    ]
    for token in tokens:
        answer = ask(bench, f"JWT {token}")
        bench.holds(("CP-015", "CP-257"), kept_out(answer), "any other algorithm than HS256 to be refused")


@REGISTER.contract("constructor.header.changed", "CP-015", "CP-018", "CP-257")
def changed_payload(bench: Bench) -> None:
    """A payload changed after signing is refused."""
    secret = bench.credentials["jwt_secret"]
    header, _, signature = jws(HEADER, {"exp": seconds_from_now(bench, 30)}, secret).split(".")
    payload = jws(HEADER, {"exp": seconds_from_now(bench, 3000)}, secret).split(".")[1]
    answer = ask(bench, f"JWT {header}.{payload}.{signature}")
    bench.holds(("CP-015", "CP-018", "CP-257"), kept_out(answer), "a changed payload to be refused")


@REGISTER.contract("constructor.header.expiry", "CP-016", "CP-017", "CP-018", "CP-257")
def expired(bench: Bench) -> None:
    """A token is fresh: expired ones are refused, and so are those that never expire."""
    secret = bench.credentials["jwt_secret"]
    for claims in ({"exp": seconds_from_now(bench, -3600)}, {"exp": 1612994131}, {}):
        answer = ask(bench, f"JWT {jws(HEADER, claims, secret)}")
        bench.holds(
            ("CP-016", "CP-018", "CP-257"), kept_out(answer), f"the payload {list(claims)} to be refused"
        )


@REGISTER.contract("constructor.header.exp_is_a_number", "CP-016", "CP-257")
def expiry_of_other_types(bench: Bench) -> None:
    """exp is a number: texts, lists, booleans and null are refused."""
    secret = bench.credentials["jwt_secret"]
    for value in (str(seconds_from_now(bench, 30)), [seconds_from_now(bench, 30)], True, None, "soon"):
        answer = ask(bench, f"JWT {jws(HEADER, {'exp': value}, secret)}")
        bench.holds(
            "CP-016", kept_out(answer), f"an exp that is no number ({type(value).__name__}) to be refused"
        )


@REGISTER.contract("constructor.header.five_minutes", "CP-021", "CP-022")
def five_minutes_ahead(bench: Bench) -> None:
    """The vendor's own plugin sends now + 300 s, so that has to work."""
    answer = ask(
        bench, f"JWT {jws(HEADER, {'exp': seconds_from_now(bench, 300)}, bench.credentials['jwt_secret'])}"
    )
    bench.holds(("CP-021", "CP-022"), answer.status not in {401, 403}, "an exp 300 s ahead to be let in")


@REGISTER.contract("constructor.header.clients", "CP-244", "CP-246")
def headers_of_real_clients(bench: Bench) -> None:
    """CATS writes typ before alg, the SDK page writes no typ."""
    secret, claims = bench.credentials["jwt_secret"], {"exp": seconds_from_now(bench, 30)}
    answer = ask(bench, f"JWT {jws({'typ': 'JWT', 'alg': 'HS256'}, claims, secret)}")
    bench.holds("CP-244", answer.status not in {401, 403}, "a header of another order to be let in")
    answer = ask(bench, f"JWT {jws({'alg': 'HS256'}, claims, secret)}")
    bench.holds("CP-246", answer.status not in {401, 403}, "a header without typ to be let in")


@REGISTER.contract("constructor.header.again", "CP-020")
def token_used_twice(bench: Bench) -> None:
    """Until it expires a token can be used again: nothing in it is made for one request."""
    value = f"JWT {jws(HEADER, {'exp': seconds_from_now(bench, 30)}, bench.credentials['jwt_secret'])}"
    first, second = ask(bench, value), ask(bench, value)
    bench.holds("CP-020", first.status == second.status, "the same answer twice")


@REGISTER.contract("constructor.header.junk", "CP-012", "CP-257")
def junk(bench: Bench) -> None:
    """Junk in base64, padding, other numbers of segments and the JSON form are refused."""
    token = jws(HEADER, {"exp": seconds_from_now(bench, 30)}, bench.credentials["jwt_secret"])
    header, payload, signature = token.split(".")
    as_json = json.dumps({"protected": header, "payload": payload, "signature": signature})
    junk_signature = base64.urlsafe_b64encode(b"no signature at all").decode()
    for value in (f"{token}=", f"{header}.{payload}", f"{token}.{signature}",
                  f"{header}.!{payload}.{signature}",
                  f"{header}.{payload}.{junk_signature}", as_json, "eyJ", "...",
                  f"{token} {token}"):  # fmt: skip
        answer = ask(bench, f"JWT {value}")
        bench.holds(
            ("CP-012", "CP-257"),
            kept_out(answer),
            "a token in another form than the compact one to be refused",
        )


@REGISTER.contract("constructor.header.elsewhere", "CP-012")
def token_elsewhere(bench: Bench) -> None:
    """A good token in the query does not count."""
    token = jws(HEADER, {"exp": seconds_from_now(bench, 30)}, bench.credentials["jwt_secret"])
    answer = bench.call("GET", _path(bench), sign=False, query={"token": token, "jwt": token})
    bench.holds("CP-012", kept_out(answer), "a token in the query to be refused")


@REGISTER.contract("constructor.header.other_integration", "CP-005", "CP-259")
def other_integration(bench: Bench) -> None:
    """The integration name in the address chooses the account: an unknown one lets nobody in."""
    token = jws(HEADER, {"exp": seconds_from_now(bench, 30)}, bench.credentials["jwt_secret"])
    path = f"/api/v2/integration/simple/{bench.tag}-nobody/sessions/x/status/"
    answer = bench.call("GET", path, sign=False, headers={"Authorization": f"JWT {token}"})
    bench.holds("CP-005", kept_out(answer), "an unknown integration to be refused")
    bench.holds("CP-259", answer.status == 401 and answer.json == REFUSAL, f"401 with {json.dumps(REFUSAL)}")


@REGISTER.contract("constructor.header.everywhere", "CP-012", profile=Profile.STANDARD)
def every_call_checks_the_token(bench: Bench) -> None:
    """Creating an exam and finishing a session ask for the token, too."""
    for path in ("/exams/", f"/sessions/{bench.tag}-x/finish/"):
        answer = bench.call("POST", api(bench) + path, sign=False, json_body={})
        bench.holds("CP-012", answer.status in {401, 403}, "a call without a token to be refused as such")


@REGISTER.contract("constructor.header.clock", "CP-016", "CP-017", "CP-018", profile=Profile.FULL)
def token_grows_old(bench: Bench) -> None:
    """The same token is good now and refused once its time is over."""
    if bench.admin is None:
        return  # the other contracts of the family decide the same statements
    value = f"JWT {jws(HEADER, {'exp': seconds_from_now(bench, 30)}, bench.credentials['jwt_secret'])}"
    fresh = ask(bench, value)
    bench.need(fresh.status not in {401, 403}, "the fresh token is not let in")
    bench.admin.move_clock(600)
    try:
        bench.holds(
            ("CP-016", "CP-017", "CP-018"),
            kept_out(ask(bench, value)),
            "the token to be refused ten minutes later",
        )
    finally:
        bench.admin.real_time()


def kept_out(answer: Answer) -> bool:
    """Whether the token was refused: 404 is what a good one gets, as there is no such session."""
    return answer.refused and answer.status != 404


def ask(bench: Bench, authorization: str | None) -> Answer:
    """The harmless call: the status of a session that does not exist."""
    headers: dict[str, str] = {"Content-Type": "application/json"}
    if authorization is not None:
        headers["Authorization"] = authorization
    return bench.call("GET", _path(bench), sign=False, headers=headers)


def _path(bench: Bench) -> str:
    return f"{api(bench)}/sessions/{bench.tag}-nowhere/status/"


def seconds_from_now(bench: Bench, seconds: int) -> Any:
    return int(bench.clock.now()) + seconds
