"""A compact JWS with HS256: where it stands, which header it may have, and whether its signature holds."""

from __future__ import annotations

import base64
import hashlib
from typing import Any

import pytest

from mockserver.access.jwt_token import check_signature, read_token, token_from_header
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
