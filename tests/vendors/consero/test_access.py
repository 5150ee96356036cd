"""API key first, then the address (CO-019), on every operation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.access.address import read_network

LIST = "/consero/api/v1/examinations"
KEY = "fakeconserokey0000000000000000000000000000000000fakefake"
UNAUTHORIZED = {"success": False, "message": "Unauthorized API key."}
OPERATIONS = [
    ("GET", "/examinations", None),
    ("POST", "/allocate-candidate", {"candidate_email": "a@b.io", "examination_id": 119}),
    ("POST", "/cancel-allocation", {"invite_id": 142}),
    ("POST", "/report", {"inviteId": 142}),
]

Open = Callable[..., TestClient]


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_wrong_key_is_refused_everywhere(client: TestClient, method: str, path: str, body: Any) -> None:
    """CO-015, CO-016."""
    answer = client.request(method, f"/consero/api/v1{path}", headers={"x-api-key": "wrong"}, json=body)
    assert answer.status_code == 401
    assert answer.json() == UNAUTHORIZED


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_foreign_address_is_refused_everywhere(open_client: Open, method: str, path: str, body: Any) -> None:
    """CO-010, CO-018."""
    client = open_client(peer="203.0.113.9")
    answer = client.request(method, f"/consero/api/v1{path}", headers={"x-api-key": KEY}, json=body)
    assert answer.status_code == 403
    assert answer.json() == {"success": False, "message": "Your IP address is not allowed."}


@pytest.mark.parametrize(("method", "path", "body"), OPERATIONS)
def test_every_operation_answers_with_json(client: TestClient, method: str, path: str, body: Any) -> None:
    """CO-003, CO-005, CO-008: the four operations, and no more."""
    answer = client.request(method, f"/consero/api/v1{path}", headers={"x-api-key": KEY}, json=body)
    assert answer.status_code in (200, 201)
    assert answer.headers["content-type"] == "application/json"
    assert len(client.get("/consero/openapi.json").json()["paths"]) == len(OPERATIONS)


def test_key_of_a_new_sandbox_looks_like_the_one_of_the_page(client: TestClient) -> None:
    """CO-011, CO-013: a fixed key of 56 hexadecimal digits."""
    sandbox = client.post("/__admin/sandboxes", json={}).json()
    key = sandbox["credentials"]["consero"]["api_key"]
    assert re.fullmatch("[0-9a-f]{56}", key)
    assert client.get(f"/__admin/sandboxes/{sandbox['id']}").json() == sandbox


@pytest.mark.parametrize("keys", [[KEY, "wrong"], ["wrong", KEY]])
def test_two_different_keys_are_refused(client: TestClient, keys: list[str]) -> None:
    answer = client.get(LIST, headers=[("x-api-key", key) for key in keys])
    assert answer.status_code == 401
    assert answer.json() == UNAUTHORIZED


@pytest.mark.parametrize(
    "headers",
    [
        {"x_api_key": KEY},
        {"authorization": f"Bearer {KEY}"},
        {"cookie": f"x-api-key={KEY}"},
        {"x-api-key": f"{KEY},wrong"},
        {"x-api-key": KEY.upper()},
        {"x-api-key": KEY * 2},
        {"x-api-key": "é".encode("latin-1")},
        {"x-api-key": "k" * 10_000},
    ],
)
def test_key_counts_only_as_it_is_and_where_it_belongs(client: TestClient, headers: dict[str, Any]) -> None:
    """CO-009."""
    answer = client.get(LIST, headers=headers)
    assert answer.status_code == 401
    assert answer.json() == UNAUTHORIZED


@pytest.mark.parametrize(
    ("networks", "peer", "status"),
    [
        (["192.0.2.0/31"], "192.0.2.0", 200),
        (["192.0.2.0/31"], "192.0.2.1", 200),
        (["192.0.2.0/31"], "192.0.2.2", 403),
        (["192.0.2.7"], "192.0.2.7", 200),
        (["192.0.2.7"], "192.0.2.8", 403),
        (["192.0.2.7"], "::ffff:192.0.2.7", 200),
        (["2001:db8::/64"], "2001:db8::ffff:ffff:ffff:ffff", 200),
        (["2001:db8::/64"], "2001:db8:0:1::", 403),
        (["::/0"], "::ffff:192.0.2.7", 403),
        (["0.0.0.0/0"], "2001:db8::1", 403),
        ([], "127.0.0.1", 403),
    ],
)
def test_allowlist_decides_by_network(open_client: Open, networks: list[str], peer: str, status: int) -> None:
    """CO-010."""
    settings = {"consero": {"allowed_networks": networks}}
    client = open_client(peer=peer, vendor_settings=settings)
    assert client.get(LIST, headers={"x-api-key": KEY}).status_code == status


def test_allowlist_can_be_changed_while_the_server_runs(client: TestClient) -> None:
    settings = {"consero.allowed_networks": ["192.0.2.0/24"]}
    assert client.get(LIST, headers={"x-api-key": KEY}).status_code == 200
    assert client.patch("/__admin/sandboxes/default/settings", json=settings).status_code == 200
    assert client.get(LIST, headers={"x-api-key": KEY}).status_code == 403


@pytest.mark.parametrize(
    "entry", ["10.0.0.1/24", "010.0.0.1", "127.1", "0x7f000001", "2130706433", "*", "", " "]
)
def test_allowlist_entry_that_is_no_network_is_refused(client: TestClient, entry: str) -> None:
    answer = client.patch("/__admin/sandboxes/default/settings", json={"consero.allowed_networks": [entry]})
    assert answer.status_code == 422
    assert "is not a network" in answer.json()["detail"]
    assert client.get(LIST, headers={"x-api-key": KEY}).status_code == 200


def test_forwarded_address_of_a_stranger_is_not_believed(open_client: Open) -> None:
    answer = open_client(peer="203.0.113.9").get(
        LIST, headers={"x-api-key": KEY, "x-forwarded-for": "127.0.0.1"}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize(
    ("forwarded", "status"),
    [
        (["127.0.0.1"], 200),
        (["127.0.0.1, 198.51.100.7"], 403),
        (["127.0.0.1", "198.51.100.7"], 403),
        (["198.51.100.7, 127.0.0.1"], 200),
        (["127.0.0.1, 10.0.0.9"], 200),
        (["unknown"], 403),
        ([""], 403),
        ([",".join(["127.0.0.1"] * 10_000)], 403),
        (["127.0.0.1:4711"], 200),
        (["[::1]:4711"], 200),
    ],
)
def test_trusted_proxy_names_the_caller(open_client: Open, forwarded: list[str], status: int) -> None:
    client = open_client(peer="10.0.0.1", trusted_proxies=(read_network("10.0.0.0/8"),))
    headers = [("x-api-key", KEY), *(("x-forwarded-for", value) for value in forwarded)]
    assert client.get(LIST, headers=headers).status_code == status


def test_refusal_of_an_address_can_be_worded(open_client: Open) -> None:
    """CO-018: the vendor's text is unknown."""
    settings = {"consero": {"address_refusal_status": 451, "address_refusal_message": "Not from there."}}
    answer = open_client(peer="203.0.113.9", vendor_settings=settings).get(LIST, headers={"x-api-key": KEY})
    assert answer.status_code == 451
    assert answer.json() == {"success": False, "message": "Not from there."}
