"""Constructor's tokens: whatever is wrong with one, the answer is the same."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from attack.case import Case, Settings, one
from attack.requests import FORM, Keyed, Late, Signed, Tokened, jws, segment
from attack.shapes import (
    CONSERO_REFUSED,
    CONSTRUCTOR_REFUSED,
    PROCTOREXAM_REFUSED,
    anything,
    exactly,
    expect,
    html,
    server,
)
from attack.world import World

OK = expect(200, shape=anything)
REFUSED = expect(401, shape=exactly(CONSTRUCTOR_REFUSED))
TOO_LARGE = expect(431, shape=server, close=True)
PAGE_REFUSED = expect(401, shape=html)
STATUS = "/api/v2/integration/simple/{integration_name}/sessions/b3875623/status/"
START = "/integration/simple/{integration_name}/start/"


def exp(world: World) -> float:
    return world.now_ms / 1000 + 30


def claims(**others: Any) -> Late:
    return lambda world: {"exp": exp(world), **others}


def written(template: str | bytes) -> Late:
    """Return claims written by hand, with the time of expiry in the place of EXP."""
    raw = template.encode() if isinstance(template, str) else template
    return lambda world: raw.replace(b"EXP", str(int(exp(world))).encode())


def head(**others: Any) -> dict[str, Any]:
    return {"alg": "HS256", "typ": "JWT", **others}


def expiring(value: Any) -> Late:
    """Return claims whose `exp` is this, worked out from now where it is a function of it."""
    return lambda world: {"exp": value(world.now_ms / 1000) if callable(value) else value}


def part(number: int, value: str) -> Any:
    """Return a change that puts another segment in place."""

    def change(token: str) -> str:
        segments = token.split(".")
        segments[number] = value
        return ".".join(segments)

    return change


ACCEPTED: dict[str, Late] = {
    "J01 good for 60 s": jws(expiring(lambda now: now + 60)),
    "J01b good for 300 s": jws(expiring(lambda now: now + 300)),
    "J01c without typ": jws(header={"alg": "HS256"}),
    "J01d typ jwt": jws(header=head(typ="jwt")),
    "J01e exp with decimals": jws(expiring(lambda now: now + 0.5)),
    "J01f other claims": jws(claims(iss="lms", sub="x", aud=["y"], custom={"a": [1]})),
    "J01g iat and nbf now": jws(
        lambda world: {"exp": exp(world), "iat": world.now_ms / 1000, "nbf": world.now_ms / 1000}
    ),
    "J01h kid is not looked at": jws(header=head(kid="../../../../dev/null")),
    "J60 scheme in lower case": jws(scheme="jwt "),
    "J60b scheme in mixed case": jws(scheme="Jwt "),
}
REFUSALS: dict[str, Late | None] = {
    "J02 no header": None,
    "J02b empty header": lambda world: "",
    "J03a alg none": jws(header=head(alg="none"), change=part(2, "")),
    "J03b alg None": jws(header=head(alg="None"), change=part(2, "")),
    "J03c alg NONE": jws(header=head(alg="NONE"), change=part(2, "")),
    "J03d alg none with a blank": jws(header=head(alg="none "), change=part(2, "")),
    "J03e alg none with a signature": jws(header=head(alg="none")),
    "J04 alg empty": jws(header=head(alg="")),
    "J05 alg missing": jws(header={"typ": "JWT"}),
    "J06a HS384": jws(header=head(alg="HS384"), digest=hashlib.sha384),
    "J06b HS512": jws(header=head(alg="HS512"), digest=hashlib.sha512),
    "J06c says HS512, is HS256": jws(header=head(alg="HS512")),
    "J06d says HS256, is HS512": jws(digest=hashlib.sha512),
    "J07 RS256": jws(header=head(alg="RS256"), change=part(2, segment(b"\x01" * 256))),
    "J07b ES256": jws(header=head(alg="ES256"), change=part(2, segment(b"\x00" * 64))),
    "J07c EdDSA": jws(header=head(alg="EdDSA"), change=part(2, segment(b"\x00" * 64))),
    "J07d ES256 of zeros": jws(header=head(alg="ES256"), change=part(2, segment(b"\x00" * 64))),
    "J08 alg in lower case": jws(header=head(alg="hs256")),
    "J09a alg is a list": jws(header=head(alg=["HS256"])),
    "J09b alg is a number": jws(header=head(alg=256)),
    "J09c alg is an object": jws(header=head(alg={"HS256": 1})),
    "J09d alg is null": jws(header=head(alg=None)),
    "J09e alg is true": jws(header=head(alg=True)),
    "J10 another key": jws(secret=b"k" * 32),
    "J10b another vendor's secret": lambda world: jws(
        secret=world.credentials["proctorexam"]["secret_key"].encode()
    )(world),
    "J10c the default sandbox's secret": jws(secret=b"fake-constructor-jwt-secret-fake-fake-fake"),
    "J11 empty key": jws(secret=b""),
    "J12 the integration's name as key": lambda world: jws(
        secret=world.credentials["constructor"]["integration_name"].encode()
    )(world),
    "J13 the word secret": jws(secret=b"secret"),
    "J14 32 zero bytes": jws(secret=b"\x00" * 32),
    "J15 signature removed": jws(change=part(2, "")),
    "J15b signature and dot removed": jws(change=lambda token: token.rpartition(".")[0]),
    "J16 signature of zeros": jws(change=part(2, segment(b"\x00" * 32))),
    "J16b signature cut": jws(change=lambda token: token[:-11]),
    "J16c one character changed": jws(
        change=lambda token: token[:-10] + ("A" if token[-10] != "A" else "B") + token[-9:]
    ),
    "J17a two segments": jws(change=lambda token: ".".join(token.split(".")[:2])),
    "J17b five segments": jws(change=lambda token: f"{token}.x.y"),
    "J17c four segments": jws(change=lambda token: f"{token}.x"),
    "J17d one segment": jws(change=lambda token: token.replace(".", "")),
    "J18 payload changed": jws(change=part(1, segment({"exp": 9999999999}))),
    "J19 header changed": jws(change=part(0, segment({"typ": "JWT", "alg": "HS256"}))),
    "J20a empty header segment": jws(change=part(0, "")),
    "J20b empty payload segment": jws(change=part(1, "")),
    "J21a signature with padding": jws(change=lambda token: token + "="),
    "J21b header with padding": jws(change=lambda token: token.replace(".", "=.", 1)),
    "J22 standard base64": jws(change=lambda token: token[:-4] + "+/+/"),
    "J23a two blanks": jws(scheme="JWT  "),
    "J23b blank behind": jws(change=lambda token: token.replace(".", ". ", 1)),
    "J23c junk behind": jws(change=lambda token: token + "!!!!"),
    "J23d newline as text": jws(change=lambda token: token + "%0A"),
    "J23e 8-bit behind": jws(change=lambda token: token + "\xff"),
    "J23f quotes": jws(change=lambda token: f'"{token}"'),
    "J23g tab for a blank": jws(scheme="JWT\t"),
    "J23h no blank": jws(scheme="JWT"),
    "J23i comma behind": jws(change=lambda token: f"{token}, JWT x"),
    "J24 unused bits set": jws(change=lambda token: token[:-1] + chr(ord(token[-1]) + 1)),
    "J25 Bearer": jws(scheme="Bearer "),
    "J25b Token": jws(scheme="Token "),
    "J25c no scheme": jws(scheme=""),
    "J25d two schemes": jws(scheme="JWT JWT "),
    "J25e Basic": lambda world: "Basic " + base64.b64encode(b"a:b").decode(),
    "J25f scheme alone": lambda world: "JWT",
    "J25g scheme and blank": lambda world: "JWT ",
    "J26 not a token": lambda world: "JWT abc",
    "J27 JSON serialisation": lambda world: (
        "JWT "
        + json.dumps(
            dict(zip(("protected", "payload", "signature"), jws()(world)[4:].split("."), strict=True))
        )
    ),
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
    "J46a typ secevent+jwt": jws(header=head(typ="secevent+jwt")),
    "J46b typ at+jwt": jws(header=head(typ="at+jwt")),
    "J46c typ a number": jws(header=head(typ=1)),
    "J46d typ JOSE": jws(header=head(typ="JOSE")),
    "J47a crit unknown": jws(header=head(crit=["https://example.org/x"])),
    "J47b crit exp": jws(header=head(crit=["exp"])),
    "J47c crit empty": jws(header=head(crit=[])),
    "J48a b64 false with crit": jws(header=head(b64=False, crit=["b64"])),
    "J48b b64 false": jws(header=head(b64=False)),
    "J49a jwk of the attacker": jws(
        header=head(jwk={"kty": "oct", "k": segment(b"evil" * 8)}), secret=b"evil" * 8
    ),
    "J49b jku at a listener": jws(header=head(jku="http://127.0.0.1:1/jwks"), secret=b"evil" * 8),
    "J49c x5u at a listener": jws(header=head(x5u="http://127.0.0.1:1/x5u"), secret=b"evil" * 8),
    "J49d x5c": jws(header=head(x5c=["MIIB"]), secret=b"evil" * 8),
    "J50a kid of /dev/null, empty key": jws(header=head(kid="../../../../dev/null"), secret=b""),
    "J50b kid of SQL": jws(header=head(kid="x' UNION SELECT 'evil'--"), secret=b"evil"),
    "J50c kid of a command": jws(header=head(kid="|cat /etc/passwd"), secret=b""),
    "J51 zip": jws(header=head(zip="DEF")),
    "J51b enc": jws(header={"alg": "dir", "enc": "A256GCM"}),
    "J52a exp twice, future then past": jws(written('{"exp":EXP,"exp":1}')),
    "J52b exp twice, past then future": jws(written('{"exp":1,"exp":EXP}')),
    "J52c alg twice": jws(header='{"alg":"none","alg":"HS256"}'),
    "J52d exp twice, once escaped": jws(written('{"exp":1,"\\u0065xp":EXP}')),
    "J53a payload in UTF-16": jws(lambda world: json.dumps({"exp": exp(world)}).encode("utf-16")),
    "J53b header in UTF-16": jws(header='{"alg":"HS256"}'.encode("utf-16")),
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
    "J54h header a list": jws(header=[]),
    "J54i header not JSON": jws(header="alg"),
    "J55b header nested 2,000 deep": jws(header='{"alg":' + "[" * 2000 + "]" * 2000 + "}"),
    "J55c payload nested 10,000 deep": jws(written('{"exp":EXP,"a":' + "[" * 10_000 + "]" * 10_000 + "}")),
    "J57 token of dots": lambda world: "JWT " + "." * 1000,
    "J58 token of SQL": lambda world: "JWT ' OR '1'='1.x.y",
    "J59 empty object signed with nothing": lambda world: "JWT e30.e30.",
}

CASES: list[Case] = [
    *(
        one(name.partition(" ")[0], "jwt", name.partition(" ")[2], Tokened(token=token), OK)
        for name, token in ACCEPTED.items()
    ),
    *(
        one(name.partition(" ")[0], "jwt", name.partition(" ")[2], Tokened(token=token), REFUSED)
        for name, token in REFUSALS.items()
    ),
    *(
        one(
            name.partition(" ")[0] + "p",
            "jwt",
            f"{name.partition(' ')[2]}, POST",
            Tokened("POST", "/api/v2/integration/simple/{integration_name}/exams/", token=token, body=b"{}"),
            REFUSED,
        )
        for name, token in REFUSALS.items()
    ),
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
    one(
        "J61",
        "jwt",
        "good token, unknown integration",
        Tokened(path=STATUS.replace("{integration_name}", "nobody"), token=jws()),
        REFUSED,
    ),
    one(
        "J62",
        "jwt",
        "bad token, unknown integration",
        Tokened(path=STATUS.replace("{integration_name}", "nobody"), token=jws(secret=b"x")),
        REFUSED,
    ),
    one(
        "J66",
        "jwt",
        "token of one sandbox for the integration of another",
        Tokened(path=STATUS.replace("{integration_name}", "fake-integration"), token=jws()),
        REFUSED,
    ),
    one(
        "J66b",
        "jwt",
        "integration name in other letters",
        Tokened(path="/api/v2/integration/simple/FAKE-INTEGRATION/sessions/x/status/", token=jws()),
        REFUSED,
    ),
    one(
        "J63",
        "jwt",
        "two headers, good and bad",
        Tokened(token=jws(), headers=(("Authorization", "JWT x"),)),
        REFUSED,
    ),
    one(
        "J63b",
        "jwt",
        "two headers, other case",
        Tokened(token=jws(), headers=(("authorization", ""),)),
        REFUSED,
    ),
    one("J64a", "jwt", "token in the query", Tokened(path=STATUS + "?access_token=x&token=x&jwt=x"), REFUSED),
    one("J64b", "jwt", "token in a cookie", Tokened(headers=(("Cookie", "token=x"),)), REFUSED),
    one(
        "J64c",
        "jwt",
        "token in another header",
        Tokened(headers=(("X-Authorization", "JWT x"), ("Proxy-Authorization", "JWT x"))),
        REFUSED,
    ),
    one(
        "J64d",
        "jwt",
        "token in the body",
        Tokened("POST", "/api/v2/integration/simple/{integration_name}/exams/", body=b'{"token": "x"}'),
        REFUSED,
    ),
    one(
        "J65a",
        "jwt",
        "start without a token",
        Tokened("POST", START, body=b"", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65b",
        "jwt",
        "start with an empty token",
        Tokened("POST", START, body=b"token=", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65c",
        "jwt",
        "start with junk",
        Tokened("POST", START, body=b"token=%00%ff", content_type=FORM),
        expect(400, 401, shape=html),
    ),
    one(
        "J65d",
        "jwt",
        "start with the token in the header",
        Tokened("POST", START, token=jws(), body=b"", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65e",
        "jwt",
        "start with two tokens",
        Tokened("POST", START, body=b"token=a.b.c&token=a.b.c", content_type=FORM),
        PAGE_REFUSED,
    ),
    one(
        "J65f",
        "jwt",
        "start with a script for a token",
        Tokened(path=START + "?token=%3Cscript%3Ealert(1)%3C/script%3E"),
        PAGE_REFUSED,
    ),
    one(
        "J68",
        "jwt",
        "a signature where a token is expected",
        Tokened(token=lambda world: f"Token token={world.credentials['proctorexam']['api_token']}"),
        REFUSED,
    ),
    one(
        "J68c",
        "jwt",
        "a token where a signature is expected",
        Signed(token=jws()),
        expect(403, shape=exactly(PROCTOREXAM_REFUSED)),
    ),
    one(
        "J68d",
        "jwt",
        "a token where a key is expected",
        Keyed(keys=(jws(),)),
        expect(401, shape=exactly(CONSERO_REFUSED)),
    ),
]
