"""Comparing what came with what was expected."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.client.http import Reply
from mockserver.scenarios.expectation import missing, of_reply, same
from mockserver.scenarios.script import Expected


def reply(status: int = 200, body: bytes = b"{}") -> Reply:
    return Reply(status, "", (("content-type", "application/json"),), body)


def differences(expected: dict[str, Any], answer: Reply, entry: Any = None) -> list[str]:
    return list(of_reply(Expected.model_validate(expected), answer, entry))


@pytest.mark.parametrize(
    ("expected", "found"),
    [
        ({}, {"a": 1}),
        ({"a": 74}, {"a": 74.0}),
        ({"a": {"b": None}}, {"a": {"b": None, "c": 1}}),
        ([{"a": 1}], [{"a": 1, "b": 2}]),
        ("x", "x"),
    ],
)
def test_what_is_there_is_not_missed(expected: Any, found: Any) -> None:
    assert list(missing(expected, found, "body")) == []


@pytest.mark.parametrize(
    ("expected", "found", "sentence"),
    [
        ({"a": {"b": 1}}, {"a": {"b": 2}}, "body.a.b: expected 1, got 2"),
        ({"a": 1}, {}, "body.a: expected 1, but it is not there"),
        ({"a": True}, {"a": 1}, "body.a: expected true, got 1"),
        ({"a": "1"}, {"a": 1}, 'body.a: expected "1", got 1'),
        ([1], [1, 2], "body: expected [1], got [1, 2]"),
        ([1, 3], [1, 2], "body.1: expected 3, got 2"),
        (None, {}, "body: expected null, got {}"),
    ],
)
def test_what_is_missing_is_named_with_its_place(expected: Any, found: Any, sentence: str) -> None:
    assert list(missing(expected, found, "body")) == [sentence]


def test_same_looks_at_everything() -> None:
    assert same({"a": [1, {"b": 2.0}]}, {"a": [1.0, {"b": 2}]})
    assert not same({"a": 1}, {"a": 1, "b": 2})


def test_without_a_status_any_success_will_do() -> None:
    assert differences({}, reply(204)) == []
    assert differences({}, reply(302)) == ["status: expected 2xx, got 302"]


@pytest.mark.parametrize(
    ("expected", "sentence"),
    [
        ({"status": 201}, "status: expected 201, got 200"),
        ({"exactly": {"a": 1}}, 'body: expected exactly {"a": 1}, got {}'),
        (
            {"headers": {"Content-Type": "text/plain"}},
            "header Content-Type: expected 'text/plain', got 'application/json'",
        ),
        ({"refused_by": "nonce"}, "refused_by: expected nonce, got None"),
        ({"likely_mistake": "x"}, "likely_mistake: expected x, got None"),
        ({"no_answer": True}, "no_answer: expected none, got 200"),
    ],
)
def test_each_expectation_can_fail(expected: dict[str, Any], sentence: str) -> None:
    assert differences(expected, reply()) == [sentence]


def test_body_that_is_no_json_is_told() -> None:
    assert differences({"body": {}}, reply(body=b"oops")) == ['body: expected JSON, got "oops"']


def test_refusal_is_compared_with_the_journal() -> None:
    entry = {"explanation": {"check": "nonce", "likely_mistake": {"name": "replayed", "remedy": "…"}}}
    assert differences({"refused_by": "nonce", "likely_mistake": "replayed"}, reply(403), entry) == []
    assert differences({"refused_by": "nonce", "likely_mistake": None, "status": 403}, reply(403), entry) == [
        "likely_mistake: expected None, got replayed"
    ]
