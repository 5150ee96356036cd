"""Constructor's tokens, their form: header, algorithm, key, segments, signature; one answer to all."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

from attack.case import Case
from attack.cases.token_parts import accepted, head, refused
from attack.requests import Late, jws, segment


def part(number: int, value: str) -> Any:
    """Return a change that puts another segment in place."""

    def change(token: str) -> str:
        segments = token.split(".")
        segments[number] = value
        return ".".join(segments)

    return change


ACCEPTED: dict[str, Late] = {
    "J01c without typ": jws(header={"alg": "HS256"}),
    "J01d typ jwt": jws(header=head(typ="jwt")),
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
    "J52c alg twice": jws(header='{"alg":"none","alg":"HS256"}'),
    "J53b header in UTF-16": jws(header='{"alg":"HS256"}'.encode("utf-16")),
    "J54h header a list": jws(header=[]),
    "J54i header not JSON": jws(header="alg"),
    "J55b header nested 2,000 deep": jws(header='{"alg":' + "[" * 2000 + "]" * 2000 + "}"),
    "J57 token of dots": lambda world: "JWT " + "." * 1000,
    "J58 token of SQL": lambda world: "JWT ' OR '1'='1.x.y",
    "J59 empty object signed with nothing": lambda world: "JWT e30.e30.",
}

CASES: list[Case] = [*accepted(ACCEPTED), *refused(REFUSALS)]
