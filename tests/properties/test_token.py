"""Tokens: what was signed is read, and no text breaks the reader."""

from __future__ import annotations

import base64
from typing import Any

import jwt
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from mockserver.access.jwt_token import check_lifetime, check_signature, read_token, token_from_header
from mockserver.errors import AccessRefused, TokenRefused

SECRET = "a-secret-of-at-least-thirty-two-bytes"
NOW_MS = 1_795_289_832_000
TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
CLAIMS = st.dictionaries(TEXT, TEXT | st.integers(-(2**63), 2**63 - 1) | st.booleans() | st.none())


@given(CLAIMS, st.integers(1, 10**6))
def test_token_of_a_common_library_is_read(claims: dict[str, Any], seconds: int) -> None:
    claims = {"custom": claims, "exp": NOW_MS // 1000 + seconds}
    token = read_token(jwt.encode(claims, SECRET, "HS256"))
    check_signature(token, SECRET.encode())
    check_lifetime(token, now_ms=NOW_MS)
    assert token.claims == claims


@given(st.data())
def test_changed_character_makes_another_token(data: st.DataObject) -> None:
    text = jwt.encode({"exp": 9_999_999_999}, SECRET, "HS256")
    at = data.draw(st.integers(0, len(text) - 1))
    character = data.draw(st.characters(codec="latin-1"))
    assume(character != text[at])
    with pytest.raises(TokenRefused):
        check_signature(read_token(text[:at] + character + text[at + 1 :]), SECRET.encode())


@given(st.text())
def test_any_text_is_read_or_refused(text: str) -> None:
    with pytest.raises(TokenRefused):
        read_token(text)


@given(st.binary(), st.binary(), st.binary())
def test_any_three_segments_are_read_or_refused(header: bytes, payload: bytes, signature: bytes) -> None:
    segments = [base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in (header, payload, signature)]
    with pytest.raises(TokenRefused):
        check_signature(read_token(".".join(segments)), SECRET.encode())


@given(st.text(st.characters(codec="latin-1")) | st.none())
def test_any_header_gives_a_token_or_a_refusal(value: str | None) -> None:
    try:
        token = token_from_header(value, scheme="JWT")
    except AccessRefused:
        return
    assert value is not None
    assert value.lower() == f"jwt {token.lower()}"


@given(st.integers(0, 2 * NOW_MS), st.integers(0, 10**6), st.integers(0, 2 * NOW_MS))
def test_token_is_good_exactly_before_its_expiry(expiry_ms: int, leeway: int, now_ms: int) -> None:
    token = read_token(jwt.encode({"exp": expiry_ms / 1000}, SECRET, "HS256"))
    try:
        check_lifetime(token, now_ms=now_ms, leeway_seconds=leeway)
        assert now_ms / 1000 < expiry_ms / 1000 + leeway
    except TokenRefused:
        assert now_ms / 1000 >= expiry_ms / 1000 + leeway
