"""What is signed, with which key and in which spelling, and where the parameters may stand."""

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from contracts.bench import Bench
from contracts.proctorexam.auth import digest, new_nonce, sign, text_to_sign
from contracts.proctorexam.named.asking import (
    ask,
    bare,
    judge_refusal,
    own_headers,
    signed,
    with_signature,
)
from contracts.proctorexam.register import REGISTER
from contracts.safety import Profile

# No secret: it only has to differ from the account's.
OTHER_SECRET = "contracts-other-secret-that-nobody-uses-1234"  # noqa: S105


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


@REGISTER.contract("proctorexam.place.flat", "PE-042", "PE-017", operations=("exams.index",), control=True)
def one_flat_set(bench: Bench) -> None:
    """Query and body are one flat set: a JSON body on GET counts, as the xblock sends it."""
    answer = bench.call("GET", "/exams", sign=False, json_body=signed(bench), headers=own_headers(bench))
    bench.must(
        ("PE-042", "PE-017"), answer.status == 200, "the parameters in a JSON body on GET to be let in"
    )


@REGISTER.contract("proctorexam.place.numbers", "PE-059", "PE-461")
def numbers_and_texts(bench: Bench) -> None:
    """nonce as a number or as a text of digits; a trailing slash does no harm."""
    parameters: dict[str, Any] = dict(signed(bench))
    parameters |= {"nonce": int(parameters["nonce"]), "timestamp": int(parameters["timestamp"])}
    answer = bench.call("GET", "/exams", sign=False, json_body=parameters, headers=own_headers(bench))
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
        answer = bench.call("POST", "/exams", sign=False, json_body=body, headers=own_headers(bench))
        right = answer.accepted if let_in else answer.refused
        bench.holds(statement, right, f"a true signed as {word} to be {'let in' if let_in else 'refused'}")
