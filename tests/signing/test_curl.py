"""The curl command of a request: what a shell makes of it is the request."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from mockserver.errors import UsageError
from mockserver.signing import sign
from mockserver.signing.curl import as_curl
from mockserver.signing.wish import FilePart, SignedRequest, Wish

ACCESS = {"base_url": "http://h/api/v1", "api_key": "it's a key"}


def words(request: SignedRequest) -> list[str]:
    return shlex.split(as_curl(request))


def consero(method: str, path: str, **wish: object) -> SignedRequest:
    wish_ = Wish(method, path, **wish)  # type: ignore[arg-type]
    return sign("consero", wish_, ACCESS, now_ms=0, random_bytes=bytes)


def test_quotes_survive_the_shell() -> None:
    assert words(consero("GET", "/examinations")) == [
        *("curl", "-sS", "-H", "x-api-key: it's a key", "-H", "Accept: application/json"),
        "http://h/api/v1/examinations",
    ]


def test_body_makes_it_a_post() -> None:
    found = words(consero("POST", "/report", parameters={"inviteId": 142}))
    assert "-X" not in found
    assert found[-3:] == ["--data-raw", '{"inviteId": 142}', "http://h/api/v1/report"]


def test_post_without_body_says_so() -> None:
    assert words(consero("POST", "/report"))[2:4] == ["-X", "POST"]


def test_head_waits_for_no_body() -> None:
    assert words(consero("HEAD", "/examinations"))[2] == "--head"


def test_file_is_named_not_printed(tmp_path: Path) -> None:
    logo = FilePart("logo", 'a "b".png', "b.png", "image/png", b"\x00")
    found = words(consero("POST", "/report", parameters={"name": "@x"}, files=(logo,)))
    assert found[-5:-1] == ["--form-string", "name=@x", "-F", 'logo=@"a \\"b\\".png";type=image/png']
    assert not [word for word in found if word.startswith("Content-Type")]


@pytest.mark.parametrize("body", [b"\xff", b"a\x00b"])
def test_body_that_is_no_text_is_refused(body: bytes) -> None:
    with pytest.raises(UsageError, match="use 'mockserver send'"):
        as_curl(consero("POST", "/report", raw_body=body))
