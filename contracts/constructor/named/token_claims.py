"""What else a header token may say: for whom it is, from when on it counts, what kind of token it is."""

from contracts.bench import Bench
from contracts.constructor.auth import HEADER, jws
from contracts.constructor.named.header_token import ask, kept_out, seconds_from_now
from contracts.constructor.register import REGISTER
from contracts.exchange import Answer


@REGISTER.contract("constructor.claims.audience", "CP-282")
def audience(bench: Bench) -> None:
    """A token that names an audience is not for this server."""
    for value in ("proctor", ["proctor"], bench.credentials["integration_name"]):
        answer = _ask(bench, {"aud": value})
        bench.holds("CP-282", kept_out(answer), f"aud {value!r} to be refused")


@REGISTER.contract("constructor.claims.ahead", "CP-283")
def not_yet(bench: Bench) -> None:
    """A token of the future is refused, one of the past is not."""
    for name in ("nbf", "iat"):
        answer = _ask(bench, {name: seconds_from_now(bench, 3600), "exp": seconds_from_now(bench, 3630)})
        bench.holds("CP-283", kept_out(answer), f"{name} an hour ahead to be refused")
        answer = _ask(bench, {name: seconds_from_now(bench, -60)})
        bench.holds("CP-283", not kept_out(answer), f"{name} a minute ago to be let in")


@REGISTER.contract("constructor.claims.type", "CP-284")
def type_of_token(bench: Bench) -> None:
    """typ is JWT in any letter case, or application/jwt; another one is refused."""
    for typ, let_in in (("jwt", True), ("application/jwt", True), ("at+jwt", False), ("JOSE", False)):
        answer = _ask(bench, {}, HEADER | {"typ": typ})
        expected = "let in" if let_in else "refused"
        bench.holds("CP-284", kept_out(answer) != let_in, f"typ {typ} to be {expected}")


def _ask(bench: Bench, claims: dict[str, object], header: dict[str, str] = HEADER) -> Answer:
    claims = {"exp": seconds_from_now(bench, 30), **claims}
    return ask(bench, f"JWT {jws(header, claims, bench.credentials['jwt_secret'])}")
