"""Why Consero's door refused, as the journal and the header say it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.access.address import read_network

SECRET = "fakeconserokey0000000000000000000000000000000000fakefake"
KEY = {"x-api-key": SECRET}
LIST = "/consero/api/v1/examinations"
REPORT = "/consero/api/v1/report"


def explanation(client: TestClient, answer: Any) -> dict[str, Any]:
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}")
    assert SECRET not in entry.text
    found: dict[str, Any] = entry.json()["explanation"]
    return found


def mistake(client: TestClient, answer: Any) -> str | None:
    found = explanation(client, answer)["likely_mistake"]
    return found and found["name"]


@pytest.mark.parametrize(
    ("request_with", "name"),
    [
        ({"params": {"x-api-key": SECRET}}, "key_in_query"),
        ({"params": {"api_key": SECRET}}, "key_in_query"),
        ({"headers": {"Authorization": SECRET}}, "key_in_authorization"),
        ({"headers": {"Authorization": f"Bearer {SECRET}"}}, "key_in_authorization"),
        ({"headers": {"Authorization": f"ApiKey {SECRET}"}}, "key_in_authorization"),
        ({"headers": {"X-API-Token": SECRET}}, "key_in_another_header"),
        ({"headers": {"apikey": SECRET}}, "key_in_another_header"),
        ({"headers": {"Cookie": f"session=1; key={SECRET}"}}, "key_in_cookie"),
        ({"headers": {"x-api-key": f"{SECRET[:10]} {SECRET[10:]}"}}, "key_with_blanks"),
        ({"headers": {"x-api-key": f" {SECRET} "}}, "key_with_blanks"),
        ({"headers": {"x-api-key": f'"{SECRET}"'}}, "key_in_quotes"),
        ({"headers": {"x-api-key": f"Bearer {SECRET}"}}, "key_with_scheme"),
        ({"headers": {"x-api-key": SECRET.upper()}}, "key_in_another_letter_case"),
        ({"headers": {"x-api-key": f"{SECRET}, {SECRET}"}}, "key_sent_twice"),
        ({"headers": {"x-api-key": f"%{ord(SECRET[0]):x}{SECRET[1:]}"}}, "key_url_encoded"),
        ({"headers": {"x-api-key": "fake-proctorexam-token"}}, "key_of_another_sandbox"),
        ({"headers": {"x-api-key": "0" * 56}}, None),
        ({"headers": {}}, None),
    ],
)
def test_mistake_with_the_key_is_named(
    client: TestClient, request_with: dict[str, Any], name: str | None
) -> None:
    answer = client.get(LIST, **request_with)
    assert answer.status_code == 401
    assert mistake(client, answer) == name


@pytest.mark.parametrize("body", [{"api_key": SECRET, "inviteId": 142}, {"x-api-key": SECRET}])
def test_key_in_the_body_is_named(client: TestClient, body: dict[str, Any]) -> None:
    assert mistake(client, client.post(REPORT, json=body)) == "key_in_body"
    assert mistake(client, client.post(REPORT, data=body)) == "key_in_body"


def test_key_of_a_removed_sandbox_says_whose_it_was(client: TestClient) -> None:
    made = client.post("/__admin/sandboxes", json={"name": "of last week"}).json()
    client.delete(f"/__admin/sandboxes/{made['id']}")
    answer = client.get(LIST, headers={"x-api-key": made["credentials"]["consero"]["api_key"]})
    found = explanation(client, answer)["likely_mistake"]
    assert found["name"] == "key_of_another_sandbox"
    assert "the sandbox 'of last week', which was removed" in found["remedy"]


def test_facts_say_what_was_presented_and_no_more(client: TestClient) -> None:
    answer = client.get(LIST, headers={"x-api-key": "a-key-that-nobody-has"})
    found = explanation(client, answer)
    assert found["check"] == "api_key"
    assert found["passed"] == []
    assert found["facts"]["presented"] == {"ends_in": "…-has", "characters": 21}
    assert found["server_time"].endswith("Z")


def test_header_explains_in_one_line(client: TestClient) -> None:
    answer = client.get(LIST, params={"key": SECRET}, headers={"X-Mock-Explain": "1"})
    assert answer.headers["x-mock-explain"] == (
        "api_key: No credential was presented. Likely mistake: key_in_query. "
        "Send the key in the header x-api-key: it was found in the query as key."
    )
    assert "x-mock-explain" not in client.get(LIST).headers


def test_refused_address_shows_what_was_tried(open_client: Callable[..., TestClient]) -> None:
    client = open_client(peer="203.0.113.9")
    found = refused_address(client)
    assert found["check"] == "address"
    assert found["passed"] == ["api_key"]
    assert found["facts"]["address"] == "203.0.113.9"
    assert found["facts"]["networks"] == ["127.0.0.1/32", "::1/128"]
    assert found["likely_mistake"] is None


@pytest.mark.parametrize(
    ("peer", "networks", "forwarded", "name"),
    [
        ("10.0.0.7", ["203.0.113.0/24"], "203.0.113.9", "forwarded_header_not_trusted"),
        ("10.0.0.7", ["203.0.113.0/24"], "198.51.100.1", None),
        ("::ffff:203.0.113.9", ["::/0"], "", "ipv4_mapped"),
        ("203.0.113.9", ["::/0"], "", "ipv4_mapped"),
        ("::1", ["127.0.0.1/32"], "", "other_loopback_address"),
        ("203.0.113.9", ["203.0.112.0/24"], "", None),
    ],
)
def test_mistake_with_the_address_is_named(
    open_client: Callable[..., TestClient], peer: str, networks: list[str], forwarded: str, name: str | None
) -> None:
    client = open_client(peer=peer, vendor_settings={"consero": {"allowed_networks": networks}})
    found = refused_address(client, {"X-Forwarded-For": forwarded} if forwarded else {})
    assert (found["likely_mistake"] or {}).get("name") == name


def test_trusted_proxy_is_believed_and_no_mistake(open_client: Callable[..., TestClient]) -> None:
    client = open_client(peer="10.0.0.7", trusted_proxies=(read_network("10.0.0.0/8"),))
    found = refused_address(client, {"X-Forwarded-For": "203.0.113.9"})
    assert found["facts"]["address"] == "203.0.113.9"
    assert found["likely_mistake"] is None


def refused_address(client: TestClient, headers: dict[str, str] | None = None) -> dict[str, Any]:
    """Return the explanation of a refused address, read by a caller on the machine itself."""
    answer = client.get(LIST, headers=KEY | (headers or {}))
    assert answer.status_code == 403
    client._transport.client = ("127.0.0.1", 50_000)  # type: ignore[attr-defined]
    return explanation(client, answer)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        ({"invite_id": 142}, "field_in_other_letters"),
        ({"InviteId": 142}, "field_in_other_letters"),
        ({"invitId": 142}, "field_misspelt"),
        ({"candidate": 142}, None),
        ({}, None),
    ],
)
def test_misspelt_field_is_named(client: TestClient, body: dict[str, Any], name: str | None) -> None:
    answer = client.post(REPORT, headers=KEY, json=body)
    assert answer.status_code == 422
    assert mistake(client, answer) == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/consero/examinations", "base_path_missing"),
        ("/consero/api/v1/api/v1/examinations", "base_path_twice"),
        ("/consero/api/v1//examinations", "double_slash"),
        ("/consero/api/v1/Examinations", "path_in_another_letter_case"),
        ("/consero/api/v1/examinations/", "trailing_slash"),
        ("/consero/api/v1/examination", "path_misspelt"),
        ("/consero/api/v1/quite-something-else", None),
    ],
)
def test_wrong_path_is_named(client: TestClient, path: str, name: str | None) -> None:
    answer = client.get(path, headers=KEY)
    assert answer.status_code == 404
    assert mistake(client, answer) == name


def test_accepted_request_has_no_explanation(client: TestClient) -> None:
    answer = client.get(LIST, headers=KEY)
    entry = client.get(f"/__admin/sandboxes/default/requests/{answer.headers['x-mock-request-id']}").json()
    assert entry["explanation"] is None
