"""A request is read the same however the network cuts it, and whatever came before it on its connection."""

from __future__ import annotations

import pytest
from protocol_wire import heard

from tests.vectors.http_requests import GET, REFUSED, REFUSED_LINES, TAKEN

pytestmark = pytest.mark.parametrize("parser", ["httptools", "h11"])
SHORT = {name: data for name, data in {**TAKEN, **REFUSED}.items() if len(data) < 1_000}
MOST_CUTS = 60


@pytest.mark.parametrize("sent", SHORT.values(), ids=SHORT)
def test_request_that_comes_byte_by_byte_is_read_as_one_that_comes_whole(parser: str, sent: bytes) -> None:
    assert heard(parser, *(sent[at : at + 1] for at in range(len(sent)))) == heard(parser, sent)


@pytest.mark.parametrize("cut", range(1, MOST_CUTS))
def test_odd_request_line_is_refused_wherever_it_is_cut(parser: str, cut: int) -> None:
    answers = {name: heard(parser, sent[:cut], sent[cut:]) for name, sent in REFUSED_LINES.items()}
    assert [name for name, found in answers.items() if found.requests] == []


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_refused_request_is_not_answered_behind_a_good_one(parser: str, sent: bytes) -> None:
    assert heard(parser, GET + b"\r\n" + sent).statuses.count(200) == 1
    assert heard(parser, GET + b"\r\n", sent).statuses.count(200) == 1
