"""Requests of RFC 9112, byte by byte, to a server of each parser."""

from __future__ import annotations

import pytest
from raw_http import RawConnection

from tests.vectors.http_refused import REFUSED
from tests.vectors.http_requests import BODY, GET, POST, TAKEN, WITHOUT_EFFECT


@pytest.mark.parametrize("sent", TAKEN.values(), ids=TAKEN)
def test_request_of_the_standard_is_taken(url: str, sent: bytes) -> None:
    with RawConnection(url) as connection:
        connection.send(sent)
        assert connection.answer().status == 200


@pytest.mark.parametrize(("sent", "statuses"), WITHOUT_EFFECT.values(), ids=WITHOUT_EFFECT)
def test_request_that_has_no_effect_is_answered(url: str, sent: bytes, statuses: set[int]) -> None:
    with RawConnection(url) as connection:
        connection.send(sent)
        assert connection.answer().status in statuses


@pytest.mark.parametrize("sent", REFUSED.values(), ids=REFUSED)
def test_what_is_no_request_of_the_standard_is_refused(url: str, sent: bytes) -> None:
    with RawConnection(url) as connection:
        connection.send(sent + GET.replace(b"/consero", b"/smuggled") + b"\r\n")
        answer = connection.answer()
        assert answer.status in (400, 417, 501, 505)
        assert answer.headers["connection"] == "close"
        assert connection.is_closed()


@pytest.mark.parametrize(
    ("fields", "stays_open"),
    [
        (b"", True),
        (b"Connection: keep-alive\r\n", True),
        (b"Connection: close\r\n", False),
        (b"Connection: CLOSE\r\n", False),
        (b"Connection: x, close\r\n", False),
    ],
)
def test_connection_is_kept_as_the_caller_says(url: str, fields: bytes, stays_open: bool) -> None:
    with RawConnection(url) as connection:
        connection.send(GET + fields + b"\r\n")
        answer = connection.answer()
        assert (answer.headers.get("connection") != "close") == stays_open


def test_go_on_is_said_once_and_before_the_body(url: str) -> None:
    """RFC 9110, 10.1.1."""
    with RawConnection(url) as connection:
        connection.send(POST + b"Content-Length: 17\r\nExpect: 100-Continue\r\n\r\n")
        assert connection.answer().status == 100
        connection.send(BODY)
        assert connection.answer().status == 200


def test_head_has_no_body(url: str) -> None:
    """RFC 9110, 9.3.2: whatever its status, nothing but the next answer follows."""
    with RawConnection(url) as connection:
        connection.send(GET.replace(b"GET", b"HEAD", 1) + b"\r\n")
        assert connection.head().status in (200, 405)
        connection.send(GET + b"\r\n")
        assert connection.answer().status == 200
