"""Requests signed for Constructor Proctor."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
import yaml

from mockserver.signing import sign
from mockserver.signing.vendors.constructor import full_path
from mockserver.signing.wish import SignedRequest, Wish

SECRET = "a secret of more than thirty-two characters"
ACCESS = {"base_url": "https://proctor.example", "integration_name": "acme", "jwt_secret": SECRET}
NOW = 1_800_000_000
LMS = "https://proctor.example/api/v2/integration/simple/acme"
BROWSER = "https://proctor.example/integration/simple/acme"


def signed(method: str, path: str, parameters: dict[str, Any] | None = None, **wish: Any) -> SignedRequest:
    return sign(
        "constructor",
        Wish(method, path, parameters or {}, **wish),
        ACCESS,
        now_ms=NOW * 1000 + 999,
        random_bytes=bytes,
    )


def claims(token: str) -> Any:
    """Verify with a library that is not ours; the clock stays out of it."""
    return jwt.decode(token, SECRET, ["HS256"], options={"verify_exp": False})


def header_token(request: SignedRequest) -> str:
    scheme, _, token = dict(request.headers)["Authorization"].partition(" ")
    assert scheme == "JWT"
    return token


def test_header_token_is_good_for_thirty_seconds() -> None:
    """CP-012, CP-015 to CP-017."""
    request = signed("POST", "/exams/", {"examId": "1"})
    assert claims(header_token(request)) == {"exp": NOW + 30}
    assert jwt.get_unverified_header(header_token(request)) == {"alg": "HS256", "typ": "JWT"}
    assert json.loads(request.body) == {"examId": "1"}


def test_content_type_is_json_even_on_get() -> None:
    """CP-013, CP-014."""
    request = signed("GET", "/sessions/7/status/")
    assert dict(request.headers)["Content-Type"] == "application/json"
    assert request.url == f"{LMS}/sessions/7/status/"


def test_start_posts_the_data_as_a_token_in_a_form() -> None:
    """CP-024, CP-028 to CP-030."""
    request = signed("POST", "/start/", {"userId": "7", "schedule": False})
    assert request.url == f"{BROWSER}/start/"
    assert dict(request.headers) == {"Content-Type": "application/x-www-form-urlencoded"}
    token = parse_qs(request.body.decode())["token"][0]
    assert claims(token) == {"userId": "7", "schedule": False, "exp": NOW + 30}


def test_start_by_get_has_the_token_in_the_query() -> None:
    """CP-032."""
    request = signed("GET", "/start/", {"userId": "7"}, overrides={"exp": "none"})
    assert claims(parse_qs(urlsplit(request.url).query)["token"][0]) == {"userId": "7"}
    assert request.headers == ()


def test_browser_finish_carries_no_credential() -> None:
    """CP-191."""
    request = signed("GET", "/finish/7/", {"redirectUrl": "https://lms.example/"})
    assert request.url == f"{BROWSER}/finish/7/?redirectUrl=https%3A%2F%2Flms.example%2F"
    assert request.headers == ()


@pytest.mark.parametrize(
    ("given", "exp"),
    [("+300", NOW + 300), ("-1", NOW - 1), (str(NOW * 1000), NOW * 1000), ('"1"', "1"), ("soon", "soon")],
)
def test_exp_can_be_moved_or_wrong(given: str, exp: Any) -> None:
    token = header_token(signed("POST", "/exams/", overrides={"exp": given}))
    payload = jwt.utils.base64url_decode(token.split(".")[1])
    assert json.loads(payload) == {"exp": exp}


def test_exp_can_be_left_out() -> None:
    assert claims(header_token(signed("POST", "/exams/", overrides={"exp": "none"}))) == {}


def documented_paths() -> list[str]:
    text = (resources.files("contracts") / "constructor" / "openapi.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.CSafeLoader)["paths"])


@pytest.mark.parametrize("path", documented_paths())
def test_every_documented_path_has_a_short_form(path: str) -> None:
    """CP-004."""
    short = path.partition("{integration_name}")[2]
    whole = path.replace("{integration_name}", "acme")
    assert full_path(short, "acme") == full_path(path, "acme") == full_path(whole, "acme") == whole
