"""JSON is read as RFC 8259 has it; what two readers could understand differently is refused."""

from __future__ import annotations

import time
from typing import Any

import pytest

from mockserver.strict_json import MAX_DEPTH, Decimal, JsonError, read_json, write_json

ACCEPTED: list[tuple[bytes, Any]] = [
    (b"null", None),
    (b"true", True),
    (b" \t\r\n false \n", False),
    (b'""', ""),
    (b"[]", []),
    (b"{}", {}),
    (b'{"":0}', {"": 0}),
    (b'{"a":{"a":1},"b":[{"a":1}]}', {"a": {"a": 1}, "b": [{"a": 1}]}),
    (b"-0", 0),
    (b"9223372036854775807", 2**63 - 1),
    (b"-9223372036854775808", -(2**63)),
    (b"9007199254740993", 2**53 + 1),
    (b"1E+2", 100.0),
    (b"-1e-400", -0.0),
    (b"0.1e1", 1.0),
    (rb'"\u0041\ud83d\ude00\/\b\f\n\r\t\"\\"', 'A😀/\b\f\n\r\t"\\'),
    ('"\u2028\u2029\u202e\ufeff\uffff\U0010fffe"'.encode(), "\u2028\u2029\u202e\ufeff\uffff\U0010fffe"),
    ('"\u00e9"'.encode(), "\u00e9"),
    ('"e\u0301"'.encode(), "e\u0301"),
    (b'"\x7f"', "\x7f"),
    (rb'{"\u0041":[1,null]}', {"A": [1, None]}),
    (b'{"__proto__":{"constructor":1}}', {"__proto__": {"constructor": 1}}),
    (rb'["[[[[", "\"[{", "\\"]', ["[[[[", '"[{', "\\"]),
]
REFUSED = {
    "empty": b"",
    "blank": b" \n ",
    "byte order mark": b"\xef\xbb\xbf{}",
    "UTF-16 with mark": "{}".encode("utf-16"),
    "UTF-16LE": '{"a":1}'.encode("utf-16-le"),
    "UTF-32": "{}".encode("utf-32"),
    "bytes FF FE": b'"\xff\xfe"',
    "overlong slash": b'"\xc0\xaf"',
    "UTF-8 surrogate": b'"\xed\xa0\x80"',
    "beyond U+10FFFF": b'"\xf4\x90\x80\x80"',
    "cut UTF-8": b'"\xe2\x82"',
    "NaN": b"[NaN]",
    "Infinity": b"[Infinity]",
    "-Infinity": b"[-Infinity]",
    "overflow": b"1e999999",
    "negative overflow": b"[-1.8e308]",
    "overflowing digits": b"1" * 400 + b".0",
    "integer 2^63": b"9223372036854775808",
    "integer -2^63 - 1": b"-9223372036854775809",
    "integer of 5000 digits": b"1" * 5000,
    "leading zero": b"012",
    "negative leading zero": b"-012",
    "plus": b"+1",
    "lone minus": b"-",
    "point first": b".5",
    "point last": b"1.",
    "point before e": b"1.e3",
    "empty exponent": b"1e",
    "hexadecimal": b"0x10",
    "underscore": b"1_000",
    "full-width digit": "１".encode(),
    "Arabic digit": "٣".encode(),
    "single quotes": b"{'a':1}",
    "bare key": b"{a:1}",
    "number as key": b"{1:1}",
    "trailing comma in object": b'{"a":1,}',
    "trailing comma in array": b"[1,]",
    "double comma": b"[1,,2]",
    "missing comma": b"[1 2]",
    "missing colon": b'{"a" 1}',
    "comment": b"[1]//x",
    "block comment": b"/*x*/[1]",
    "trailing text": b"{}x",
    "second document": b"{}{}",
    "trailing NUL": b"{}\x00",
    "unclosed array": b"[1",
    "unclosed object": b'{"a":1',
    "unclosed text": b'"abc',
    "text that ends in a backslash": b'"abc\\',
    "too many closed": b"[1]]",
    "crossed": b"[{]}",
    "capital True": b"True",
    "cut literal": b"tru",
    "raw newline": b'"a\nb"',
    "raw tab": b'"a\tb"',
    "raw control character": b'"\x01"',
    "raw NUL": b'"\x00"',
    "escape x": rb'"\x41"',
    "escape a": rb'"\a"',
    "escape with capital U": rb'"\U0041"',
    "short escape": rb'"\u004"',
    "escape without hexadecimal digits": rb'"\u00g1"',
    "escape with sign": rb'"\u+041"',
    "escape with blank": rb'"\u 041"',
    "escaped NUL": rb'"\u0000"',
    "escaped NUL in a key": rb'{"a\u0000":1}',
    "high surrogate alone": rb'"\ud800"',
    "low surrogate alone": rb'"\udc00x"',
    "surrogates reversed": rb'["\ude00\ud83d"]',
    "surrogate in a nested key": rb'[{"a":[{"\ud800":1}]}]',
    "duplicate key": b'{"a":1,"a":1}',
    "duplicate key, once escaped": rb'{"a":1,"\u0061":2}',
    "duplicate key below": b'[{"x":{"a":1,"b":2,"a":3}}]',
    "no-break space": "\u00a0{}".encode(),
    "form feed": b"\x0c{}",
    "YAML": b"!!python/object/apply:os.system ['true']",
    "XML": b"<?xml version='1.0'?><a/>",
}


