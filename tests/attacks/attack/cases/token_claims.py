"""Constructor's tokens, what they claim: times, lifetimes, and payloads that are no claims."""

from __future__ import annotations

import json

from attack.case import Case, Settings, one
from attack.cases.token_parts import OK, REFUSED, TOO_LARGE, accepted, claims, exp, expiring, refused, written
from attack.requests import Late, Tokened, jws

ACCEPTED: dict[str, Late] = {
    "J01 good for 60 s": jws(expiring(lambda now: now + 60)),
    "J01b good for 300 s": jws(expiring(lambda now: now + 300)),
    "J40b iat missing, only exp is documented (CP-016)": jws(lambda world: {"exp": exp(world)}),
    "J01e exp with decimals": jws(expiring(lambda now: now + 0.5)),
    "J01f other claims": jws(claims(iss="lms", sub="x", custom={"a": [1]})),
    "J01g iat and nbf now": jws(
        lambda world: {"exp": exp(world), "iat": world.now_ms / 1000, "nbf": world.now_ms / 1000}
    ),
}
REFUSALS: dict[str, Late | None] = {
    "J42a aud is a text": jws(claims(aud="lms")),
    "J42b aud is a list": jws(claims(aud=["lms", "other"])),
    "J42c aud null": jws(claims(aud=None)),
    "J28 expired a second ago": jws(expiring(lambda now: now - 1)),
    "J29 expires now": jws(expiring(lambda now: now)),
    "J29b expired a millisecond ago": jws(expiring(lambda now: now - 0.001)),
    "J30 exp missing": jws({}),
    "J30b exp spelled Exp": jws(lambda world: {"Exp": exp(world)}),
    "J31 exp null": jws(expiring(None)),
    "J32a exp as text": jws(expiring(lambda now: str(int(now) + 30))),
    "J32b exp with underscores": jws(expiring(" 9_999_999_999 ")),
    "J32c exp in Arabic digits": jws(expiring("٩٩٩٩٩٩٩٩٩٩")),
    "J33a exp true": jws(expiring(True)),
    "J33b exp a list": jws(expiring([9999999999])),
    "J33c exp an object": jws(expiring({"a": 1})),
    "J33d exp empty text": jws(expiring("")),
    "J34a exp negative": jws(expiring(-1)),
    "J34b exp zero": jws(expiring(0)),
    "J34c exp of the guide": jws(expiring(1612994131)),
    "J35 exp 1e309": jws('{"exp":1e309}'),
    "J35b exp beyond 64 bits": jws('{"exp":99999999999999999999}'),
    "J35c exp of 5000 digits": jws('{"exp":' + "9" * 5000 + "}"),
    "J36a exp NaN": jws('{"exp":NaN}'),
    "J36b exp Infinity": jws('{"exp":Infinity}'),
    "J36c exp -Infinity": jws('{"exp":-Infinity}'),
    "J40a iat an hour ahead": jws(
        lambda world: {"exp": exp(world) + 7200, "iat": world.now_ms / 1000 + 3600}
    ),
    "J40c iat as text": jws(claims(iat="now")),
    "J41 nbf an hour ahead": jws(lambda world: {"exp": exp(world) + 7200, "nbf": world.now_ms / 1000 + 3600}),
    "J41b nbf null": jws(claims(nbf=None)),
    "J52a exp twice, future then past": jws(written('{"exp":EXP,"exp":1}')),
    "J52b exp twice, past then future": jws(written('{"exp":1,"exp":EXP}')),
    "J52d exp twice, once escaped": jws(written('{"exp":1,"\\u0065xp":EXP}')),
    "J53a payload in UTF-16": jws(lambda world: json.dumps({"exp": exp(world)}).encode("utf-16")),
    "J53c payload with a byte order mark": jws(
        lambda world: b"\xef\xbb\xbf" + json.dumps({"exp": exp(world)}).encode()
    ),
    "J53d payload of invalid UTF-8": jws(written(b'{"exp":EXP,"a":"\xff"}')),
    "J53e lone surrogate": jws(written(b'{"exp":EXP,"a":"\\ud800"}')),
    "J53f NUL": jws(written(b'{"exp":EXP,"a":"\\u0000"}')),
    "J54a payload a list": jws([]),
    "J54b payload null": jws("null"),
    "J54c payload text": jws('"exp"'),
    "J54d payload empty": jws(""),
    "J54e payload a number": jws("1"),
    "J54f payload not JSON": jws("exp=1"),
    "J54g payload with a trailing comma": jws(written('{"exp":EXP,}')),
    "J55c payload nested 10,000 deep": jws(written('{"exp":EXP,"a":' + "[" * 10_000 + "]" * 10_000 + "}")),
}

CASES: list[Case] = [
    *accepted(ACCEPTED),
    *refused(REFUSALS),
    one(
        "J55a",
        "jwt",
        "payload nested 100,000 deep",
        Tokened(token=jws(written('{"exp":EXP,"a":' + "[" * 100_000 + "]" * 100_000 + "}"))),
        TOO_LARGE,
    ),
    one("J56", "jwt", "token of 5 MB", Tokened(token=jws(claims(pad="x" * 5_000_000))), TOO_LARGE),
    one(
        "J39b",
        "jwt",
        "a hundred years are taken while no cap is set",
        Tokened(token=jws(expiring(lambda now: now + 3.15e9))),
        OK,
    ),
    Case(
        "J39a",
        "jwt",
        "a hundred years are refused where lifetimes are capped",
        (
            Settings({"constructor.max_lifetime_seconds": 300}),
            (Tokened(token=jws(expiring(lambda now: now + 3.15e9))), REFUSED),
            (Tokened(token=jws(expiring(lambda now: now + 300))), OK),
            (Tokened(token=jws(expiring(lambda now: now + 301))), REFUSED),
            Settings({"constructor.max_lifetime_seconds": None}),
        ),
    ),
    Case(
        "J28b",
        "jwt",
        "leeway ends",
        (
            Settings({"constructor.leeway_seconds": 5}),
            (Tokened(token=jws(expiring(lambda now: now - 4.9))), OK),
            (Tokened(token=jws(expiring(lambda now: now - 5))), REFUSED),
            Settings({"constructor.leeway_seconds": 0}),
        ),
    ),
]
