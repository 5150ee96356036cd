"""YAML with line numbers, and only what JSON knows."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.scenarios.document import ScenarioInvalid, read_document


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2026-11-21T09:30:00Z", "2026-11-21T09:30:00Z"),
        ("2026-11-21", "2026-11-21"),
        ("yes", "yes"),
        ("on", "on"),
        ("12:30:00", "12:30:00"),
        ("0o17", "0o17"),
        ("007", "007"),
        ("1_000", "1_000"),
        ("+30", "+30"),
        ("-30", -30),
        ("1.50", 1.5),
        ("1e3", 1000.0),
        ("true", True),
        ("True", "True"),
        ("null", None),
        ("~", None),
        ('"1"', "1"),
    ],
)
def test_plain_words_mean_what_they_would_in_json(text: str, value: Any) -> None:
    found = read_document(f"a: {text}", "f").value["a"]
    assert (type(found), found) == (type(value), value)


def test_each_part_has_its_line() -> None:
    document = read_document("a: 1\nb:\n  - c: 2\n  - d:\n      e: 3\n", "f.yaml")
    assert document.where(("a",)) == "f.yaml:1"
    assert document.where(("b", 0)) == "f.yaml:3"
    assert document.where(("b", 1, "d", "e")) == "f.yaml:5"
    assert document.where(("b", 1, "x", "y")) == "f.yaml:4"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "f:1: the file is empty"),
        ("a: 1\nb: 2\na: 3\n", "f:3: 'a' stands here twice"),
        ("a: 1\n? [b]\n: 2\n", "f:2: a key must be a word"),
        ("a: [1\n", "f:2: expected ',' or ']', but got '<stream end>'"),
        ("a: 1\n\tb: 2\n", "f:2: found character '\\t' that cannot start any token"),
        ("a: !!python/object:os.system {}\n", "f:1: could not determine a constructor for the tag"),
        ("a: &x 1\n---\nb: 2\n", "f:2: but found another document"),
        ("a: &x [*x]\n", "f:1: it is nested too deeply"),
        ("a: \x00", "f:1: unacceptable character #x0000"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_line(text: str, message: str) -> None:
    with pytest.raises(ScenarioInvalid) as refused:
        read_document(text, "f")
    assert str(refused.value).startswith(message)
