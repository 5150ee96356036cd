"""`name=value` and `name:=json`."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.cli.values import by_schema, read_parameters
from mockserver.errors import UsageError


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("a=b", {"a": "b"}),
        ("a=", {"a": ""}),
        ("a=b=c", {"a": "b=c"}),
        ("a=1", {"a": "1"}),
        ("a:=1", {"a": 1}),
        ('a:={"b": [true, null]}', {"a": {"b": [True, None]}}),
        ("a:b=c", {"a:b": "c"}),
        ("a=x:=y", {"a": "x:=y"}),
        ("a=\n", {"a": "\n"}),
        ("ü=ß", {"ü": "ß"}),
    ],
)
def test_parameters(word: str, value: dict[str, Any]) -> None:
    assert read_parameters([word]) == value


@pytest.mark.parametrize("word", ["a", "=b", "", ":=1", "a:=", "a:=b", "a=\udcff"])
def test_what_is_none_is_refused(word: str) -> None:
    with pytest.raises(UsageError):
        read_parameters([word])


SCHEMA = {
    "properties": {
        "text": {"type": "string"},
        "maybe_text": {"anyOf": [{"type": "string", "format": "date-time"}, {"type": "null"}]},
        "word": {"enum": ["real", "frozen"]},
        "number": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
        "anything": {},
    }
}


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("text=503", "503"),
        ("maybe_text=2030", "2030"),
        ("word=real", "real"),
        ("number=503", 503),
        ("number=many", "many"),
        ("anything=1", 1),
        ("anything=x", "x"),
        ("unknown=[1]", [1]),
        ("text:=503", 503),
    ],
)
def test_schema_decides_what_a_value_is(word: str, value: Any) -> None:
    (found,) = by_schema([word], SCHEMA).values()
    assert (type(found), found) == (type(value), value)
