"""The head of an answer leaves with the first bytes of its body, or alone when there are none."""

from __future__ import annotations

from collections.abc import Callable
from types import SimpleNamespace
from typing import Any

from mockserver.protocol.one_write import OneWrite

STARTED = SimpleNamespace(response_started=True)
HEAD, BODY = b"HTTP/1.1 200 OK\r\n\r\n", b"{}"


class Wire:
    """A transport that keeps what is written to it."""

    def __init__(self) -> None:
        self.written: list[bytes] = []
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written.append(data)

    def is_closing(self) -> bool:
        return self.closed

    def close(self) -> None:
        self.closed = True


class Turn:
    """A turn of the event loop, ended by hand."""

    def __init__(self) -> None:
        self._later: list[Callable[[], None]] = []

    def call_soon(self, callback: Callable[[], None]) -> None:
        self._later.append(callback)

    def end(self) -> None:
        for callback in self._later:
            callback()


def answer(cycle: Any = STARTED) -> tuple[Wire, Turn, OneWrite]:
    wire, turn = Wire(), Turn()
    return wire, turn, OneWrite(wire, cycle, turn)  # type: ignore[arg-type] # the parts that are used


def test_head_and_body_are_one_write() -> None:
    wire, turn, transport = answer()
    transport.write(HEAD)
    assert wire.written == []
    transport.write(BODY)
    assert wire.written == [HEAD + BODY]
    turn.end()
    assert wire.written == [HEAD + BODY]


def test_head_without_a_body_leaves_at_the_end_of_the_turn() -> None:
    wire, turn, transport = answer()
    transport.write(HEAD)
    turn.end()
    assert wire.written == [HEAD]
    transport.write(BODY)
    assert wire.written == [HEAD, BODY]


def test_empty_body_is_one_write() -> None:
    wire, _, transport = answer()
    transport.write(HEAD)
    transport.write(b"")
    assert wire.written == [HEAD]


def test_further_parts_of_a_body_follow_at_once() -> None:
    wire, _, transport = answer()
    for data in (HEAD, BODY, b"more", b"end"):
        transport.write(data)
    assert wire.written == [HEAD + BODY, b"more", b"end"]


def test_100_continue_is_not_taken_for_the_head() -> None:
    cycle = SimpleNamespace(response_started=False)
    wire, _, transport = answer(cycle)
    transport.write(b"HTTP/1.1 100 Continue\r\n\r\n")
    assert wire.written == [b"HTTP/1.1 100 Continue\r\n\r\n"]
    cycle.response_started = True
    transport.write(HEAD)
    transport.write(BODY)
    assert wire.written[1:] == [HEAD + BODY]


def test_closing_sends_what_waits_first() -> None:
    wire, _, transport = answer()
    transport.write(HEAD)
    assert not transport.is_closing()
    transport.close()
    assert (wire.written, wire.closed) == ([HEAD], True)
    assert transport.is_closing()


def test_nothing_is_written_to_a_connection_that_is_gone() -> None:
    wire, turn, transport = answer()
    transport.write(HEAD)
    wire.closed = True
    turn.end()
    assert wire.written == []
