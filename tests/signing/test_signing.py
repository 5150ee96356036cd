"""What is the same for all vendors: addresses, headers, overrides."""

from __future__ import annotations

from typing import Any

import pytest

from mockserver.errors import UsageError
from mockserver.signing import sign, vendor_names
from mockserver.signing.wish import Wish, address, moved, with_headers
from mockserver.vendors import all_vendors

BASE = "http://h:1/consero/api/v1"


def test_every_room_can_be_signed_for() -> None:
    assert list(vendor_names()) == [vendor.name for vendor in all_vendors()]


@pytest.mark.parametrize(
    ("path", "url"),
    [
        ("/report", "/report"),
        ("report", "/report"),
        ("/api/v1/report", "/report"),
        ("/api/v10/report", "/api/v10/report"),
        (f"{BASE}/report", "/report"),
        ("/a b/ü", "/a%20b/%C3%BC"),
        ("/a%20b", "/a%20b"),
        ("/", "/"),
    ],
)
def test_path_is_relative_to_the_base_url(path: str, url: str) -> None:
    assert address(Wish("GET", path), BASE, "/api/v1") == (BASE + url, "")


def test_query_of_the_path_is_kept() -> None:
    assert address(Wish("GET", "/a?b=c&d"), BASE, "/api/v1") == (f"{BASE}/a", "b=c&d")


def test_url_of_another_place_is_refused() -> None:
    with pytest.raises(UsageError, match="is not below"):
        address(Wish("GET", "http://elsewhere/api/v1/report"), BASE, "/api/v1")


def test_later_headers_replace_earlier_ones_and_empty_ones_remove() -> None:
    found = with_headers((("X-A", "1"), ("X-B", "2"), ("X-C", "3")), (("x-a", "9"), ("x-b", "")))
    assert found == (("X-C", "3"), ("x-a", "9"))


def test_override_that_a_vendor_has_no_use_for_is_refused() -> None:
    wish = Wish("GET", "/examinations", overrides={"nonce": "1"})
    with pytest.raises(UsageError, match="a request to consero has no nonce to set"):
        sign("consero", wish, {"base_url": BASE, "api_key": "k"}, now_ms=0, random_bytes=bytes)


def test_unknown_vendor_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="use consero, constructor, proctorexam"):
        sign("acme", Wish("GET", "/"), {}, now_ms=0, random_bytes=bytes)


@pytest.mark.parametrize(
    ("text", "value"),
    [("+30", 130), ("-30", 70), ("5", 5), ("+²", "+²"), ("-٣", "-٣"), ("+" + 5_000 * "9", "+" + 5_000 * "9")],
)
def test_only_a_sign_and_plain_digits_move_a_time(text: str, value: Any) -> None:
    assert moved(text, 100, per_second=1) == value
