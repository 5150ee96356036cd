"""An answer sent with one write is the one that uvicorn would have sent with two."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from protocol_wire import Wire
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, RequestResponseCycle
from uvicorn.server import ServerState

from mockserver.app import create_app, running
from mockserver.protocol.whole_answer import send_whole
from mockserver.serving import configured
from mockserver.settings import Settings

HEADERS = [(b"content-type", b"application/json"), (b"content-length", b"2")]
BODY = b"{}"
KEY = b"x-api-key: fakeconserokey0000000000000000000000000000000000fakefake\r\n"
GET = b"GET /consero/api/v1/examinations HTTP/1.1\r\nHost: a\r\n"
CONTROLS = [bytes([code]) for code in (*range(0x09), *range(0x0A, 0x20), 0x7F)]


class Watched(Wire):
    """A connection that counts the writes."""

    writes = 0

    def write(self, data: Any) -> None:
        super().write(data)
        self.writes += 1


class Answered:
    """One request in uvicorn's hands, and what became of it."""

    def __init__(self, *, method: str = "GET", keep_alive: bool = True) -> None:
        self.wire = Watched()
        self.ended = 0
        self.cycle = RequestResponseCycle(
            scope={"method": method},  # type: ignore[typeddict-item] # all that an answer looks at
            transport=self.wire,
            flow=FlowControl(self.wire),
            logger=logging.getLogger("test"),
            access_logger=logging.getLogger("test"),
            access_log=False,
            default_headers=[],
            message_event=asyncio.Event(),
            expect_100_continue=True,
            keep_alive=keep_alive,
            on_response=self._end,
        )

    def _end(self) -> None:
        self.ended += 1

    def state(self) -> dict[str, Any]:
        """Return what is left behind, but for the number of writes."""
        names = ("keep_alive", "response_started", "response_complete", "waiting_for_100_continue")
        return {
            "bytes": self.wire.written,
            "closed": self.wire.closed,
            "ended": self.ended,
            "told": self.cycle.message_event.is_set(),
            **{name: getattr(self.cycle, name) for name in names},
        }


def sent_as_messages(
    answered: Answered, status: int, headers: list[tuple[bytes, bytes]], body: bytes
) -> None:
    async def send() -> None:
        await answered.cycle.send({"type": "http.response.start", "status": status, "headers": headers})
        await answered.cycle.send({"type": "http.response.body", "body": body, "more_body": False})

    asyncio.run(send())


values = st.binary(max_size=20).filter(lambda value: not any(control in value for control in CONTROLS))


@given(
    status=st.sampled_from(sorted(STATUS_LINE)),
    further=st.lists(
        st.tuples(st.sampled_from([b"location", b"x-mock-explain", b"date"]), values), max_size=4
    ),
    body=st.binary(max_size=40),
    method=st.sampled_from(["GET", "HEAD", "POST"]),
    keep_alive=st.booleans(),
)
@example(status=204, further=[], body=b"", method="DELETE", keep_alive=True)
@example(status=304, further=[], body=b"", method="GET", keep_alive=False)
def test_one_write_leaves_everything_as_two_do(
    status: int, further: list[tuple[bytes, bytes]], body: bytes, method: str, keep_alive: bool
) -> None:
    headers = [(b"content-length", str(len(body)).encode()), *further]
    body = b"" if method == "HEAD" else body
    one, two = (Answered(method=method, keep_alive=keep_alive) for _ in range(2))
    assert send_whole(one.cycle, status, headers, body)
    sent_as_messages(two, status, headers, body)
    assert one.state() == two.state()
    assert one.wire.writes == 1


@pytest.mark.parametrize("control", CONTROLS)
def test_control_character_in_a_header_is_left_to_uvicorn_which_refuses_it(control: bytes) -> None:
    headers = [*HEADERS, (b"location", b"a" + control + b"b")]
    answered = Answered()
    assert not send_whole(answered.cycle, 200, headers, BODY)
    assert (answered.wire.writes, answered.cycle.response_started) == (0, False)
    with pytest.raises(RuntimeError, match="Invalid HTTP header value"):
        sent_as_messages(answered, 200, headers, BODY)


def test_tab_in_a_header_is_sent() -> None:
    answered = Answered()
    assert send_whole(answered.cycle, 200, [*HEADERS, (b"location", b"a\tb")], BODY)
    assert b"location: a\tb\r\n" in answered.wire.written


def test_nothing_is_written_where_the_caller_does_not_take_it_yet() -> None:
    answered = Answered()
    answered.cycle.flow.pause_writing()
    assert not send_whole(answered.cycle, 200, HEADERS, BODY)
    answered.cycle.flow.resume_writing()
    assert send_whole(answered.cycle, 200, HEADERS, BODY)
    assert answered.wire.writes == 1


@pytest.mark.parametrize("state", ["disconnected", "response_started"])
def test_nothing_is_written_to_a_caller_that_is_gone_or_behind_a_begun_answer(state: str) -> None:
    answered = Answered()
    setattr(answered.cycle, state, True)
    assert not send_whole(answered.cycle, 200, HEADERS, BODY)
    assert (answered.wire.writes, answered.ended) == (0, 0)


SENT = {
    "good": (GET + KEY + b"\r\n", [200]),
    "refused": (GET + b"\r\n", [401]),
    "no operation": (GET.replace(b"examinations", b"nothing") + KEY + b"\r\n", [404]),
    "without its body": (GET.replace(b"GET", b"HEAD") + KEY + b"\r\n", [200]),
    "last on its connection": (GET + KEY + b"Connection: close\r\n\r\n", [200]),
    "one behind the other": (GET + KEY + b"\r\n" + GET + b"\r\n" + GET + KEY + b"\r\n", [200, 401, 200]),
}


@pytest.mark.parametrize(("sent", "statuses"), SENT.values(), ids=SENT)
def test_every_answer_of_a_vendor_leaves_with_one_write(sent: bytes, statuses: list[int]) -> None:
    wire = asyncio.run(_answered_by_the_server(sent, len(statuses)))
    heads = [b"HTTP/1.1 %d " % status for status in statuses]
    assert [wire.written.count(head) for head in heads] == [statuses.count(status) for status in statuses]
    assert wire.writes == len(statuses)
    assert wire.written.endswith(b"\r\n\r\n") == sent.startswith(b"HEAD")
    assert (b"\r\nconnection: close\r\n" in wire.written) == (b"Connection: close" in sent)


async def _answered_by_the_server(sent: bytes, answers: int) -> Watched:
    async with running(create_app(Settings(database="sqlite://"))) as app:
        config = configured(lambda: app, http="httptools")
        config.load()
        state, wire = ServerState(), Watched()
        make: Any = config.http_protocol_class
        protocol = make(config, state, {})
        protocol.connection_made(wire)
        protocol.data_received(sent)
        async with asyncio.timeout(30):
            while state.total_requests < answers or state.tasks:
                await asyncio.sleep(0)
        protocol.connection_lost(None)
        return wire
