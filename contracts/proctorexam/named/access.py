"""Who gets in: token, signature, timestamp and nonce of every request."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from contracts.bench import Bench
from contracts.exchange import Answer
from contracts.proctorexam.auth import ACCEPT, digest, new_nonce, sign, text_to_sign
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

REFUSAL = "You are not authorized to access this page."
# No secret: it only has to differ from the account's.
OTHER_SECRET = "contracts-other-secret-that-nobody-uses-1234"  # noqa: S105
DAY_SECONDS = 24 * 3600


@REGISTER.contract(
    "proctorexam.token.right",
    "PE-014", "PE-016", "PE-019", "PE-026", "PE-027", "PE-029", "PE-030", "PE-031", "PE-032", "PE-058",
    "PE-064", "PE-240",
    operations=("exams.index",),
    control=True,
)  # fmt: skip
def right_token_and_signature(bench: Bench) -> None:
    """A request made by the rules is let in."""
    answer = ask(bench, signed(bench))
    bench.must(
        (
            "PE-014",
            "PE-016",
            "PE-019",
            "PE-026",
            "PE-027",
            "PE-029",
            "PE-030",
            "PE-031",
            "PE-032",
            "PE-058",
            "PE-064",
        ),
        answer.status == 200,
        "a request signed by the rules to be let in",
    )
    bench.holds("PE-240", isinstance(answer.at("exams"), list), "a list under exams")


@REGISTER.contract("proctorexam.token.wrong", "PE-014", "PE-463", "PE-214")
def wrong_tokens(bench: Bench) -> None:
    """Without a token, with another one or under another scheme nobody gets in."""
    token = bench.credentials["api_token"]
    for value in (None, "", "Token token=", f"Token token={token[:-1]}", "Token token=AAAAAAAAAAAAAAAAAAAAAA",
                  f"Bearer {token}", token, f"Token {token}"):  # fmt: skip
        answer = ask(bench, signed(bench), authorization=value)
        bench.holds("PE-014", answer.refused, "a request without the right token to be refused")
        judge_refusal(bench, answer)


@REGISTER.contract("proctorexam.token.elsewhere", "PE-014", "PE-018")
def token_elsewhere(bench: Bench) -> None:
    """A token as a signed parameter belongs to v2 and does not count here."""
    parameters = signed(bench, api_token=bench.credentials["api_token"])
    answer = ask(bench, parameters, authorization=None)
    bench.holds(("PE-014", "PE-018"), answer.refused, "a token among the parameters alone to be refused")


@REGISTER.contract("proctorexam.token.quoted", "PE-015", "PE-462")
def quoted_token(bench: Bench) -> None:
    """Unquoted as all clients send it, and quoted as Rails takes it."""
    token = bench.credentials["api_token"]
    answer = ask(bench, signed(bench), authorization=f"Token token={token}")
    bench.holds("PE-015", answer.status == 200, "an unquoted token to be let in")
    answer = ask(bench, signed(bench), authorization=f'Token token="{token}"')
    bench.holds("PE-462", answer.status == 200, "a quoted token to be let in")


@REGISTER.contract(
    "proctorexam.signature.right",
    "PE-026",
    "PE-027",
    "PE-028",
    "PE-052",
    operations=("exams.index",),
    control=True,
)
def right_signature(bench: Bench) -> None:
    """Further parameters are signed as they are, without any encoding."""
    answer = ask(bench, signed(bench, note="Zoë & Co = 100%?", page="1"))
    bench.must(
        ("PE-026", "PE-027", "PE-028", "PE-052"),
        answer.status == 200,
        "values signed without encoding to be let in",
    )


@REGISTER.contract("proctorexam.signature.missing", "PE-019", "PE-214", "PE-463")
def missing_parts(bench: Bench) -> None:
    """timestamp, nonce and signature are required, each of them."""
    for name in ("timestamp", "nonce"):
        parameters = bare(bench)
        del parameters[name]
        answer = ask(bench, with_signature(bench, parameters))
        bench.holds("PE-019", answer.refused, f"a request without {name} to be refused")
        judge_refusal(bench, answer)
    answer = ask(bench, bare(bench))
    bench.holds("PE-019", answer.refused, "a request without a signature to be refused")
    answer = ask(bench, {**bare(bench), "signature": ""})
    bench.holds("PE-019", answer.refused, "a request with an empty signature to be refused")


@REGISTER.contract("proctorexam.signature.tampered", "PE-027", "PE-030", "PE-052", "PE-214", "PE-463")
def tampered_requests(bench: Bench) -> None:
    """Whatever changes after signing breaks the signature: a value, one more, nonce or timestamp."""
    for statement, changes in (
        ("PE-027", {"page": "2"}),
        ("PE-052", {"added": "unsigned"}),
        ("PE-030", {"nonce": new_nonce()}),
        ("PE-030", {"timestamp": str(bench.clock.now_ms() + 1)}),
    ):
        answer = ask(bench, {**signed(bench, page="1"), **changes})
        bench.holds(statement, answer.refused, f"a changed {next(iter(changes))} to be refused")
        judge_refusal(bench, answer)
    parameters = signed(bench, page="1")
    del parameters["page"]
    bench.holds(
        "PE-027", ask(bench, parameters).refused, "a request with a parameter less than signed to be refused"
    )


@REGISTER.contract("proctorexam.signature.key", "PE-026", "PE-031", "PE-053", "PE-214", "PE-463")
def other_keys(bench: Bench) -> None:
    """Only the secret key of the user signs: another one, an empty one and the token do not."""
    for secret in (OTHER_SECRET, "", bench.credentials["api_token"], bench.credentials["secret_key"] + "x"):
        answer = ask(bench, with_signature(bench, bare(bench), secret=secret))
        bench.holds(("PE-026", "PE-031"), answer.refused, "a signature of another key to be refused")
        judge_refusal(bench, answer)
    boilerplate = "8aac70c9906ad0812f4fbc34617322f985b4ac978cec861724f142cb572b88ff"
    answer = ask(bench, {**bare(bench), "signature": boilerplate})
    bench.holds("PE-053", answer.refused, "the signature printed on every page to be refused")


@REGISTER.contract("proctorexam.signature.text", "PE-027", "PE-028", "PE-029", "PE-038", "PE-039")
def other_texts_to_sign(bench: Bench) -> None:
    """Unsorted, joined with another sign, encoded, or with something before or after: refused."""
    variants: tuple[tuple[str, Callable[[dict[str, str]], str]], ...] = (
        (
            "PE-039",
            lambda pairs: "?".join(f"{name}={value}" for name, value in sorted(pairs.items(), reverse=True)),
        ),
        ("PE-027", lambda pairs: text_to_sign(pairs.items()).replace("?", "&")),
        ("PE-027", lambda pairs: text_to_sign(pairs.items()).replace("?", "")),
        ("PE-038", lambda pairs: "?" + text_to_sign(pairs.items())),
        ("PE-038", lambda pairs: text_to_sign(pairs.items()) + "?"),
        ("PE-028", lambda pairs: urlencode(sorted(pairs.items())).replace("&", "?")),
        ("PE-029", lambda pairs: text_to_sign([*pairs.items(), ("signature", "")])),
    )
    for statement, text in variants:
        parameters = {**bare(bench), "note": "a b/ö"}
        made = digest(text(parameters), bench.credentials["secret_key"])
        answer = ask(bench, {**parameters, "signature": made})
        bench.holds(statement, answer.refused, "a signature over another text to be refused")


@REGISTER.contract("proctorexam.signature.hex", "PE-026", "PE-032")
def spellings_of_the_signature(bench: Bench) -> None:
    """The signature is 64 lower-case hex digits: cut, lengthened or upper-case ones are refused."""
    for change in (str.upper, lambda made: made[:32], lambda made: made + "0", lambda made: f"sha256={made}"):
        parameters = signed(bench)
        parameters["signature"] = change(parameters["signature"])
        answer = ask(bench, parameters)
        statement = "PE-032" if change is str.upper else "PE-026"
        bench.holds(statement, answer.refused, "a signature that is spelt otherwise to be refused")


@REGISTER.contract(
    "proctorexam.nonce.fresh", "PE-058", "PE-059", "PE-061", operations=("exams.index",), control=True
)
def fresh_nonces(bench: Bench) -> None:
    """Numbers that were not used before are let in, as seconds, milliseconds or random numbers."""
    for nonce in (new_nonce(), str(bench.clock.now_ms()), new_nonce()[:9]):
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.must(("PE-058", "PE-059", "PE-061"), answer.status == 200, "a fresh nonce to be let in")


@REGISTER.contract("proctorexam.nonce.replayed", "PE-058", "PE-214", "PE-463")
def replays(bench: Bench) -> None:
    """The very same request once more is refused, and so is its nonce in any other request."""
    parameters = signed(bench)
    bench.need(ask(bench, parameters).status == 200, "the first request is not let in")
    answer = ask(bench, parameters)
    bench.holds("PE-058", answer.refused, "the same request once more to be refused")
    judge_refusal(bench, answer)
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]))
    bench.holds("PE-058", answer.refused, "the same nonce signed again to be refused")
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]), path="/student_sessions")
    bench.holds("PE-058", answer.refused, "the same nonce at another operation to be refused")
    for _ in range(20):
        ask(bench, signed(bench))
    answer = ask(bench, signed(bench, nonce=parameters["nonce"]))
    bench.holds("PE-058", answer.refused, "the nonce to be known after twenty other requests")


@REGISTER.contract("proctorexam.nonce.number", "PE-059")
def nonce_is_a_number(bench: Bench) -> None:
    """nonce must be a number: words, signs, decimals, spaces and other digits are refused."""
    for nonce in ("abc", "", "-5", "1.5", "1e9", "0x10", "１２３４５", "1_000", " 12", "1" * 5000):
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-059", answer.refused, f"the nonce {nonce[:12]!r} to be refused")


@REGISTER.contract("proctorexam.nonce.day", "PE-058", profile=Profile.FULL)
def nonce_is_kept_for_a_day(bench: Bench) -> None:
    """A nonce is refused for 24 hours and may be used again afterwards."""
    if bench.admin is None:
        return bench.not_exercised((), "")
    nonce = new_nonce()
    bench.need(ask(bench, signed(bench, nonce=nonce)).status == 200, "the first request is not let in")
    try:
        bench.admin.move_clock(DAY_SECONDS - 60)
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-058", answer.refused, "the nonce to be refused a minute before the 24 hours are over")
        bench.admin.move_clock(2 * DAY_SECONDS)
        answer = ask(bench, signed(bench, nonce=nonce))
        bench.holds("PE-058", answer.status == 200, "the nonce to be let in again after 24 hours")
    finally:
        bench.admin.real_time()
    return None


@REGISTER.contract("proctorexam.timestamp.now", "PE-064", operations=("exams.index",), control=True)
def present_timestamp(bench: Bench) -> None:
    """The time of the request in milliseconds is let in."""
    bench.must(
        "PE-064", ask(bench, signed(bench)).status == 200, "the present time in milliseconds to be let in"
    )


@REGISTER.contract("proctorexam.timestamp.unit", "PE-064", "PE-065", "PE-214", "PE-463")
def other_times(bench: Bench) -> None:
    """Seconds, yesterday and tomorrow are no time of the request."""
    now_ms = bench.clock.now_ms()
    answer = ask(bench, signed(bench, timestamp=str(now_ms // 1000)))
    bench.holds("PE-064", answer.refused, "seconds instead of milliseconds to be refused")
    judge_refusal(bench, answer)
    for offset_seconds in (-DAY_SECONDS, DAY_SECONDS, -3600, 3600):
        answer = ask(bench, signed(bench, timestamp=str(now_ms + offset_seconds * 1000)))
        bench.holds("PE-065", answer.refused, f"a timestamp {offset_seconds} s away to be refused")


@REGISTER.contract("proctorexam.timestamp.window", "PE-065", profile=Profile.FULL)
def edges_of_the_window(bench: Bench) -> None:
    """A few minutes of age and of clock difference are let in, by the tolerance of the mock."""
    if bench.admin is None:
        return bench.not_exercised("PE-065", "the tolerance of a real server is not published")
    bench.admin.change_settings("proctorexam", {"timestamp_tolerance_seconds": 300})
    now_ms = bench.clock.now_ms()
    for offset_seconds, let_in in ((-290, True), (290, True), (-310, False), (310, False)):
        answer = ask(bench, signed(bench, timestamp=str(now_ms + offset_seconds * 1000)))
        right = answer.status == 200 if let_in else answer.refused
        expected = "let in" if let_in else "refused"
        bench.holds("PE-065", right, f"a timestamp {offset_seconds} s away to be {expected}")
    return None


@REGISTER.contract("proctorexam.timestamp.number", "PE-064")
def timestamp_is_a_number(bench: Bench) -> None:
    """timestamp must be a number."""
    now_ms = str(bench.clock.now_ms())
    for value in ("now", "", f"-{now_ms}", f"{now_ms}.0", f"{now_ms[:6]}_{now_ms[6:]}", f"0x{now_ms}", "NaN",
                  "1" * 5000,
                  "2026-01-01T00:00:00Z"):  # fmt: skip
        answer = ask(bench, signed(bench, timestamp=value))
        bench.holds("PE-064", answer.refused, f"the timestamp {value[:24]!r} to be refused")


@REGISTER.contract("proctorexam.place.flat", "PE-042", "PE-017", operations=("exams.index",), control=True)
def one_flat_set(bench: Bench) -> None:
    """Query and body are one flat set: a JSON body on GET counts, as the xblock sends it."""
    answer = bench.call("GET", "/exams", sign=False, json_body=signed(bench), headers=_headers(bench))
    bench.must(
        ("PE-042", "PE-017"), answer.status == 200, "the parameters in a JSON body on GET to be let in"
    )


@REGISTER.contract("proctorexam.place.numbers", "PE-059", "PE-461")
def numbers_and_texts(bench: Bench) -> None:
    """nonce as a number or as a text of digits; a trailing slash does no harm."""
    parameters: dict[str, Any] = dict(signed(bench))
    parameters |= {"nonce": int(parameters["nonce"]), "timestamp": int(parameters["timestamp"])}
    answer = bench.call("GET", "/exams", sign=False, json_body=parameters, headers=_headers(bench))
    bench.holds(
        ("PE-059", "PE-461"), answer.status == 200, "nonce and timestamp as JSON numbers to be let in"
    )
    answer = ask(bench, signed(bench), path="/exams/")
    bench.holds("PE-461", answer.status == 200, "an address with a trailing slash to be let in")


@REGISTER.contract("proctorexam.place.booleans", "PE-045", "PE-046", profile=Profile.STANDARD)
def booleans(bench: Bench) -> None:
    """A JSON true is signed as true; True, as one client signs it, does not match."""
    for word, let_in, statement in (("true", True, "PE-045"), ("True", False, "PE-046")):
        parameters = {**bare(bench), "name": bench.unique("exam"), "type": "demo"}
        made = sign([*parameters.items(), ("mobile_cam", word)], bench.credentials["secret_key"])
        body = {**parameters, "mobile_cam": True, "signature": made}
        answer = bench.call("POST", "/exams", sign=False, json_body=body, headers=_headers(bench))
        right = answer.accepted if let_in else answer.refused
        bench.holds(statement, right, f"a true signed as {word} to be {'let in' if let_in else 'refused'}")


def bare(bench: Bench, **more: str) -> dict[str, str]:
    """Fresh timestamp and nonce, not signed yet."""
    return {"timestamp": str(bench.clock.now_ms()), "nonce": new_nonce(), **more}


def signed(bench: Bench, **more: str) -> dict[str, str]:
    return with_signature(bench, bare(bench, **more))


def with_signature(bench: Bench, parameters: dict[str, str], secret: str | None = None) -> dict[str, str]:
    key = bench.credentials["secret_key"] if secret is None else secret
    return {**parameters, "signature": sign(parameters.items(), key)}


def ask(
    bench: Bench,
    parameters: dict[str, str],
    *,
    path: str = "/exams",
    authorization: str | None = "right",
    accept: str = ACCEPT,
) -> Answer:
    """The harmless call: the list of exams, with exactly these parameters in the query."""
    headers = _headers(bench) | {"Accept": accept}
    if authorization != "right":
        headers.pop("Authorization")
    if authorization is not None and authorization != "right":
        headers["Authorization"] = authorization
    return bench.call("GET", path, sign=False, query=parameters, headers=headers)


def judge_refusal(bench: Bench, answer: Answer) -> None:
    """The pages print 403 with one message; that it also answers bad signatures is assumed."""
    bench.holds("PE-463", answer.status == 403 and answer.at("error") == REFUSAL, f"403 with {REFUSAL!r}")
    if answer.status == 403:
        bench.holds("PE-214", REFUSAL.encode() in answer.body, f"the message {REFUSAL!r}")
    else:
        bench.unclear("PE-214", f"a refusal at the door was answered {answer.status}, which is not published")


def _headers(bench: Bench) -> dict[str, str]:
    return {"Authorization": f"Token token={bench.credentials['api_token']}", "Accept": ACCEPT}
