"""Tokens out of the standards (RFC 7515 to 7520, 7797, 8725): one form is taken, and no other."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest

from mockserver.access.jwt_token import check_signature, read_token
from mockserver.errors import TokenRefused
from tests.access.tokens import HS256, SECRET, encoded, made

PAYLOAD = {"exp": 1300819380, "iss": "joe"}
GOOD = made(PAYLOAD)
HEAD, BODY, MAC = GOOD.split(".")

OF_THE_STANDARDS = {
    "RFC 7519, 6.1: unsecured": (
        "eyJhbGciOiJub25lIn0"
        ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ."
    ),
    "RFC 7520, 4.4: a payload that is no JSON": (
        "eyJhbGciOiJIUzI1NiIsImtpZCI6IjAxOGMwYWU1LTRkOWItNDcxYi1iZmQ2LWVlZjMxNGJjNzAzNyJ9"
        ".SXTigJlzIGEgZGFuZ2Vyb3VzIGJ1c2luZXNzLCBGcm9kbywgZ29pbmcgb3V0IHlvdXIgZG9vci4"
        ".s0h6KThzkfBBBkLspW1h84VsJZFTsPPqMDA7g1Md7p0"
    ),
    "RFC 7515, A.6: general JSON serialisation": json.dumps(
        {"payload": BODY, "signatures": [{"protected": HEAD, "signature": MAC}]}
    ),
    "RFC 7515, A.7: flattened JSON serialisation": json.dumps(
        {"payload": BODY, "protected": HEAD, "signature": MAC}
    ),
    "RFC 7515, F: detached content": f"{HEAD}..{MAC}",
    "RFC 7797, 4: payload as it is": made(PAYLOAD, {**HS256, "b64": False, "crit": ["b64"]}),
    "RFC 7516: five segments": f"{HEAD}.{BODY}.{MAC}.{BODY}.{MAC}",
    "RFC 7519, A.2: nested token": made(GOOD, {**HS256, "cty": "JWT"}),
    "RFC 7517: embedded key": made(
        PAYLOAD, {**HS256, "jwk": {"kty": "oct", "k": encoded(b"evil" * 8)}}, secret=b"evil" * 8
    ),
}
ALGORITHMS = [
    *("none", "None", "NONE", "nOnE", "nonE", "none ", "\u0000none", "no\u0000ne", "", "HMAC", "HS1"),
    *(
        "HS256 ",
        " HS256",
        "hs256",
        "Hs256",
        "HS256\u0000",
        "HS-256",
        "HS384",
        "HS512",
        "HS256,none",
        "ＨＳ256",
    ),
    *("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES256K", "ES384", "ES512", "EdDSA"),
    *("Ed25519", "dir", "A128KW", "A128GCMKW", "ECDH-ES", "PBES2-HS256+A128KW", "RSA1_5", "RSA-OAEP", "MD5"),
]
OTHER_HEADERS: list[Any] = [
    *(
        {"alg": value}
        for value in (None, 0, 1.5, True, [], {}, ["HS256"], {"alg": "HS256"}, ["none", "HS256"])
    ),
    *({"crit": value, "alg": "HS256"} for value in (["exp"], [], None, "exp", ["alg"], [1], {"exp": 1})),
    *({"alg": "HS256", "crit": ["x"], "x": 1}, {"alg": "HS256", "b64": True}, {"alg": "HS256", "zip": "DEF"}),
    *({"ALG": "HS256"}, {"alg ": "HS256"}, {}, {"typ": "JWT"}, {"enc": "A128GCM", "alg": "dir"}),
]
RELAXED = {
    "blanks in the header": made(PAYLOAD, '{ "alg" : "HS256" ,\r\n "typ":"JWT"}'),
    "blanks in the payload": made('{"iss":"joe",\r\n "exp":1300819380}'),
    "escapes in the header": made(PAYLOAD, '{"\\u0061lg":"\\u0048S256"}'),
    "header members that nobody reads": made(
        PAYLOAD, {**HS256, "kid": "1", "cty": "x", "jku": "http://127.0.0.1:1/", "x5t": "x", "custom": [1]}
    ),
}
RESPELT = {
    "padded header": f"{HEAD}==.{BODY}.{MAC}",
    "padded signature": f"{HEAD}.{BODY}.{MAC}=",
    "newline at the end": f"{GOOD}\n",
    "newline in the middle": f"{HEAD}.{BODY}.{MAC[:20]}\n{MAC[20:]}",
    "CR LF behind the header": f"{HEAD}\r\n.{BODY}.{MAC}",
    "blank in front": f" {GOOD}",
    "tab in the payload": f"{HEAD}.{BODY[:4]}\t{BODY[4:]}.{MAC}",
    "standard alphabet": f"{HEAD}.{BODY}.{MAC[:-4]}+/+/",
    "percent-encoded": f"{HEAD}%2E{BODY}%2E{MAC}",
    "full-width dot": f"{HEAD}．{BODY}．{MAC}",
    "zero-width blank": f"{HEAD}.\u200b{BODY}.{MAC}",
    "comment": f"{HEAD}.{BODY}.{MAC}#x",
    "NUL behind": f"{GOOD}\u0000",
    "dot in front": f".{GOOD}",
    "dot behind": f"{GOOD}.",
    "dots doubled": f"{HEAD}..{BODY}..{MAC}",
    "signature doubled": f"{HEAD}.{BODY}.{MAC}{MAC}",
    "in brackets": f"<{GOOD}>",
    "as JSON text": json.dumps(GOOD),
    "encoded once more": encoded(GOOD),
    "hexadecimal signature": f"{HEAD}.{BODY}.{base64.urlsafe_b64decode(MAC + '=').hex()}",
    "segments turned round": f"{MAC}.{BODY}.{HEAD}",
}


def believed(token: str) -> dict[str, Any]:
    found = read_token(token)
    check_signature(found, SECRET)
    return found.claims


@pytest.mark.parametrize("token", RELAXED.values(), ids=RELAXED)
def test_what_the_standard_leaves_free_is_taken(token: str) -> None:
    assert believed(token) == PAYLOAD


@pytest.mark.parametrize("token", OF_THE_STANDARDS.values(), ids=OF_THE_STANDARDS)
def test_other_forms_of_the_standards_are_refused(token: str) -> None:
    with pytest.raises(TokenRefused):
        believed(token)


@pytest.mark.parametrize("algorithm", ALGORITHMS)
@pytest.mark.parametrize(
    "mac", [MAC, "", encoded(b"\x00" * 32), encoded(b"\x00" * 64), encoded(b"\x01" * 256)]
)
def test_other_algorithm_is_refused_whatever_the_signature(algorithm: str, mac: str) -> None:
    """RFC 8725, 2.1: neither none nor a public key taken for a secret."""
    with pytest.raises(TokenRefused):
        believed(f"{encoded({'alg': algorithm, 'typ': 'JWT'})}.{BODY}.{mac}")


@pytest.mark.parametrize("header", [*({"alg": name} for name in ALGORITHMS), *OTHER_HEADERS])
def test_other_header_is_refused_even_when_it_is_well_signed(header: dict[str, Any]) -> None:
    with pytest.raises(TokenRefused):
        believed(made(PAYLOAD, header))


@pytest.mark.parametrize("token", RESPELT.values(), ids=RESPELT)
def test_token_has_one_spelling(token: str) -> None:
    with pytest.raises(TokenRefused):
        believed(token)


@pytest.mark.parametrize("bit", range(256))
def test_one_bit_makes_another_signature(bit: int) -> None:
    changed = int.from_bytes(base64.urlsafe_b64decode(MAC + "="), "big") ^ (1 << bit)
    with pytest.raises(TokenRefused):
        believed(f"{HEAD}.{BODY}.{encoded(changed.to_bytes(32, 'big'))}")


@pytest.mark.parametrize("length", [0, 1, 15, 16, 20, 31, 33, 64])
def test_signature_has_one_length(length: int) -> None:
    mac = base64.urlsafe_b64decode(MAC + "=") * 2
    with pytest.raises(TokenRefused):
        believed(f"{HEAD}.{BODY}.{encoded(mac[:length])}")
