"""JSON, forms and query strings: read strictly and within bounds."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from mockserver.body import MAX_FIELDS, form_pairs, json_value, query_pairs
from mockserver.errors import BodyMalformed
from mockserver.request import Limits, Request, receive_request


def request(body: bytes = b"", *, query: bytes = b"") -> Request:
    return Request("POST", "/", query, [], "127.0.0.1", "http", body)


FORMS = [
    (b"", []),
    (b"a=1", [("a", "1")]),
    (b"a=1&a=2&b=", [("a", "1"), ("a", "2"), ("b", "")]),
    (b"a", [("a", "")]),
    (b"=x", [("", "x")]),
    (b"&&a=1&", [("a", "1")]),
    (b"a=b=c", [("a", "b=c")]),
    (b"a=+%20%2B", [("a", "  +")]),
    (b"n%5B%5D=%C3%A9", [("n[]", "é")]),
    (b"a=%2f&b=%2F", [("a", "/"), ("b", "/")]),
    (b"a=1;b=2", [("a", "1;b=2")]),
    (b"a=%zz%", [("a", "%zz%")]),
    (b"a=%F0%9F%98%80", [("a", "😀")]),
    ("†&a=é%C3%A9".encode(), [("†", ""), ("a", "éé")]),
    (b"__proto__=1", [("__proto__", "1")]),
]
BAD_FORMS = [
    (b"a=%00", "holds the character NUL"),
    (b"%00=a", "holds the character NUL"),
    (b"a=\x00", "holds the character NUL"),
    (b"a=%ff", "is not urlencoded UTF-8"),
    (b"%ff=a", "is not urlencoded UTF-8"),
    (b"a=%ed%a0%80", "is not urlencoded UTF-8"),
    (b"a=%c0%af", "is not urlencoded UTF-8"),
    ("a=é".encode("latin-1"), "is not urlencoded UTF-8"),
    (b"a=\xff", "is not urlencoded UTF-8"),
    (b"&" * MAX_FIELDS, "has more than 500 fields"),
    (b"a=1&" * 200_000, "has more than 500 fields"),
]


@pytest.mark.parametrize(("raw", "pairs"), FORMS)
def test_form_and_query_are_read_alike(raw: bytes, pairs: list[tuple[str, str]]) -> None:
    assert form_pairs(request(raw)) == pairs
    assert query_pairs(request(query=raw)) == pairs


@pytest.mark.parametrize(("raw", "clause"), BAD_FORMS, ids=[repr(raw[:12]) for raw, _ in BAD_FORMS])
def test_unreadable_form_and_query_are_refused(raw: bytes, clause: str) -> None:
    with pytest.raises(BodyMalformed) as form:
        form_pairs(request(raw))
    with pytest.raises(BodyMalformed) as query:
        query_pairs(request(query=raw))
    assert form.value.problem == f"the form {clause}"
    assert query.value.problem == f"the query string {clause}"


def test_as_many_fields_as_allowed_are_read() -> None:
    assert len(form_pairs(request(b"&".join([b"a=1"] * MAX_FIELDS)))) == MAX_FIELDS


def test_json_body_is_read_strictly() -> None:
    assert json_value(request(b'{"a": 1}')) == {"a": 1}
    with pytest.raises(BodyMalformed) as refused:
        json_value(request(b'{"a": 1, "a": 2}'))
    assert str(refused.value) == "The body cannot be read: a key appears twice in one object."


@pytest.mark.parametrize("length", [b"\xb2", b"\xb9\xb3", b"1_0", b"+1", b""])
def test_length_that_is_no_plain_number_is_left_to_what_arrives(length: bytes) -> None:
    """Only in this process: behind a socket, the parsers have refused it."""
    message = {"type": "http.request", "body": b"1234", "more_body": False}
    received = asyncio.run(receive_request(scope(length), lambda: answered(message), Limits(10, 10, 1)))
    assert (received.body, received.unreadable) == (b"1234", None)


def scope(length: bytes) -> dict[str, Any]:
    return {
        "method": "POST",
        "path": "/",
        "query_string": b"",
        "headers": [(b"content-length", length)],
        "client": None,
        "scheme": "http",
    }


async def answered(message: dict[str, Any]) -> dict[str, Any]:
    return message