@pytest.mark.parametrize(("raw", "value"), ACCEPTED, ids=[repr(raw[:24]) for raw, _ in ACCEPTED])
def test_json_is_read(raw: bytes, value: Any) -> None:
    assert read_json(raw) == value


@pytest.mark.parametrize("raw", REFUSED.values(), ids=REFUSED)
def test_what_is_no_clear_json_is_refused(raw: bytes) -> None:
    with pytest.raises(JsonError):
        read_json(raw)


@pytest.mark.parametrize(
    ("raw", "clause"),
    [
        (b"\xff", "it is not UTF-8"),
        (b"[" * 65 + b"]" * 65, "it is nested deeper than 64 levels"),
        (b"{", "it is not JSON"),
        (b"{}X", "it is not JSON"),
        (b"X{}", "it is not JSON"),
        (b"{} {}", "it is not JSON"),
        (b'{"a":1,"a":2}', "a key appears twice in one object"),
        (b"9223372036854775808", "an integer is beyond 64 bits"),
        (b"-Infinity", "-Infinity is not JSON"),
        (b"1e400", "a number is beyond the range of a double"),
        (rb'"\u0000"', "a text holds the character NUL"),
        (rb'"\ud800"', "a text holds a lone surrogate"),
    ],
)
def test_refusal_says_what_is_wrong(raw: bytes, clause: str) -> None:
    with pytest.raises(JsonError) as refused:
        read_json(raw)
    assert str(refused.value) == clause


@pytest.mark.parametrize("text", ["1.0", "1.50", "1E2", "-0.0", "0.1e-7", "74.000"])
def test_decimals_remember_how_they_were_written(text: str) -> None:
    value = read_json(text.encode())
    assert isinstance(value, Decimal)
    assert value.text == text
    assert value == float(text)


def test_whole_numbers_are_integers() -> None:
    assert type(read_json(b"1")) is int


def test_nesting_is_counted_outside_of_texts_only() -> None:
    assert read_json(b"[" * MAX_DEPTH + b"]" * MAX_DEPTH)
    brackets = b"[" * 1000
    assert read_json(b'["' + brackets + b'","\\"' + brackets + b'"]')[0] == brackets.decode()


def test_siblings_do_not_nest() -> None:
    assert read_json(b"[[]," + b"[" * 63 + b"]" * 63 + b"]")
    assert read_json(b"[" + b"[]," * 100 + b"{}]")


@pytest.mark.parametrize(
    "raw",
    [
        b'{"a":' * 65 + b"1" + b"}" * 65,
        b'[{"a":' * 33 + b"1" + b"}]" * 33,
        b"[" + b"[]," * 10 + b"[" * 64 + b"]" * 64 + b"]",
        b"[" + b"{}," * 10 + b'{"a":' * 64 + b"1" + b"}" * 64 + b"]",
    ],
    ids=["objects", "both", "behind siblings", "objects behind siblings"],
)
def test_depth_is_counted_of_both_kinds_and_behind_siblings(raw: bytes) -> None:
    with pytest.raises(JsonError, match="deeper than 64"):
        read_json(raw)


@pytest.mark.parametrize("depth", [1, 5])
def test_depth_can_be_set_lower(depth: int) -> None:
    assert isinstance(read_json(b"[" * depth + b"]" * depth, max_depth=depth), list)
    with pytest.raises(JsonError):
        read_json(b"[" * (depth + 1) + b"]" * (depth + 1), max_depth=depth)


@pytest.mark.parametrize(
    "text",
    ['{"a":[1,-2.5,true,null],"b":"\\"\u00e9\\n"}', "[]", '""', "9223372036854775807", '[["x","y"]]', "1.0"],
)
def test_what_was_read_is_written_as_compact_json(text: str) -> None:
    assert write_json(read_json(text.encode())) == text.encode()


def test_siblings_do_not_add_up_to_depth() -> None:
    assert len(read_json(b"[" + b"[]," * 500 + b"{}]")) == 501


@pytest.mark.parametrize(
    "raw",
    [
        b"[" * 1_000_000,
        b"[" * 100_000 + b"]" * 100_000,
        b"[" * 70 + b'"' + b'\\"' * 400_000,
        b"[" * 70 + b'"' + b'\\"' * 400_000 + b"\\",
        b'{"a":' * 100_000,
        b"]" * 500_000 + b"[" * 500_000,
        b"0." + b"1" * 1_000_000 + b"x",
        b"1" * 1_000_000,
        b'"' + b"\\ud800" * 150_000 + b'"',
    ],
    ids=lambda raw: f"{raw[:3]!r}…{raw[-3:]!r} {len(raw)}",
)
def test_hostile_megabyte_is_refused_at_once(raw: bytes) -> None:
    began = time.perf_counter()
    with pytest.raises(JsonError):
        read_json(raw)
    assert time.perf_counter() - began < 2
