"""JSON: what was written is read, and no bytes break the reader."""

from __future__ import annotations

import json
import math
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from mockserver.strict_json import INT64_MAX, INT64_MIN, MAX_DEPTH, Decimal, JsonError, read_json

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
SCALARS = (
    st.none()
    | st.booleans()
    | st.integers(INT64_MIN, INT64_MAX)
    | st.floats(allow_nan=False, allow_infinity=False)
    | TEXT
)
VALUES = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner), max_leaves=20)


@given(VALUES, st.booleans(), st.sampled_from([None, 0, 3, "\t\r\n "]))
def test_value_comes_back_as_it_was_written(value: Any, ascii_only: bool, indent: Any) -> None:
    raw = json.dumps(value, ensure_ascii=ascii_only, indent=indent).encode()
    assert read_json(raw) == value


@given(st.binary())
@example(b'"\\u0000"')
@example(b"\xef\xbb\xbf1")
def test_any_bytes_are_read_or_refused(raw: bytes) -> None:
    try:
        value = read_json(raw)
    except JsonError:
        return
    assert value == json.loads(raw)


@given(st.text(st.sampled_from('[]{}",:\\ 0u')))
def test_any_brackets_and_quotes_are_read_or_refused(text: str) -> None:
    try:
        value = read_json(text.encode())
    except JsonError:
        return
    assert value == json.loads(text)


@given(st.integers())
def test_integers_are_read_exactly_or_not_at_all(number: int) -> None:
    try:
        assert read_json(str(number).encode()) == number
        assert INT64_MIN <= number <= INT64_MAX
    except JsonError:
        assert not INT64_MIN <= number <= INT64_MAX


@given(st.from_regex(r"-?(0|[1-9][0-9]{0,20})(\.[0-9]{1,20})([eE][+-]?[0-9]{1,4})?", fullmatch=True))
def test_decimals_keep_their_text(text: str) -> None:
    try:
        value = read_json(text.encode())
    except JsonError:
        assert math.isinf(float(text))
        return
    assert isinstance(value, Decimal)
    assert value.text == text


@given(VALUES, st.integers(0, MAX_DEPTH * 2))
def test_depth_decides(value: Any, depth: int) -> None:
    own = depth_of(value)
    raw = b"[" * depth + json.dumps(value).encode() + b"]" * depth
    try:
        read_json(raw)
        assert depth + own <= MAX_DEPTH
    except JsonError:
        assert depth + own > MAX_DEPTH


@given(st.lists(TEXT, min_size=2, max_size=5, unique=True), st.data())
def test_key_that_comes_twice_is_refused(keys: list[str], data: st.DataObject) -> None:
    repeated = [*keys, data.draw(st.sampled_from(keys))]
    raw = "{" + ",".join(f"{json.dumps(key)}:1" for key in repeated) + "}"
    with pytest.raises(JsonError, match="twice"):
        read_json(raw.encode())


def depth_of(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((depth_of(item) for item in value.values()), default=0)
    if isinstance(value, list):
        return 1 + max((depth_of(item) for item in value), default=0)
    return 0
