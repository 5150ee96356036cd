"""What must hold for the head of a request, whichever parser read it."""

from __future__ import annotations

import pytest

from mockserver.protocol.head import (
    BODY_TOO_WORDY,
    HEAD_TOO_LONG,
    MAX_FIELDS,
    MAX_HEAD_BYTES,
    MAX_TARGET_BYTES,
    TARGET_TOO_LONG,
    Headers,
    HeadRefused,
    checked_head,
)

HOST: Headers = [(b"host", b"127.0.0.1:8000")]


@pytest.mark.parametrize(
    "target",
    [
        b"/",
        b"//x",
        b"/a/../b",
        b"/a;b=c",
        b"/a%2Fb%00",
        b'/?filter={"start":"x"}|^`\\<>',
        b"/a?b?c",
        b"/~!$&'()*+,;=:@",
    ],
)
def test_path_passes_as_it_is(target: bytes) -> None:
    assert checked_head(b"GET", target, "1.1", HOST) == (target, HOST)


@pytest.mark.parametrize(
    ("target", "path", "host"),
    [
        (b"http://localhost:8000/a?b=c", b"/a?b=c", b"localhost:8000"),
        (b"HTTP://localhost", b"/", b"localhost"),
        (b"http://localhost?b=c", b"/?b=c", b"localhost"),
        (b"http://[::1]:80/a", b"/a", b"[::1]:80"),
    ],
)
def test_host_of_an_absolute_target_replaces_the_header(target: bytes, path: bytes, host: bytes) -> None:
    """RFC 9112, 3.2.2."""
    found, headers = checked_head(b"GET", target, "1.1", [(b"a", b"1"), *HOST, (b"b", b"2")])
    assert found == path
    assert headers == [(b"host", host), (b"a", b"1"), (b"b", b"2")]


def test_asterisk_is_for_options() -> None:
    """RFC 9112, 3.2.4."""
    assert checked_head(b"OPTIONS", b"*", "1.1", HOST) == (b"*", HOST)


@pytest.mark.parametrize(
    "target",
    [
        b"",
        b"a",
        b"*",
        b"?a=1",
        b"localhost:80",
        b"https://localhost/",
        b"ftp://localhost/",
        b"http://",
        b"http:///a",
        b"http://user@localhost/",
        b"http://localhost#/a",
        b"//localhost\\@evil/#",
        b"/a#b",
        b"/a b",
        b"/a\tb",
        b"/a\nb",
        b"/a\n",
        b"/\x00",
        b"/\x7f",
        b"/\xc3\xa9",
        b"/?\xff",
    ],
)
def test_target_that_is_no_path_is_refused(target: bytes) -> None:
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"GET", target, "1.1", HOST)
    assert refused.value.refusal == (400, "The request target is not a path.")


@pytest.mark.parametrize(
    "host",
    [
        b"",
        b"a",
        b"a:",
        b"a:80",
        b"localhost.",
        b"a_b-c.example:65535",
        b"a:1",
        b"[::1]",
        b"[2001:db8::1]:80",
        b"%41~!$&'()*+,;=",
    ],
)
def test_host_passes(host: bytes) -> None:
    assert checked_head(b"GET", b"/", "1.1", [(b"host", host)])


@pytest.mark.parametrize(
    "host",
    [
        b"127.0.0.1/admin?x=",
        b"a b",
        b"a@b",
        b"a#b",
        b"a?b",
        b"a\\b",
        b"a,b:c:80",
        b"a:80:80",
        b"a:-1",
        b"a:8o",
        b"a:65536",
        b"[1:2:3]",
        b"[:::]",
        b"a:123456",
        b"[::1",
        b"::1",
        b"[fe80::1%eth0]",
        b"[v1.x]",
        b"a\x00",
        b"a\n",
        b"\xc3\xa9",
        b'"a"',
        b"<a>",
        b"%4",
        b"http://a",
    ],
)
def test_host_that_is_none_is_refused(host: bytes) -> None:
    """RFC 9112, 3.2."""
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"GET", b"/", "1.1", [(b"host", host)])
    assert refused.value.refusal == (400, "The host is not a host name or address with an optional port.")


def test_host_is_a_must_in_http_1_1_only() -> None:
    """RFC 9112, 3.2."""
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"GET", b"/", "1.1", [])
    assert refused.value.refusal == (400, "The header Host is missing.")
    assert checked_head(b"GET", b"/", "1.0", []) == (b"/", [])


@pytest.mark.parametrize("version", ["0.9", "1.2", "2", "2.0", "3.0", "", "1.10"])
def test_other_versions_are_refused(version: str) -> None:
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"GET", b"/", version, HOST)
    assert refused.value.refusal == (505, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")


@pytest.mark.parametrize(
    "name",
    [b"host", b"content-length", b"transfer-encoding", b"content-type", b"content-encoding", b"expect"],
)
def test_header_that_decides_something_comes_once(name: bytes) -> None:
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"POST", b"/", "1.1", [*HOST, (name, b"1"), (name, b"1")])
    assert refused.value.refusal == (400, f"The header {name.decode()} appears more than once.")


