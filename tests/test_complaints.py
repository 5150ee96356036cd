"""Complaints about given values name the place and say what to write instead."""

from __future__ import annotations

from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from mockserver.complaints import sentences
from mockserver.faults.kinds import ANY_FAULT
from mockserver.faults.seed_file import SeedFile
from mockserver.journal_search import RequestFilter


@pytest.mark.parametrize(
    ("model", "value", "words"),
    [
        (ANY_FAULT, {"fault": "status"}, "'status.code' is missing"),
        (ANY_FAULT, {"fault": "status", "code": 503, "foo": 1}, "'status.foo' has no meaning here"),
        (ANY_FAULT, {"fault": "explode"}, "there is no 'explode', use one of 'status', 'delay', "),
        (ANY_FAULT, {}, "'fault' is missing"),
        (TypeAdapter(SeedFile), [], "here belong names with values"),
        (
            TypeAdapter(RequestFilter),
            {"since": "yesterday"},
            "since: write a moment",
        ),
        (
            TypeAdapter(RequestFilter),
            {"since": "2026-11-21T09:30:00"},
            "since: write a moment",
        ),
        (
            TypeAdapter(RequestFilter),
            {"status": "9xx"},
            "status: write a status from 0 to 599",
        ),
        (
            TypeAdapter(RequestFilter),
            {"status": 600},
            "status: write a status from 0 to 599",
        ),
    ],
)
def test_complaint_names_the_place_and_what_to_write(model: TypeAdapter[Any], value: Any, words: str) -> None:
    with pytest.raises(ValidationError) as refused:
        model.validate_python(value)
    assert sentences(refused.value.errors()).startswith(words)


def test_part_of_the_request_is_left_out_and_the_surroundings_are_named() -> None:
    errors = [{"type": "missing", "loc": ("body", "at")}, {"type": "missing", "loc": ("query",)}]
    assert sentences(errors) == "'at' is missing; 'query' is missing"
    assert sentences(errors[:1], "settings", "consero") == "'settings.consero.at' is missing"
