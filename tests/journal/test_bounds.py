"""The journal is bounded by number and by size, and holds no secret."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from starlette.testclient import TestClient

from mockserver import redaction

SECRET = "fakeconserokey0000000000000000000000000000000000fakefake"
KEY = {"x-api-key": SECRET}
LIST = "/consero/api/v1/examinations"
REPORT = "/consero/api/v1/report"
REQUESTS = "/__admin/sandboxes/default/requests"
BETWEEN_TRIMS = 170  # entries that may come between two trims


def test_entries_are_capped(open_client: Callable[..., TestClient]) -> None:
    client = open_client(journal_entries=20)
    for _ in range(400):
        client.get(LIST, headers=KEY)
    entries = client.get(REQUESTS, params={"limit": 1000}).json()
    assert 20 <= len(entries) <= 20 + BETWEEN_TRIMS
    assert entries[0]["request_id"] == "req-400"


def test_bytes_are_capped(open_client: Callable[..., TestClient], database_url: str) -> None:
    client = open_client(journal_bytes=100_000, database=database_url)
    for _ in range(400):
        last = client.post(REPORT, headers=KEY, json={"inviteId": 142, "padding": "x" * 5_000})
    entries = client.get(REQUESTS, params={"limit": 1000}).json()
    assert len(entries) <= 20 + BETWEEN_TRIMS
    assert entries[0]["request_id"] == last.headers["x-mock-request-id"]  # PostgreSQL leaves some out


def test_sandbox_that_gets_every_other_number_is_trimmed_as_well(
    open_client: Callable[..., TestClient],
) -> None:
    client = open_client(journal_entries=10)
    made = client.post("/__admin/sandboxes", json={"seed": False}).json()
    other = {"x-api-key": made["credentials"]["consero"]["api_key"]}
    for _ in range(250):
        client.get(LIST, headers=KEY)
        client.get(LIST, headers=other)
    for sandbox in ("default", made["id"]):
        kept = client.get(f"/__admin/sandboxes/{sandbox}/requests", params={"limit": 1000}).json()
        assert 10 <= len(kept) <= 10 + BETWEEN_TRIMS


def test_long_body_is_cut(client: TestClient) -> None:
    client.post(REPORT, headers=KEY, json={"inviteId": 142, "padding": "x" * 50_000})
    [entry] = client.get(REQUESTS).json()
    assert len(entry["request"]["body"]) == 16_384
    assert entry["request"]["body_bytes"] > 50_000


@pytest.mark.parametrize(
    ("request_with"),
    [
        {"headers": KEY},
        {"params": {"x-api-key": SECRET}},
        {"params": {"anything": SECRET}},
        {"headers": {"Authorization": f"Bearer {SECRET}"}},
        {"headers": {"X-Whatever": SECRET}},
        {"headers": {"Cookie": f"a={SECRET}"}},
    ],
)
def test_secret_is_in_no_entry(client: TestClient, request_with: dict[str, dict[str, str]]) -> None:
    client.get(LIST, **request_with)
    assert SECRET not in client.get(REQUESTS).text
    assert SECRET not in client.get(f"{REQUESTS}/har").text


def test_secret_in_the_body_is_in_no_entry(client: TestClient) -> None:
    client.post(REPORT, json={"api_key": SECRET, "inviteId": 142})
    client.post(REPORT, headers=KEY, json={"note": f"my key is {SECRET}", "inviteId": 142})
    assert SECRET not in client.get(REQUESTS).text


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("a=1&api_key=abc&b=2", "a=1&api_key=[redacted]&b=2"),
        ("token=abc", "token=[redacted]"),
        ('{"secretKey": "a\\"b", "x": 1}', '{"secretKey": "[redacted]", "x": 1}'),
        ("plain=text", "plain=text"),
        ("", ""),
    ],
)
def test_what_is_called_a_secret_is_cut_out_of_refused_requests(text: str, left: str) -> None:
    assert redaction.suspects(text) == left
