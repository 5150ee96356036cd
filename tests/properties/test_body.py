"""Bodies: what clients encode is read back, and no bytes break the readers."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.filepost import encode_multipart_formdata

from mockserver.body import form_pairs, multipart_pairs, query_pairs
from mockserver.errors import BodyMalformed
from mockserver.multipart import Upload, options_of
from mockserver.request import Request

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"))
NAMES = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters='"\\%'), min_size=1)
HEAD = b"multipart/form-data; boundary=b"


def request(body: bytes, *, content_type: bytes = HEAD, query: bytes = b"") -> Request:
    return Request("POST", "/", query, [(b"content-type", content_type)], "127.0.0.1", "http", body)


@given(st.lists(st.tuples(TEXT, TEXT), max_size=50))
def test_form_comes_back_as_it_was_encoded(pairs: list[tuple[str, str]]) -> None:
    raw = urlencode(pairs).encode()
    assert form_pairs(request(raw)) == pairs
    assert query_pairs(request(b"", query=raw)) == pairs


@given(
    st.lists(st.tuples(NAMES, TEXT), max_size=20), st.lists(st.tuples(NAMES, NAMES, st.binary()), max_size=5)
)
def test_multipart_comes_back_as_a_client_encodes_it(
    fields: list[tuple[str, str]], files: list[tuple[str, str, bytes]]
) -> None:
    parts = [*fields, *((name, (filename, content, "image/png")) for name, filename, content in files)]
    body, content_type = encode_multipart_formdata(parts)
    expected = [
        *fields,
        *((name, Upload(filename, "image/png", content)) for name, filename, content in files),
    ]
    assert multipart_pairs(request(body, content_type=content_type.encode())) == expected


def read_or_refused(read: Callable[[Request], Any], sent: Request) -> list[tuple[type, type]]:
    """Return the types of each name and value, nothing where the body is refused; all else is an error."""
    try:
        return [(type(name), type(value)) for name, value in read(sent)]
    except BodyMalformed:
        return []


@pytest.mark.parametrize("read", [form_pairs, query_pairs])
@given(st.binary())
def test_any_bytes_are_read_as_text_or_refused(read: Callable[[Request], Any], sent: bytes) -> None:
    assert {*read_or_refused(read, request(sent, query=sent))} <= {(str, str)}


@given(st.binary())
def test_any_bytes_are_read_as_multipart_or_refused(body: bytes) -> None:
    assert {*read_or_refused(multipart_pairs, request(body))} <= {(str, str), (str, Upload)}


@given(
    st.lists(
        st.sampled_from(
            [
                b"--b",
                b"--",
                b"\r\n",
                b"\n",
                b":",
                b"a",
                b'"',
                b"; name=",
                b"Content-Disposition: form-data",
                b"\x00",
            ]
        )
    )
)
def test_any_pieces_of_multipart_are_read_or_refused(pieces: list[bytes]) -> None:
    sent = request(b"--b\r\n" + b"".join(pieces))
    assert {*read_or_refused(multipart_pairs, sent)} <= {(str, str), (str, Upload)}


@given(st.text(st.sampled_from('abB;="\\ \t,*\x01é')))
def test_any_parameters_are_read_or_refused(text: str) -> None:
    with contextlib.suppress(BodyMalformed):
        word, options = options_of(text.encode())
        assert word == word.strip(b" \t").lower()
        assert all(name == name.lower() for name in options)
