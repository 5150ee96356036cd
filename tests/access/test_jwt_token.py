"""A compact JWS with HS256, read as strictly as RFC 7515 and RFC 7519 say must."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest

from mockserver.access.jwt_token import (
    MAX_DEPTH,
    MAX_TOKEN_CHARACTERS,
    check_signature,
    read_token,
    token_from_header,
)
from mockserver.errors import CredentialMalformed, CredentialMissing, TokenRefused
from tests.access.tokens import HS256, NOW, SECRET, encoded, made

# RFC 7515, appendix A.1.
RFC7515_KEY = base64.urlsafe_b64decode(
    "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow=="
)
RFC7515_TOKEN = (
    "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
    ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
    ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
)


def test_token_of_the_standard_is_read_and_its_signature_holds() -> None:
    token = read_token(RFC7515_TOKEN)
    check_signature(token, RFC7515_KEY)
    assert token.header == {"typ": "JWT", "alg": "HS256"}
    assert token.claims == {"iss": "joe", "exp": 1300819380, "http://example.com/is_root": True}
    assert token.signing_input == RFC7515_TOKEN.rpartition(".")[0].encode()
    assert len(token.signature) == 32


@pytest.mark.parametrize(
    ("value", "token"),
    [
        ("JWT abc", "abc"),
        ("jwt abc", "abc"),
        ("Jwt a.b.c", "a.b.c"),
        ("JWT a b", "a b"),
        ("JWT \xff", "\xff"),
    ],
)
def test_token_stands_behind_the_scheme_word(value: str, token: str) -> None:
    """The letter case of the scheme is free (RFC 9110, 11.1)."""
    assert token_from_header(value, scheme="JWT") == token
    assert token_from_header(value, scheme="jwt") == token


@pytest.mark.parametrize("value", [None, ""])
def test_no_header_is_missing(value: str | None) -> None:
    with pytest.raises(CredentialMissing) as refused:
        token_from_header(value, scheme="JWT")
    assert refused.value.facts() == {"check": "token", "place": "Authorization"}


@pytest.mark.parametrize(
    "value",
    ["Bearer abc", "abc", "JWT\tabc", "JWTabc", " JWT abc", "Token token=abc", "JWT,abc", ": JWT abc"],
)
def test_other_scheme_is_malformed(value: str) -> None:
    with pytest.raises(CredentialMalformed) as refused:
        token_from_header(value, scheme="JWT")
    assert refused.value.facts() == {
        "check": "token",
        "place": "Authorization",
        "problem": "the scheme is not JWT",
    }


@pytest.mark.parametrize("value", ["JWT", "JWT ", "JWT  abc", "JWT abc ", "JWT \tabc", "JWT abc\t"])
def test_anything_but_one_blank_and_a_token_is_malformed(value: str) -> None:
    with pytest.raises(CredentialMalformed) as refused:
        token_from_header(value, scheme="JWT")
    assert refused.value.facts() == {
        "check": "token",
        "place": "Authorization",
        "problem": "it is not JWT, one blank and a token",
    }


@pytest.mark.parametrize(
    "header",
    [
        HS256,
        {"alg": "HS256"},
        {**HS256, "typ": "jwt"},
        {**HS256, "typ": "application/jwt"},
        {**HS256, "typ": "Application/JWT"},
        {**HS256, "kid": "../x"},
        {**HS256, "cty": "application/json"},
    ],
)
def test_headers_that_mean_the_same_pass(header: dict[str, Any]) -> None:
    """CP-015, CP-246, CP-284; other members are not looked at, least of all followed."""
    check_signature(read_token(made({"exp": NOW}, header)), SECRET)


@pytest.mark.parametrize(
    "header",
    [
        {},
        {"typ": "JWT"},
        {"alg": "none", "typ": "JWT"},
        {"alg": "None"},
        {"alg": "NONE"},
        {"alg": "none "},
        {"alg": ""},
        {"alg": None},
        {"alg": 0},
        {"alg": True},
        {"alg": ["HS256"]},
        {"alg": {"HS256": 1}},
        {"alg": "hs256"},
        {"alg": "HS256 "},
        {"alg": "HS384"},
        {"alg": "HS512"},
        {"alg": "RS256"},
        {"alg": "ES256"},
        {"alg": "A128KW", "enc": "A128GCM"},
        {"Alg": "HS256"},
    ],
)
def test_other_algorithm_is_refused_even_with_the_right_signature(header: dict[str, Any]) -> None:
    """CP-257."""
    token = read_token(made({"exp": NOW}, header))
    with pytest.raises(TokenRefused) as refused:
        check_signature(token, SECRET)
    assert refused.value.problem == "its algorithm is not HS256"
    assert refused.value.header == header
    assert refused.value.claims == {"exp": NOW}


@pytest.mark.parametrize(
    "extension",
    [
        {"crit": ["exp"]},
        {"crit": ["https://example.org/x"], "https://example.org/x": 1},
        {"crit": []},
        {"crit": None},
        {"crit": ["b64"], "b64": False},
        {"b64": False},
        {"b64": True},
        {"zip": "DEF"},
    ],
)
def test_extension_that_would_have_to_be_understood_is_refused(extension: dict[str, Any]) -> None:
    token = read_token(made({"exp": NOW}, {**HS256, **extension}))
    with pytest.raises(TokenRefused) as refused:
        check_signature(token, SECRET)
    assert refused.value.problem == "its header asks for an extension (crit, b64, zip)"


@pytest.mark.parametrize("kind", ["secevent+jwt", "at+jwt", "JOSE", "", None, 1, ["JWT"], "JWT "])
def test_other_type_is_refused(kind: Any) -> None:
    token = read_token(made({"exp": NOW}, {"alg": "HS256", "typ": kind}))
    with pytest.raises(TokenRefused) as refused:
        check_signature(token, SECRET)
    assert refused.value.problem == "its typ is not JWT"


@pytest.mark.parametrize(
    "token",
    [
        made({"exp": NOW}, secret=b""),
        made({"exp": NOW}, secret=b"\x00" * 32),
        made({"exp": NOW}, secret=SECRET + b"x"),
        made({"exp": NOW}, secret=SECRET.upper()),
        made({"exp": NOW}, digest=hashlib.sha384),
        made({"exp": NOW}, digest=hashlib.sha512),
        made({"exp": NOW}, digest=hashlib.sha1),
        made({"exp": NOW}).rpartition(".")[0] + ".",
        made({"exp": NOW}).rpartition(".")[0] + "." + encoded(b"\x00" * 32),
        made({"exp": NOW}).rpartition(".")[0] + "." + encoded(b"x" * 256),
        made({"exp": NOW, "jwk": {"kty": "oct", "k": encoded(b"evil")}}, secret=b"evil"),
        made({"exp": NOW}).split(".")[0]
        + "."
        + encoded({"exp": NOW + 1})
        + "."
        + made({"exp": NOW}).split(".")[2],
    ],
)
def test_other_signature_is_refused(token: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        check_signature(read_token(token), SECRET)
    assert refused.value.problem == "its signature does not match"


GOOD = made({"exp": 1})
HEAD, BODY, MAC = GOOD.split(".")


@pytest.mark.parametrize(
    "text",
    [
        "",
        ".",
        "..",
        "...",
        HEAD,
        f"{HEAD}.{BODY}",
        f".{BODY}.{MAC}",
        f"{HEAD}..{MAC}",
        f"{HEAD}.{BODY}.{MAC}.",
        f"{HEAD}.{BODY}.{MAC}.x.y",
        f"{HEAD}.{BODY}.{MAC}=",
        f"{HEAD}=.{BODY}.{MAC}",
        f"{HEAD}.{BODY}.{MAC}!!!!",
        f"{HEAD}.{BODY}.{MAC}\n",
        f" {HEAD}.{BODY}.{MAC}",
        f"{HEAD}.{BODY}.+/{MAC[2:]}",
        f"{HEAD}.{BODY}.{MAC[:5]} {MAC[5:]}",
        f"{HEAD}.{BODY}.{MAC[:5]}é{MAC[5:]}",
        f"{HEAD}.{BODY}.{MAC[:5]}٣{MAC[5:]}",
        json.dumps({"protected": HEAD, "payload": BODY, "signature": MAC}),
        "null",
    ],
)
def test_other_shape_than_three_segments_is_refused(text: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        read_token(text)
    assert refused.value.facts() == {
        "problem": "it is not three segments of base64url",
        "header": None,
        "claims": None,
        "now_ms": None,
    }


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (f"{HEAD}A.{BODY}.{MAC}", "its header is not base64url"),
        (f"{HEAD}.AAAAA.{MAC}", "its payload is not base64url"),
        (f"{HEAD}.{BODY}.A", "its signature is not base64url"),
        (f"{HEAD}.{BODY}.AB", "its signature is not canonical base64url"),
        (f"{HEAD}.{BODY}.{MAC[:-1]}{chr(ord(MAC[-1]) + 1)}", "its signature is not canonical base64url"),
        (f"eyJ9.{BODY}.{MAC}", "its header is not acceptable JSON: it is not JSON"),
        (made([]), "its payload is not a JSON object"),
        (made(None), "its payload is not a JSON object"),
        (made("1"), "its payload is not a JSON object"),
        (made("{}", "[]"), "its header is not a JSON object"),
        (made("{}", "null"), "its header is not a JSON object"),
        (made('{"exp":1}'.encode("utf-16")), "its payload is not acceptable JSON: it is not UTF-8"),
        (
            made("{}", '{"alg":"HS256"}'.encode("utf-16-le")),
            "its header is not acceptable JSON: it is not JSON",
        ),
        (
            made('{"exp":1,"exp":9}'),
            "its payload is not acceptable JSON: a key appears twice in one object",
        ),
        (
            made("{}", '{"alg":"none","alg":"HS256"}'),
            "its header is not acceptable JSON: a key appears twice in one object",
        ),
        (made('{"exp":NaN}'), "its payload is not acceptable JSON: NaN is not JSON"),
        (made('{"exp":Infinity}'), "its payload is not acceptable JSON: Infinity is not JSON"),
        (
            made('{"exp":1e309}'),
            "its payload is not acceptable JSON: a number is beyond the range of a double",
        ),
        (made('{"exp":1'), "its payload is not acceptable JSON: it is not JSON"),
        (
            made({"a": json.loads("[" * MAX_DEPTH + "]" * MAX_DEPTH)}),
            "its payload is not acceptable JSON: it is nested deeper than 32 levels",
        ),
        (
            made("{}", '{"alg":' + "[" * 2000 + "]" * 2000 + "}"),
            "its header is not acceptable JSON: it is nested deeper than 32 levels",
        ),
        ("x" * (MAX_TOKEN_CHARACTERS + 1), "it is too long"),
        (made({"pad": "x" * 5_000_000}), "it is too long"),
    ],
    ids=range(23),
)
def test_segments_that_cannot_be_read_are_named(text: str, problem: str) -> None:
    with pytest.raises(TokenRefused) as refused:
        read_token(text)
    assert refused.value.problem == problem
    assert refused.value.header is None


def test_bounds_of_a_token() -> None:
    assert MAX_TOKEN_CHARACTERS == 65_536
    assert read_token(made({"a": json.loads("[" * (MAX_DEPTH - 1) + "]" * (MAX_DEPTH - 1))}))
    padding = (MAX_TOKEN_CHARACTERS - len(made({"exp": 1, "pad": ""}))) * 3 // 4
    longest = made({"exp": 1, "pad": "x" * padding})
    assert MAX_TOKEN_CHARACTERS - 4 < len(longest) <= MAX_TOKEN_CHARACTERS
    assert read_token(longest).claims["exp"] == 1
    with pytest.raises(TokenRefused):
        read_token("a" * MAX_TOKEN_CHARACTERS)


@pytest.mark.parametrize("last", "AEIMQUYcgkosw048")
def test_signature_may_end_in_any_letter_that_leaves_no_bits_over(last: str) -> None:
    assert len(read_token(f"{HEAD}.{BODY}.{MAC[:-1]}{last}").signature) == 32


def test_segment_that_ends_in_a_capital_x_is_canonical() -> None:
    assert read_token(f"{HEAD}.{BODY}.AAAX").signature == b"\x00\x00\x17"
