"""Who is let in to the control API: raw requests, byte by byte, to a server in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from raw_http import RawAnswer, RawConnection

from tests.conftest import RunningServer

TOKEN = "token-of-a-test-ü"
EVERYWHERE = ("--host", "0.0.0.0", "--database", "sqlite://", "--admin-token", TOKEN)
SAFE = {
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
    "cross-origin-resource-policy": "same-origin",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


@pytest.fixture(scope="module")
def open_server(
    serve_for_module: Callable[..., AbstractContextManager[RunningServer]],
) -> Iterator[RunningServer]:
    """A server that other machines reach: its control API wants the token."""
    with serve_for_module(*EVERYWHERE) as running:
        yield running


def asked(server: RunningServer, *lines: str, path: str = "/__admin/health", body: str = "") -> RawAnswer:
    """Send one request with exactly these header lines; `PORT` stands for the server's."""
    method = "POST" if body else "GET"
    head = [f"{method} {path} HTTP/1.1", *lines, "Connection: close"]
    if body:
        head += ["Content-Type: application/json", f"Content-Length: {len(body.encode())}"]
    text = "\r\n".join([*head, "", body]).replace("PORT", server.url.rpartition(":")[2])
    with RawConnection(server.url) as connection:
        connection.send(text.encode())
        return connection.answer()


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1:PORT",
        "127.0.0.1",
        "127.8.9.10:1",
        "localhost:PORT",
        "LOCALHOST",
        "localhost.",
        "localhost.:PORT",
        "consero.localhost:PORT",
        "[::1]:PORT",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "127.0.0.1.",
    ],
)
def test_names_of_this_machine_are_let_in(server: RunningServer, host: str) -> None:
    assert asked(server, f"Host: {host}").status == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "evil.example:PORT",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "evillocalhost",
        "localhost..",
        "a..localhost",
        "0.0.0.0",
        "127.1",
        "2130706433",
        "0x7f.0.0.1",
        "0127.0.0.1",
        "[::]",
        "[::ffff:10.0.0.1]",
        "192.0.2.1",
        "",
    ],
)
def test_other_names_are_refused(server: RunningServer, host: str) -> None:
    answer = asked(server, f"Host: {host}")
    assert answer.status == 403
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "host", ["user@localhost", "localhost:99999", "localhost#x", "localhost/x", "[::1", "localhost:12x"]
)
def test_what_is_no_host_is_no_request(server: RunningServer, host: str) -> None:
    assert asked(server, f"Host: {host}").status == 400


def test_no_host_at_all_is_refused(server: RunningServer) -> None:
    with RawConnection(server.url) as connection:
        connection.send(b"GET /__admin/health HTTP/1.0\r\n\r\n")
        assert connection.answer().status == 403


@pytest.mark.parametrize(
    "lines",
    [
        ["Origin: http://127.0.0.1:PORT"],
        ["Origin: http://127.0.0.1:PORT", "Sec-Fetch-Site: same-origin"],
        ["Sec-Fetch-Site: none"],
    ],
)
def test_the_own_page_is_let_in(server: RunningServer, lines: list[str]) -> None:
    assert asked(server, "Host: 127.0.0.1:PORT", *lines).status == 200


@pytest.mark.parametrize(
    "lines",
    [
        ["Origin: http://evil.example"],
        ["Origin: null"],
        ["Origin: "],
        ["Origin: http://127.0.0.1:1"],
        ["Origin: http://localhost:PORT"],
        ["Origin: 127.0.0.1:PORT"],
        ["Origin: file://127.0.0.1:PORT"],
        ["Origin: http://127.0.0.1:PORT/path"],
        ["Origin: http://user@127.0.0.1:PORT"],
        ["Origin: http://[::1"],
        ["Origin: http://127.0.0.1:PORT", "Origin: http://evil.example"],
        ["Origin: http://evil.example", "Origin: http://127.0.0.1:PORT"],
        ["Origin: http://127.0.0.1:PORT", "Origin: http://127.0.0.1:PORT"],
        ["Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: same-site"],
        ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: cross-site"],
        ["Sec-Fetch-Site: cross-site", "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"],
    ],
)
def test_other_pages_are_refused(server: RunningServer, lines: list[str]) -> None:
    assert asked(server, "Host: 127.0.0.1:PORT", *lines).status == 403


