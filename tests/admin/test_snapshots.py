"""Snapshots, export and import of whole worlds."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.signing import sign
from mockserver.signing.wish import Wish

ADMIN = "/__admin/sandboxes"
DEFAULT = f"{ADMIN}/default"
KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
ALLOCATE = "/consero/api/v1/allocate-candidate"
NEW = {"candidate_email": "new@example.com", "examination_id": 119}
ACCESS = {
    "base_url": "http://127.0.0.1:8000/proctorexam/api/v3",
    "api_token": "fake-proctorexam-token",
    "secret_key": "fake-proctorexam-secret-key-0000000000-fake",
}


def signed(client: TestClient, machine: Any, wish: Wish, access: dict[str, str] = ACCESS) -> Any:
    request = sign("proctorexam", wish, access, now_ms=machine.now_ms(), random_bytes=machine.random_bytes)
    return client.request(request.method, request.url, headers=dict(request.headers), content=request.body)


def exported(client: TestClient) -> dict[str, Any]:
    document: dict[str, Any] = client.get(f"{DEFAULT}/export").json()
    return document


def test_restore_brings_rows_ids_clock_settings_and_faults_back(client_on_each_store: TestClient) -> None:
    client = client_on_each_store
    client.put(f"{DEFAULT}/clock", json={"mode": "frozen", "at": "2030-01-01T00:00:00Z"})
    client.patch(f"{DEFAULT}/settings", json={"consero.repeated_allocation": "new_invite"})
    client.post(f"{DEFAULT}/faults", json={"fault": "delay", "delay_ms": 1, "vendor": "constructor"})
    saved = client.post(f"{DEFAULT}/snapshots", json={"name": "before"})
    assert saved.status_code == 201
    before = exported(client)

    first = client.post(ALLOCATE, headers=KEY, json=NEW).json()["data"]["invite_id"]
    client.put(f"{DEFAULT}/clock", json={"mode": "real"})
    client.patch(f"{DEFAULT}/settings", json={"consero.repeated_allocation": "same_invite"})
    client.delete(f"{DEFAULT}/faults")
    assert exported(client) != before

    assert client.post(f"{DEFAULT}/snapshots/before/restore").status_code == 200
    assert exported(client) == before
    assert client.get(f"{DEFAULT}/clock").json()["now"] == "2030-01-01T00:00:00.000Z"
    assert client.post(ALLOCATE, headers=KEY, json=NEW).json()["data"]["invite_id"] == first


def test_restored_nonces_are_remembered(client: TestClient, machine: Any) -> None:
    """A nonce used before the snapshot stays used; one used after it has never been."""
    before = Wish("GET", "/institutes", overrides={"nonce": "111"})
    after = Wish("GET", "/institutes", overrides={"nonce": "222"})
    assert signed(client, machine, before).status_code == 200
    client.post(f"{DEFAULT}/snapshots", json={"name": "one"})
    assert signed(client, machine, after).status_code == 200
    client.post(f"{DEFAULT}/snapshots/one/restore")
    assert signed(client, machine, before).status_code == 403
    assert signed(client, machine, after).status_code == 200


def test_users_tokens_work_after_restore(client: TestClient, machine: Any) -> None:
    client.post(f"{DEFAULT}/snapshots", json={"name": "seed"})
    body = {
        "email": "x@example.com",
        "name": "X",
        "password": "Abcdef1!",
        "password_confirmation": "Abcdef1!",
    }
    made = signed(client, machine, Wish("POST", "/institutes/1/users", {**body, "role": "teacher"}))
    assert made.status_code == 200, made.text
    client.post(f"{DEFAULT}/snapshots", json={"name": "with user"[:4]})
    client.post(f"{DEFAULT}/snapshots/seed/restore")
    assert "X" not in [
        user["name"] for user in signed(client, machine, Wish("GET", "/institutes/1/users")).json()["users"]
    ]
    client.post(f"{DEFAULT}/snapshots/with/restore")
    assert "X" in [
        user["name"] for user in signed(client, machine, Wish("GET", "/institutes/1/users")).json()["users"]
    ]


def test_journal_goes_on_over_a_restore(client: TestClient) -> None:
    client.post(f"{DEFAULT}/snapshots", json={"name": "one"})
    client.post(ALLOCATE, headers=KEY, json=NEW)
    client.post(f"{DEFAULT}/snapshots/one/restore")
    assert len(client.get(f"{DEFAULT}/requests").json()) == 1


def test_snapshots_are_listed_replaced_and_removed(client: TestClient) -> None:
    client.post(f"{DEFAULT}/snapshots", json={"name": "one"})
    client.post(f"{DEFAULT}/snapshots", json={"name": "one"})
    assert [saved["name"] for saved in client.get(f"{DEFAULT}/snapshots").json()] == ["one"]
    assert client.delete(f"{DEFAULT}/snapshots/one").status_code == 204
    assert client.delete(f"{DEFAULT}/snapshots/one").status_code == 404
    assert client.post(f"{DEFAULT}/snapshots/one/restore").status_code == 404


def test_snapshot_goes_with_its_sandbox(client: TestClient) -> None:
    made = client.post(ADMIN, json={}).json()["id"]
    client.post(f"{ADMIN}/{made}/snapshots", json={"name": "one"})
    client.delete(f"{ADMIN}/{made}")
    assert client.get(f"{ADMIN}/{made}/snapshots").status_code == 404


def test_import_makes_an_equal_world_with_credentials_of_its_own(client_on_each_store: TestClient) -> None:
    client = client_on_each_store
    client.post(ALLOCATE, headers=KEY, json=NEW)
    document = exported(client)
    made = client.post(f"{ADMIN}/import", json=document)
    assert made.status_code == 201
    key = {"x-api-key": made.json()["credentials"]["consero"]["api_key"]}
    assert key != KEY
    again = client.get(f"{ADMIN}/{made.json()['id']}/export").json()
    assert again == document
    first = client.post(ALLOCATE, headers=KEY, json=NEW).json()["data"]
    assert client.post(ALLOCATE, headers=key, json=NEW).json()["data"]["invite_id"] == first["invite_id"]


def test_imported_users_have_tokens_of_the_new_sandbox(client: TestClient, machine: Any) -> None:
    made = client.post(f"{ADMIN}/import", json=exported(client)).json()
    access = made["credentials"]["proctorexam"]
    assert signed(client, machine, Wish("GET", "/institutes/1/users"), access).status_code == 200


def test_world_travels_to_another_server(open_client: Callable[..., TestClient]) -> None:
    one, other = open_client(), open_client()
    one.post(ALLOCATE, headers=KEY, json=NEW)
    made = other.post(f"{ADMIN}/import", json=exported(one))
    assert made.status_code == 201
    key = {"x-api-key": made.json()["credentials"]["consero"]["api_key"]}
    assert (
        other.post("/consero/api/v1/cancel-allocation", headers=key, json={"invite_id": 143}).status_code
        == 200
    )


@pytest.mark.parametrize(
    ("place", "value", "words"),
    [
        (("tables", "sandbox"), {"columns": [], "rows": []}, "no such table"),
        (("tables", "journal"), {"columns": [], "rows": []}, "no such table"),
        (("tables", "consero_examination", "columns"), ["id", "name; DROP TABLE sandbox"], "columns"),
        (("tables", "consero_examination", "rows"), [[1]], "one value for each column"),
        (("tables", "consero_examination", "rows"), [["one", "x"]], "cannot hold"),
        (("tables", "consero_examination", "rows"), [[None, "x"]], "cannot hold"),
        (("tables", "consero_examination", "rows"), [[2**63, "x"]], "beyond 64 bits"),
        (("tables", "consero_examination", "rows"), [[1, "x\x00"]], "NUL"),
        (("tables", "consero_examination", "rows"), [[119, "x"], [119, "y"]], "two rows are the same"),
        (("settings", "nobody"), {}, "no such vendor"),
        (("settings", "consero"), {"exam_score": 101}, "exam_score"),
        (("clock",), {"mode": "slow"}, "mode"),
        (("format",), "proctormock world 0", "format"),
    ],
)
def test_document_that_is_no_world_is_refused(
    client_on_each_store: TestClient, place: tuple[str, ...], value: Any, words: str
) -> None:
    document = exported(client_on_each_store)
    part = document
    for name in place[:-1]:
        part = part[name]
    part[place[-1]] = value
    answer = client_on_each_store.post(f"{ADMIN}/import", json=document)
    assert answer.status_code == 422
    assert words in answer.json()["detail"]
    assert len(client_on_each_store.get(ADMIN).json()) == 1


@pytest.mark.parametrize("name", ["", "a b", "ä", "../x", "x" * 101])
def test_name_of_a_snapshot_is_plain(client: TestClient, name: str) -> None:
    assert client.post(f"{DEFAULT}/snapshots", json={"name": name}).status_code == 422


def test_reset_takes_less_than_50_ms(client: TestClient) -> None:
    durations = []
    for _ in range(5):
        start = time.perf_counter()
        assert client.post(f"{DEFAULT}/reset").status_code == 200
        durations.append(time.perf_counter() - start)
    assert min(durations) < 0.05