def test_other_headers_may_be_repeated() -> None:
    headers = [*HOST, (b"x-forwarded-for", b"a"), (b"x-forwarded-for", b"b"), (b"cookie", b"\xff")]
    assert checked_head(b"POST", b"/", "1.1", headers) == (b"/", headers)


@pytest.mark.parametrize(
    ("version", "headers"),
    [
        ("1.1", []),
        ("1.1", [(b"content-length", b"0")]),
        ("1.1", [(b"content-length", b"00012")]),
        ("1.1", [(b"content-length", b"9" * 19)]),
        ("1.0", [(b"content-length", b"5")]),
        ("1.1", [(b"transfer-encoding", b"Chunked")]),
        ("1.1", [(b"expect", b"100-Continue")]),
        ("1.0", [(b"expect", b"something else")]),
    ],
)
def test_clear_framing_passes(version: str, headers: Headers) -> None:
    assert checked_head(b"POST", b"/", version, [*HOST, *headers])


@pytest.mark.parametrize(
    ("version", "headers", "status", "problem"),
    [
        (
            "1.1",
            [(b"content-length", b"5"), (b"transfer-encoding", b"chunked")],
            400,
            "Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.",
        ),
        (
            "1.0",
            [(b"transfer-encoding", b"chunked")],
            400,
            "Transfer-Encoding goes neither with Content-Length nor with HTTP/1.0.",
        ),
        (
            "1.1",
            [(b"transfer-encoding", b"xchunked")],
            501,
            "Of transfer codings only chunked is understood.",
        ),
        (
            "1.1",
            [(b"transfer-encoding", b"gzip, chunked")],
            501,
            "Of transfer codings only chunked is understood.",
        ),
        (
            "1.1",
            [(b"transfer-encoding", b"identity")],
            501,
            "Of transfer codings only chunked is understood.",
        ),
        ("1.1", [(b"transfer-encoding", b"")], 501, "Of transfer codings only chunked is understood."),
        ("1.1", [(b"content-length", b"")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"+5")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"-5")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"5, 5")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"0x5")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"5_0")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"\xb2")], 400, "Content-Length is not a number."),
        ("1.1", [(b"content-length", b"9" * 20)], 400, "Content-Length is not a number."),
        ("1.1", [(b"expect", b"200-ok")], 417, "Of expectations only 100-continue is understood."),
        ("1.1", [(b"expect", b"")], 417, "Of expectations only 100-continue is understood."),
    ],
)
def test_unclear_framing_is_refused(version: str, headers: Headers, status: int, problem: str) -> None:
    """RFC 9112, 6."""
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"POST", b"/", version, [*HOST, *headers])
    assert refused.value.refusal == (status, problem)


def test_bounds_of_a_head() -> None:
    assert (MAX_HEAD_BYTES, MAX_TARGET_BYTES, MAX_FIELDS) == (65_536, 32_768, 128)
    room = MAX_HEAD_BYTES - len(b"GET/") - len(b"host127.0.0.1:8000") - len(b"a") - 8
    assert checked_head(b"GET", b"/", "1.1", [*HOST, (b"a", b"x" * room)])
    with pytest.raises(HeadRefused) as head:
        checked_head(b"GET", b"/", "1.1", [*HOST, (b"a", b"x" * (room + 1))])
    assert checked_head(b"GET", b"/" * MAX_TARGET_BYTES, "1.1", HOST)
    with pytest.raises(HeadRefused) as target:
        checked_head(b"GET", b"/" * (MAX_TARGET_BYTES + 1), "1.1", HOST)
    assert checked_head(b"GET", b"/", "1.1", HOST + [(b"a", b"")] * (MAX_FIELDS - 1))
    with pytest.raises(HeadRefused) as fields:
        checked_head(b"GET", b"/", "1.1", HOST + [(b"a", b"")] * MAX_FIELDS)
    assert head.value.refusal == fields.value.refusal == HEAD_TOO_LONG
    assert target.value.refusal == TARGET_TOO_LONG


def test_words_of_the_bounds() -> None:
    assert TARGET_TOO_LONG == (414, "The request target is longer than 32768 bytes.")
    assert HEAD_TOO_LONG == (431, "The head is longer than 65536 bytes or 128 fields.")
    assert BODY_TOO_WORDY == (400, "The body is cut into too many chunks, or its trailer is too long.")


@pytest.mark.parametrize("target", [b"/", b"127.0.0.1:80", b"http://127.0.0.1/"])
def test_nothing_is_connected(target: bytes) -> None:
    """RFC 9110, 9.3.6."""
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"CONNECT", target, "1.1", HOST)
    assert refused.value.refusal == (400, "This is no proxy: there is nothing to connect to.")
    assert str(refused.value) == "This is no proxy: there is nothing to connect to."


@pytest.mark.parametrize(
    ("target", "host"),
    [(b"http://a:65536/", b"a"), (b"http://[1:2]/", b"a"), (b"http://a/", b"a b"), (b"http://a b/", b"a")],
)
def test_both_hosts_of_an_absolute_target_must_be_hosts(target: bytes, host: bytes) -> None:
    with pytest.raises(HeadRefused) as refused:
        checked_head(b"GET", target, "1.1", [(b"host", host)])
    assert refused.value.refusal.status == 400
