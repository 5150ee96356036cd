"""JSON texts to the reader and, as bodies, to a server of each parser."""

from __future__ import annotations

import json

import pytest
from raw_http import RawAnswer, RawConnection

from mockserver.strict_json import JsonError, read_json
from tests.vectors.http_requests import POST
from tests.vectors.json_left_open import LEFT_OPEN
from tests.vectors.json_of_the_grammar import AS_DEEP_AS_CAN_BE, OF_THE_GRAMMAR
from tests.vectors.json_outside_of_the_grammar import OUTSIDE


def posted(url: str, body: bytes) -> RawAnswer:
    with RawConnection(url) as connection:
        connection.send(POST + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return connection.answer()


@pytest.mark.parametrize("text", OF_THE_GRAMMAR, ids=range(len(OF_THE_GRAMMAR)))
def test_text_of_the_grammar_is_read_as_others_read_it(text: bytes) -> None:
    assert read_json(text) == json.loads(text)


@pytest.mark.parametrize("text", AS_DEEP_AS_CAN_BE, ids=["arrays", "objects"])
def test_text_may_be_nested_to_the_limit(text: bytes) -> None:
    assert read_json(text) == json.loads(text)


@pytest.mark.parametrize("text", OUTSIDE, ids=range(len(OUTSIDE)))
def test_text_outside_of_the_grammar_is_refused(text: bytes) -> None:
    with pytest.raises(JsonError):
        read_json(text)


@pytest.mark.parametrize("text", LEFT_OPEN.values(), ids=LEFT_OPEN)
def test_text_that_is_left_open_is_refused(text: bytes) -> None:
    with pytest.raises(JsonError):
        read_json(text)


@pytest.mark.parametrize("text", OF_THE_GRAMMAR, ids=range(len(OF_THE_GRAMMAR)))
def test_text_of_the_grammar_is_taken_inside_of_a_body(url: str, text: bytes) -> None:
    """As a field that nobody reads."""
    assert posted(url, b'{"inviteId": 142, "unread": ' + text + b"}").status == 200


@pytest.mark.parametrize(
    "text",
    [*OUTSIDE, *LEFT_OPEN.values()],
    ids=[*map(str, range(len(OUTSIDE))), *LEFT_OPEN],
)
def test_refused_text_is_answered_in_the_vendor_s_words(url: str, text: bytes) -> None:
    answer = posted(url, text)
    assert answer.status == 422
    assert set(json.loads(answer.body)) == {"message", "errors"}