def test_the_token_opens_no_door_to_other_pages(open_server: RunningServer) -> None:
    lines = [f"Authorization: Bearer {TOKEN}", "Origin: http://evil.example"]
    assert asked(open_server, "Host: mock.example", *lines).status == 403


@pytest.mark.parametrize("authorization", [f"Bearer {TOKEN}", f"bearer {TOKEN}"])
def test_the_token_opens(open_server: RunningServer, authorization: str) -> None:
    assert asked(open_server, "Host: mock.example", f"Authorization: {authorization}").status == 200


@pytest.mark.parametrize(
    "lines",
    [
        [],
        ["Authorization: Bearer"],
        ["Authorization: Bearer wrong"],
        [f"Authorization: Basic {TOKEN}"],
        [f"Authorization: {TOKEN}"],
        [f"Authorization: Bearer {TOKEN}x"],
        [f"Authorization: Bearer {TOKEN[:-1]}"],
        [f"Authorization: Bearer  {TOKEN}"],
        ["Authorization: Bearer wrong", f"Authorization: Bearer {TOKEN}"],
        [f"Authorization: Bearer {TOKEN}", f"Authorization: Bearer {TOKEN}"],
        [f"X-Admin-Token: {TOKEN}"],
    ],
)
def test_anything_but_the_token_is_refused(open_server: RunningServer, lines: list[str]) -> None:
    answer = asked(open_server, "Host: 127.0.0.1:PORT", *lines)
    assert answer.status == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="mockserver admin"'
    assert TOKEN.encode() not in answer.body


def test_every_answer_carries_the_safe_headers(server: RunningServer) -> None:
    accepted = asked(server, "Host: localhost", path="/__admin/sandboxes")
    refused = asked(server, "Host: evil.example", path="/__admin/sandboxes")
    assert SAFE.items() <= accepted.headers.items()
    assert SAFE.items() <= refused.headers.items()


@pytest.mark.parametrize(
    "body",
    [
        '{"name": "one", "name": "two"}',
        '{"ttl_seconds": NaN}',
        '{"ttl_seconds": Infinity}',
        '{"ttl_seconds": 1e999}',
        '{"ttl_seconds": 123456789012345678901}',
        '{"name": "\\u0000"}',
        '{"name": "\\ud800"}',
        "[" * 70 + "]" * 70,
        "\ufeff{}",
        "{",
    ],
)
def test_json_is_read_strictly(server: RunningServer, body: str) -> None:
    answer = asked(server, "Host: localhost", path="/__admin/sandboxes", body=body)
    assert answer.status == 422
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    "content_type",
    [b"", b"Content-Type: text/plain\r\n", b"Content-Type: application/x-www-form-urlencoded\r\n"],
)
def test_body_of_another_type_is_not_taken_for_json(server: RunningServer, content_type: bytes) -> None:
    """A foreign page can send these types without asking first; JSON it cannot."""
    with RawConnection(server.url) as connection:
        connection.send(
            b"POST /__admin/sandboxes HTTP/1.1\r\nHost: localhost\r\n"
            + content_type
            + b"Content-Length: 12\r\nConnection: close\r\n\r\n"
            + b'{"name":"a"}'
        )
        answer = connection.answer()
    assert answer.status == 422
    assert (
        json.loads(answer.body)["detail"] == "body: send it as JSON, with 'Content-Type: application/json'."
    )


@pytest.mark.parametrize("length", ["8388609", "9999999999999999999"])
def test_body_that_claims_to_be_too_large_is_refused_before_it_is_read(
    server: RunningServer, length: str
) -> None:
    with RawConnection(server.url) as connection:
        connection.send(
            b"POST /__admin/sandboxes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Content-Length: " + length.encode() + b"\r\n\r\n"
        )
        answer = connection.answer()
    assert answer.status == 413
    assert b"8388608 bytes" in answer.body


def test_body_in_chunks_is_refused_where_it_gets_too_large(server: RunningServer) -> None:
    chunk = b"100000\r\n" + b" " * 0x100000 + b"\r\n"
    with RawConnection(server.url) as connection:
        connection.send(
            b"POST /__admin/sandboxes HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            b"Transfer-Encoding: chunked\r\n\r\n" + chunk * 9
        )
        assert connection.answer().status == 413
