"""One line for each request: whole in both formats, and without a word that a caller chose."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from tests.conftest import CONSERO_KEY

LIST = "/consero/api/v1/examinations"
CANARY = "canary-0123456789"


def logged(open_client: Callable[..., TestClient], wish: str, log_format: str = "json") -> TestClient:
    return open_client(log_requests=wish, log_format=log_format)


def test_line_carries_the_id_of_the_answer(
    open_client: Callable[..., TestClient], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = logged(open_client, "all").get(LIST, headers={"x-api-key": CONSERO_KEY})
    line = json.loads(capsys.readouterr().err)
    assert line == {
        "at": "2026-11-21T19:37:12.000Z",
        "level": "info",
        "logger": "mockserver.requests",
        "request_id": answer.headers["x-mock-request-id"],
        "vendor": "consero",
        "operation": "examinations.list",
        "status": 200,
        "refused_by": None,
        "duration_ms": 0.0,
    }


def test_text_line_names_the_refusing_check(
    open_client: Callable[..., TestClient], capsys: pytest.CaptureFixture[str]
) -> None:
    answer = logged(open_client, "all", "text").get(LIST)
    request_id = answer.headers["x-mock-request-id"]
    assert capsys.readouterr().err == (
        f"2026-11-21T19:37:12.000Z {request_id} consero examinations.list 401 refused by api_key 0.0 ms\n"
    )


@pytest.mark.parametrize(("wish", "statuses"), [("none", []), ("refused", [401]), ("all", [200, 401])])
def test_wish_says_what_is_logged(
    wish: str,
    statuses: list[int],
    open_client: Callable[..., TestClient],
    capsys: pytest.CaptureFixture[str],
) -> None:
    client = logged(open_client, wish)
    client.get(LIST, headers={"x-api-key": CONSERO_KEY})
    client.get(LIST)
    assert [json.loads(line)["status"] for line in capsys.readouterr().err.splitlines()] == statuses


REQUESTS: list[dict[str, Any]] = [
    {"method": "GET", "url": LIST, "headers": {"x-api-key": CANARY}},
    {"method": "GET", "url": f"{LIST}?api_key={CANARY}"},
    {"method": "GET", "url": f"/consero/{CANARY}"},
    {
        "method": "POST",
        "url": f"/constructor/api/v2/integration/simple/{CANARY}/exams/",
        "json": {"a": CANARY},
    },
    {
        "method": "POST",
        "url": "/proctorexam/api/v3/institutes",
        "headers": {"authorization": f"Token token={CANARY}"},
        "json": {"name": CANARY, "nonce": CANARY, "signature": CANARY},
    },
]


@pytest.mark.parametrize("log_format", ["text", "json"])
@pytest.mark.parametrize("request_", REQUESTS, ids=lambda one: one["url"])
def test_nothing_that_a_caller_sent_is_logged(
    request_: dict[str, Any],
    log_format: str,
    open_client: Callable[..., TestClient],
    capsys: pytest.CaptureFixture[str],
) -> None:
    answer = logged(open_client, "all", log_format).request(**request_)
    log = capsys.readouterr().err
    assert answer.headers["x-mock-request-id"] in log
    assert CANARY not in log


def test_reader_that_has_gone_stops_no_request(
    open_client: Callable[..., TestClient], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Gone:
        def write(self, text: str) -> None:
            raise BrokenPipeError

    monkeypatch.setattr("sys.stderr", Gone())
    assert logged(open_client, "all").get(LIST, headers={"x-api-key": CONSERO_KEY}).status_code == 200
