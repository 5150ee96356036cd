"""The three segments of a token, read as strictly as RFC 7515 and RFC 7519 say must."""

from __future__ import annotations

import json

import pytest

from mockserver.access.jwt_token import MAX_DEPTH, MAX_TOKEN_CHARACTERS, read_token
from mockserver.errors import TokenRefused
from tests.access.tokens import made

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
