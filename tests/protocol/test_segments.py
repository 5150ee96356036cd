"""A request is read the same however the network cuts it, and whatever came before it on its connection."""

from __future__ import annotations

import pytest
from protocol_wire import heard

from tests.vectors.http_refused import REFUSED, REFUSED_LINES
from tests.vectors.http_requests import BODY, END, GET, POST, SIZED, TAKEN

pytestmark = pytest.mark.parametrize("parser", ["httptools", "h11"])
SHORT = {name: data for name, data in {**TAKEN, **REFUSED}.items() if len(data) < 1_000}
MOST_CUTS = 60
CHUNKS = POST + b"Transfer-Encoding: chunked\r\n\r\n" + SIZED + END


@pytest.mark.parametrize("sent", SHORT.values(), ids=SHORT)
def test_request_that_comes_byte_by_byte_is_read_as_one_that_comes_whole(parser: str, sent: bytes) -> None:
    assert heard(parser, *(sent[at : at + 1] for at in range(len(sent)))) == heard(parser, sent)


@pytest.mark.parametrize("cut", range(1, MOST_CUTS))
def test_odd_request_line_is_refused_wherever_it_is_cut(parser: str, cut: int) -> None:
    answers = {name: heard(parser, sent[:cut], sent[cut:]) for name, sent in REFUSED_LINES.items()}
    assert [name for name, found in answers.items() if found.requests] == []


@pytest.mark.parametrize("first", [GET + b"\r\n", POST + b"Content-Length: 17\r\n\r\n" + BODY, CHUNKS])
@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_refused_request_is_not_answered_behind_a_good_one(parser: str, first: bytes, sent: bytes) -> None:
    assert heard(parser, first + sent).statuses.count(200) == 1
    assert heard(parser, first, sent).statuses.count(200) == 1
    assert heard(parser, first + sent[:30], sent[30:]).statuses.count(200) == 1


@pytest.mark.parametrize("sent", REFUSED_LINES.values(), ids=REFUSED_LINES)
def test_refused_line_is_not_taken_for_a_good_one_behind_it(parser: str, sent: bytes) -> None:
    good = b"GET / HTTP/1.1\r\nHost: a\r\n\r\n"
    assert heard(parser, sent + good).requests == []


@pytest.mark.parametrize("between", [b"\r\n", b"\r\n\r\n", b"\r\n" * 100])
def test_empty_lines_between_requests_are_passed_over(parser: str, between: bytes) -> None:
    """RFC 9112, 2.2."""
    sent = between.join([CHUNKS, GET + b"\r\n", CHUNKS, b""])
    assert heard(parser, sent).statuses == [200] * 3
    assert heard(parser, *(sent[at : at + 1] for at in range(len(sent)))).statuses == [200] * 3
