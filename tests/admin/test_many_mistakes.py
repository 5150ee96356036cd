"""Thousands of wrong values are refused in a few sentences: telling each took seconds."""

from __future__ import annotations

from starlette.testclient import TestClient

SETTINGS = "/__admin/sandboxes/default/settings"


def test_first_mistakes_are_told(client: TestClient) -> None:
    answer = client.patch(SETTINGS, json={"consero": {"allowed_networks": [1] * 1_000}})
    assert answer.status_code == 422
    assert answer.json()["detail"].count("allowed_networks.") == 20


def test_allowlist_has_a_length(client: TestClient) -> None:
    answer = client.patch(SETTINGS, json={"consero": {"allowed_networks": ["192.0.2.1"] * 1_001}})
    assert answer.status_code == 422
    assert "at most 1000 items" in answer.json()["detail"]


def test_first_mistakes_of_a_body_are_told(client: TestClient) -> None:
    rows = {"consero_examination": {"columns": [1] * 500, "rows": []}}
    document = {"name": "x", "seeded": True, "clock": {}, "settings": {}, "tables": rows}
    answer = client.post("/__admin/sandboxes/import", json=document)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 20
