"""Requests signed for ProctorExam."""

from __future__ import annotations

import hashlib
import hmac
import json
from importlib import resources
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from mockserver.signing import sign
from mockserver.signing.vendors.proctorexam import path_ids
from mockserver.signing.wish import FilePart, SignedRequest, Wish

ACCESS = {"base_url": "https://x.proctorexam.com/api/v3", "api_token": "token", "secret_key": "secret"}
NOW_MS = 1_527_500_365_052


def signed(method: str, path: str, parameters: dict[str, Any] | None = None, **wish: Any) -> SignedRequest:
    wish.setdefault("overrides", {"nonce": "1527500365"})
    return sign(
        "proctorexam",
        Wish(method, path, parameters or {}, **wish),
        ACCESS,
        now_ms=NOW_MS,
        random_bytes=lambda count: bytes(range(count)),
    )


def query(request: SignedRequest) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}


def hmac_hex(text: str) -> str:
    return hmac.new(b"secret", text.encode(), hashlib.sha256).hexdigest()


# name, request, signature: computed by others with the key "secret" (PE-054, PE-055)
VECTORS = [
    ("GET", "/institutes", {}, "5cb43f67fd691c0c4cb21400f01a6dadfe21a56719e7eb4f53f1a09ffd15309a"),
    ("GET", "/institutes/1", {}, "309065927e055ae773b23982f4d97ee616ec7a8deffc5fe6ac86a2bc379bcc6c"),
    (
        "POST",
        "/institutes",
        {"name": "ProctorExam", "short_name": "pe", "global_proctor": True, "global_reviewer": True},
        "3346855ee43826881fe2704d3ae7317ebd9acb7b4264b158f4c1a7112b1b2417",
    ),
    (
        "PATCH",
        "/student_sessions/1",
        {
            "name": "Student 1",
            "email": "student1@example.com",
            "individual_info": "individual_info for user 1",
            "is_individual_info_html": True,
            "skip_requirements": True,
        },
        "cde7af03716207386e98d5934695111a6c7719ad089d65b1baf26bda27507d79",
    ),
    (
        "POST",
        "/institutes",
        {"name": "Zoë & Co = 100%?", "short_name": "a+b c"},
        "aebc652e5dbee8b24a663a4710a7e2f39a7c47ef792f82d51a665fcf2103994c",
    ),
]


@pytest.mark.parametrize(("method", "path", "parameters", "signature"), VECTORS)
def test_independent_vectors(method: str, path: str, parameters: dict[str, Any], signature: str) -> None:
    """PE-026 to PE-036, PE-045, PE-054, PE-055."""
    request = signed(method, path, parameters)
    assert signature in (request.body.decode() or request.url)


def test_headers_are_the_documented_ones() -> None:
    """PE-014, PE-016."""
    assert signed("GET", "/institutes").headers == (
        ("Authorization", "Token token=token"),
        ("Accept", "application/vnd.procwise.v3"),
    )


def test_nonce_and_timestamp_are_fresh() -> None:
    """PE-058, PE-064."""
    sent = query(signed("GET", "/institutes", overrides={}))
    assert sent["timestamp"] == str(NOW_MS)
    assert sent["nonce"].isdigit()
    assert sent["nonce"] != query(signed("GET", "/institutes"))["nonce"]


def test_parameters_go_into_a_json_body() -> None:
    """PE-017."""
    request = signed("POST", "/institutes", {"name": "A"})
    assert urlsplit(request.url).query == ""
    assert json.loads(request.body)["timestamp"] == NOW_MS
    assert ("Content-Type", "application/json") in request.headers


def test_form_holds_the_signed_texts() -> None:
    """PE-017, PE-045."""
    request = signed("POST", "/institutes", {"name": "a b", "global_proctor": True}, form=True)
    sent = {name: values[0] for name, values in parse_qs(request.body.decode()).items()}
    text = f"global_proctor=true?name=a b?nonce=1527500365?timestamp={NOW_MS}"
    assert sent["global_proctor"] == "true"
    assert sent["signature"] == hmac_hex(text)


def test_file_is_sent_but_not_signed() -> None:
    """PE-043, PE-044."""
    logo = FilePart("logo_image", "logo.png", "logo.png", "image/png", b"\x89PNG")
    request = signed("POST", "/institutes", {"name": "A"}, files=(logo,))
    signature = hmac_hex(f"name=A?nonce=1527500365?timestamp={NOW_MS}")
    assert b'name="logo_image"; filename="logo.png"\r\nContent-Type: image/png\r\n\r\n\x89PNG' in request.body
    assert f'name="signature"\r\n\r\n{signature}\r\n'.encode() in request.body


def test_query_of_the_path_is_signed() -> None:
    """PE-042."""
    sent = query(signed("GET", "/exams?page=2"))
    assert sent["page"] == "2"
    assert sent["signature"] == hmac_hex(f"nonce=1527500365?page=2?timestamp={NOW_MS}")


def test_raw_body_stays_as_it_is_and_its_members_are_signed() -> None:
    request = signed("POST", "/institutes", raw_body=b'{ "name": "A" }')
    assert request.body == b'{ "name": "A" }'
    assert query(request)["signature"] == hmac_hex(f"name=A?nonce=1527500365?timestamp={NOW_MS}")


def test_raw_body_that_is_no_json_is_not_signed() -> None:
    request = signed("POST", "/institutes", raw_body=b"{")
    assert request.body == b"{"
    assert query(request)["signature"] == hmac_hex(f"nonce=1527500365?timestamp={NOW_MS}")


def test_timestamp_can_be_moved_by_seconds() -> None:
    sent = query(signed("GET", "/institutes", overrides={"timestamp": "-301"}))
    assert sent["timestamp"] == str(NOW_MS - 301_000)


def test_timestamp_can_be_any_text() -> None:
    assert query(signed("GET", "/institutes", overrides={"timestamp": "soon"}))["timestamp"] == "soon"


@pytest.mark.parametrize("name", ["nonce", "timestamp", "signature"])
def test_each_of_the_three_can_be_left_out(name: str) -> None:
    assert name not in query(signed("GET", "/institutes", overrides={name: "none"}))


def test_signature_can_be_wrong() -> None:
    assert query(signed("GET", "/institutes", overrides={"signature": "abc"}))["signature"] == "abc"


def test_path_ids_can_stay_unsigned() -> None:
    """PE-033: the seed document lists no id."""
    sent = query(signed("GET", "/institutes/1", overrides={"nonce": "1", "path_ids": "none"}))
    assert sent["signature"] == hmac_hex(f"nonce=1?timestamp={NOW_MS}")


def documented_paths() -> list[str]:
    text = (resources.files("contracts") / "proctorexam" / "openapi.yaml").read_text(encoding="utf-8")
    return list(yaml.load(text, Loader=yaml.CSafeLoader)["paths"])


@pytest.mark.parametrize("path", documented_paths())
def test_ids_of_every_documented_path_are_signed_under_their_names(path: str) -> None:
    """PE-033 to PE-036."""
    names = [word[1:-1] for word in path.split("/") if word.startswith("{")]
    filled = path.replace("{", "").replace("}", "")
    assert path_ids(filled) == {name: name for name in names}


def test_an_id_is_signed_as_the_server_reads_it() -> None:
    assert path_ids("/institutes/a%20b") == {"id": "a b"}
