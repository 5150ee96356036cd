"""The receivers that are shown to a server which sends webhooks: the judge's, and that of a scenario."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest
from raw_http import RawConnection

from contracts.receiver import Receiver
from mockserver.scenarios.receiver import receiving

HALF = b"POST /review HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n{"


@pytest.fixture(params=["judge", "scenario"])
def url(request: pytest.FixtureRequest) -> Iterator[str]:
    if request.param == "judge":
        with Receiver() as receiver:
            yield receiver.url
    else:
        sandbox: Any = None  # asked for the secret of a signed webhook only
        with receiving(sandbox) as address:
            yield address


def test_sender_that_breaks_off_is_no_news(url: str, capfd: pytest.CaptureFixture[str]) -> None:
    for _ in range(20):
        with RawConnection(url) as sender:
            sender.send(HALF)
            sender.break_off()
    assert httpx2.post(f"{url}/review", json={}).status_code == 200
    assert capfd.readouterr().err == ""
