"""Why ProctorExam's door refused: each mistake made by a client written here."""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import json
import time
from typing import Any

import pytest
from starlette.testclient import TestClient

SECRET = "fake-proctorexam-secret-key-0000000000-fake"
TOKEN = "fake-proctorexam-token"
BASE = "/proctorexam/api/v3"
NONCES = itertools.count(time.time_ns() // 1000)


def fresh() -> dict[str, Any]:
    return {"nonce": next(NONCES), "timestamp": time.time_ns() // 1_000_000}


def text(parameters: dict[str, Any], separator: str = "?") -> str:
    return separator.join(f"{name}={parameters[name]}" for name in sorted(parameters))


def mac(signed: str, secret: str = SECRET) -> str:
    return hmac.new(secret.encode(), signed.encode(), hashlib.sha256).hexdigest()


def get(
    client: TestClient, parameters: dict[str, Any], authorization: str | None = f"Token token={TOKEN}"
) -> Any:
    headers = {"Accept": "application/vnd.procwise.v3"}
    if authorization is not None:
        headers["Authorization"] = authorization
    return client.get(f"{BASE}/institutes", params=parameters, headers=headers)


def explanation(client: TestClient, answer: Any, sandbox: str = "default") -> dict[str, Any]:
    assert answer.status_code == 403
    entry = client.get(f"/__admin/sandboxes/{sandbox}/requests/{answer.headers['x-mock-request-id']}")
    assert SECRET not in entry.text
    assert TOKEN not in entry.text
    found: dict[str, Any] = entry.json()["explanation"]
    return found


def mistake(client: TestClient, answer: Any, sandbox: str = "default") -> str | None:
    found = explanation(client, answer, sandbox)["likely_mistake"]
    return found and found["name"]


@pytest.mark.parametrize(
    ("signature_of", "name"),
    [
        (lambda sent: mac(text(sent, "&")), "joined_by_ampersand"),
        (lambda sent: mac(text(sent) + "?"), "trailing_separator"),
        (lambda sent: mac(f"timestamp={sent['timestamp']}?nonce={sent['nonce']}"), "not_sorted"),
        (lambda sent: mac(text(sent | {"api_token": TOKEN})), "api_token_signed"),
        (
            lambda sent: mac(text(sent | {"timestamp": sent["timestamp"] // 1000})),
            "timestamp_signed_in_seconds",
        ),
        (lambda sent: mac(text(sent), TOKEN), "api_token_used_as_secret"),
        (lambda sent: mac(text(sent), SECRET + "\n"), "secret_with_newline"),
        (lambda sent: mac(text(sent)).upper(), "upper_case_hex"),
        (lambda sent: base64.b64encode(bytes.fromhex(mac(text(sent)))).decode(), "base64"),
        (lambda sent: hmac.new(SECRET.encode(), text(sent).encode(), "sha1").hexdigest(), "sha1"),
        (lambda sent: hmac.new(SECRET.encode(), text(sent).encode(), "sha512").hexdigest(), "sha512"),
        (lambda sent: hashlib.sha256((SECRET + text(sent)).encode()).hexdigest(), "plain_hash"),
        (lambda sent: mac(text(sent, "&")).upper(), "joined_by_ampersand+upper_case_hex"),
        (lambda _: "0" * 64, None),
        (lambda _: "no digest", None),
    ],
)
def test_mistake_with_the_signature_is_named(client: TestClient, signature_of: Any, name: str | None) -> None:
    sent = fresh()
    answer = get(client, sent | {"signature": signature_of(sent)})
    found = explanation(client, answer)
    assert found["check"] == "signature"
    assert found["passed"] == ["token", "timestamp"]
    assert (found["likely_mistake"] or {}).get("name") == name
    assert found["facts"]["strings_to_sign"]["unsigned"] == text(sent)


def test_booleans_nulls_and_ids_of_the_url_are_named(client: TestClient) -> None:
    values = {"name": "Student 1", "skip_requirements": True, "external_id": None, **fresh()}
    signed = values | {"id": "1", "skip_requirements": "True", "external_id": "None"}
    answer = client.patch(
        f"{BASE}/student_sessions/1",
        json=values | {"signature": mac(text(signed))},
        headers={"Authorization": f"Token token={TOKEN}"},
    )
    assert mistake(client, answer) == "booleans_as_True_and_False+null_as_text"


def test_body_signed_as_json_is_named(client: TestClient) -> None:
    values = {"name": "Student 1", **fresh()}
    raw = json.dumps(values)
    answer = client.patch(
        f"{BASE}/student_sessions/1",
        params={"signature": mac(raw)},
        content=raw,
        headers={"Authorization": f"Token token={TOKEN}", "Content-Type": "application/json"},
    )
    assert mistake(client, answer) == "json_body_signed"


def test_signed_file_is_named_and_its_content_stays_out(client: TestClient) -> None:
    values = {"name": "X", "short_name": "x", **fresh()}
    signed = values | {"logo_image": "logo.png"}
    answer = client.post(
        f"{BASE}/institutes",
        data={**values, "signature": mac(text(signed))},
        files={"logo_image": ("logo.png", b"\x89PNG", "image/png")},
        headers={"Authorization": f"Token token={TOKEN}"},
    )
    assert mistake(client, answer) == "file_part_signed"


def test_left_out_url_id_is_named_where_it_is_required(client: TestClient) -> None:
    settings = "/__admin/sandboxes/default/settings"
    client.patch(settings, json={"proctorexam.url_ids_signed": "required"})
    sent = fresh()
    answer = client.get(
        f"{BASE}/institutes/1",
        params=sent | {"signature": mac(text(sent))},
        headers={"Authorization": f"Token token={TOKEN}"},
    )
    client.patch(settings, json={"proctorexam.url_ids_signed": "either"})
    assert mistake(client, answer) == "url_id_left_out"


def test_secret_of_another_sandbox_and_of_another_user_are_named(client: TestClient) -> None:
    other = client.post("/__admin/sandboxes", json={"name": "other"}).json()["credentials"]["proctorexam"]
    sent = fresh()
    answer = get(client, sent | {"signature": mac(text(sent), other["secret_key"])})
    found = explanation(client, answer)["likely_mistake"]
    assert found["name"] == "secret_of_another_sandbox"
    assert "the sandbox 'other'" in found["remedy"]


def test_password_is_in_no_explanation(client: TestClient) -> None:
    values = {"email": "x@example.com", "password": "Top-Secret-1", **fresh()}
    answer = client.post(
        f"{BASE}/institutes/1/users",
        json=values | {"signature": mac(text(values, "&"))},
        headers={"Authorization": f"Token token={TOKEN}"},
    )
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}")
    assert entry.json()["explanation"]["likely_mistake"]["name"] == "joined_by_ampersand"
    assert "Top-Secret-1" not in entry.text


@pytest.mark.parametrize(
    ("timestamp_of", "name"),
    [
        (lambda ms: ms // 1000, "timestamp_in_seconds"),
        (lambda ms: ms * 1000, "timestamp_in_microseconds"),
        (lambda ms: ms + 2 * 3_600_000, "local_time_taken_for_utc"),
        (lambda ms: ms - 5 * 3_600_000 - 1_800_000, "local_time_taken_for_utc"),
        (lambda ms: ms - 400_000, "clock_skew"),
        (lambda ms: ms + 400_000, "clock_skew"),
        (lambda ms: ms / 1000, "timestamp_with_decimals"),
        (lambda _: "2026-11-21T10:00:00Z", "timestamp_as_text"),
        (lambda _: "now", None),
    ],
)
def test_mistake_with_the_timestamp_is_named(client: TestClient, timestamp_of: Any, name: str | None) -> None:
    sent = fresh()
    sent["timestamp"] = timestamp_of(sent["timestamp"])
    found = explanation(client, get(client, sent | {"signature": mac(text(sent))}))
    assert found["check"] == "timestamp"
    assert (found["likely_mistake"] or {}).get("name") == name


@pytest.mark.parametrize(
    ("nonce", "name"),
    [
        ("0b8e2a1c-3c54-4bd4-9c39-2f4a2f1f8a11", "nonce_is_a_uuid"),
        ("1234.5", "nonce_with_decimals"),
        ("-5", "nonce_is_negative"),
        ("007", "nonce_with_leading_zero"),
        ("1" * 41, "nonce_too_long"),
        ("abc", None),
    ],
)
def test_mistake_with_the_nonce_is_named(client: TestClient, nonce: str, name: str | None) -> None:
    sent = fresh() | {"nonce": nonce}
    found = explanation(client, get(client, sent | {"signature": mac(text(sent))}))
    assert found["check"] == "nonce"
    assert (found["likely_mistake"] or {}).get("name") == name


def test_reused_nonce_says_when_it_was_first_seen(client: TestClient) -> None:
    sent = fresh()
    assert get(client, sent | {"signature": mac(text(sent))}).status_code == 200
    found = explanation(client, get(client, sent | {"signature": mac(text(sent))}))
    assert found["check"] == "nonce"
    assert found["passed"] == ["token", "timestamp", "signature"]
    assert abs(found["facts"]["first_seen_ms"] - sent["timestamp"]) < 60_000
    assert found["likely_mistake"]["name"] == "nonce_sent_again"


def test_nonce_made_of_seconds_is_named(client: TestClient) -> None:
    sent = fresh()
    sent["nonce"] = sent["timestamp"] // 1000
    get(client, sent | {"signature": mac(text(sent))})
    answer = get(client, sent | {"signature": mac(text(sent))})
    assert mistake(client, answer) == "nonce_made_of_seconds"


@pytest.mark.parametrize(
    ("authorization", "name"),
    [
        (f"Bearer {TOKEN}", "scheme_bearer"),
        (f"Bearer token={TOKEN}", "scheme_bearer"),
        (TOKEN, "scheme_missing"),
        (f"Token {TOKEN}", "token_name_missing"),
        (f'Token token="{TOKEN}', "stray_quotation_mark"),
        (f"Token token='{TOKEN}'", "single_quotation_marks"),
        (f"token token={TOKEN}", "scheme_written_otherwise"),
        (f"Token  token={TOKEN}", "token_with_blanks"),
        (f"Token token={SECRET}", "secret_sent_as_token"),
        ("Token token=fakeconserokey0000000000000000000000000000000000fakefake", "token_of_another_sandbox"),
        ("Token token=nobodys-token-of-22-ch", None),
        (None, None),
    ],
)
def test_mistake_with_the_token_is_named(
    client: TestClient, authorization: str | None, name: str | None
) -> None:
    sent = fresh()
    found = explanation(client, get(client, sent | {"signature": mac(text(sent))}, authorization))
    assert found["check"] == "token"
    assert (found["likely_mistake"] or {}).get("name") == name


def test_token_among_the_parameters_is_named(client: TestClient) -> None:
    """As version 2 wanted it (PE-449)."""
    sent = fresh() | {"api_token": TOKEN}
    answer = get(client, sent | {"signature": mac(text(sent))}, None)
    assert mistake(client, answer) == "token_in_parameters"


@pytest.mark.parametrize("header", ["X-Api-Token", "api-token"])
def test_token_in_another_header_is_named(client: TestClient, header: str) -> None:
    sent = fresh()
    answer = client.get(
        f"{BASE}/institutes",
        params=sent | {"signature": mac(text(sent))},
        headers={"Accept": "application/vnd.procwise.v3", header: TOKEN},
    )
    assert mistake(client, answer) == "token_in_another_header"


@pytest.mark.parametrize("name", ["signature", "X-Signature"])
def test_parameter_in_a_header_is_named(client: TestClient, name: str) -> None:
    sent = fresh()
    headers = {"Accept": "application/vnd.procwise.v3", "Authorization": f"Token token={TOKEN}"}
    answer = client.get(f"{BASE}/institutes", params=sent, headers=headers | {name: mac(text(sent))})
    assert mistake(client, answer) == "parameter_in_header"


@pytest.mark.parametrize(
    ("change", "check", "name"),
    [
        ({"signature": None}, "signature", None),
        ({"nonce": None, "Nonce": 5}, "nonce", "parameter_in_other_letters"),
        ({"timestamp": None}, "timestamp", None),
    ],
)
def test_missing_parameter_is_looked_for(
    client: TestClient, change: dict[str, Any], check: str, name: str | None
) -> None:
    sent = {key: value for key, value in (fresh() | change).items() if value is not None}
    signature = {} if "signature" in change else {"signature": mac(text(sent))}
    found = explanation(client, get(client, sent | signature))
    assert found["check"] == check
    assert (found["likely_mistake"] or {}).get("name") == name
