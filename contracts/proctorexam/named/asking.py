"""The harmless call, by the rules or on purpose against them, and how a refusal at the door looks."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from contracts.bench import Bench
from contracts.credentials import Credentials
from contracts.exchange import Answer
from contracts.proctorexam.auth import ACCEPT, Signer, new_nonce, sign

REFUSAL = "You are not authorized to access this page."


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
    headers = own_headers(bench) | {"Accept": accept}
    if authorization != "right":
        headers.pop("Authorization")
    if authorization is not None and authorization != "right":
        headers["Authorization"] = authorization
    return bench.call("GET", path, sign=False, query=parameters, headers=headers)


@contextmanager
def as_user(bench: Bench, user: Mapping[str, Any]) -> Iterator[None]:
    """Calls in here are made with the keys that the creation of a user gave (PE-020)."""
    own = bench.door
    keys = Credentials("proctorexam", {name: str(user.get(name)) for name in ("api_token", "secret_key")})
    signer = Signer(keys, own.surface, own.base_url, bench.clock, bench.sign_url_ids)
    bench.door = replace(own, signer=signer)
    try:
        yield
    finally:
        bench.door = own


def judge_refusal(bench: Bench, answer: Answer) -> None:
    """The pages print 403 with one message; that it also answers bad signatures is assumed."""
    bench.holds("PE-463", answer.status == 403 and answer.at("error") == REFUSAL, f"403 with {REFUSAL!r}")
    if answer.status == 403:
        bench.holds("PE-214", REFUSAL.encode() in answer.body, f"the message {REFUSAL!r}")
    else:
        bench.unclear("PE-214", f"a refusal at the door was answered {answer.status}, which is not published")


def own_headers(bench: Bench) -> dict[str, str]:
    return {"Authorization": f"Token token={bench.credentials['api_token']}", "Accept": ACCEPT}
