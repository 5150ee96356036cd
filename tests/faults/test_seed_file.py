"""Faults from the seed file: armed once for each start, back after a reset, refused with a clear word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from mockserver.errors import UsageError
from mockserver.faults.seed_file import read_seed_file
from mockserver.vendors import all_vendors

KEY = {"x-api-key": "fakeconserokey0000000000000000000000000000000000fakefake"}
LIST = "/consero/api/v1/examinations"
ONCE = "sandboxes: {default: {faults: [{fault: status, code: 403, vendor: consero, times: 1}]}}"


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / "seed.yaml"
        file.write_text(text)
        return str(file)

    return write


def statuses(client: TestClient, calls: int) -> list[int]:
    return [client.get(LIST, headers=KEY).status_code for _ in range(calls)]


def test_fault_is_armed_from_the_start(
    open_client: Callable[..., TestClient], written: Callable[[str], str], database_url: str
) -> None:
    client = open_client(seed_file=written(ONCE), database=database_url)
    assert statuses(client, 2) == [403, 200]
    assert client.get("/__admin/sandboxes/default/faults").json()[0]["armed_by"] == "seed file"


def test_workers_of_one_start_arm_it_once(
    open_client: Callable[..., TestClient], written: Callable[[str], str], tmp_path: Path
) -> None:
    options: dict[str, Any] = {
        "seed_file": written(ONCE),
        "database": f"sqlite:///{tmp_path}/a.db",
        "run": "one",
    }
    first = open_client(**options)
    assert statuses(first, 1) == [403]
    second = open_client(**options)
    assert statuses(second, 1) + statuses(first, 1) == [200, 200]


def test_next_start_arms_it_again_and_forgets_what_is_gone(
    open_client: Callable[..., TestClient], written: Callable[[str], str], tmp_path: Path
) -> None:
    options: dict[str, Any] = {"database": f"sqlite:///{tmp_path}/a.db"}
    assert statuses(open_client(**options, seed_file=written(ONCE)), 2) == [403, 200]
    assert statuses(open_client(**options, seed_file=written(ONCE)), 2) == [403, 200]
    assert open_client(**options).get("/__admin/sandboxes/default/faults").json() == []


def test_reset_arms_it_again(open_client: Callable[..., TestClient], written: Callable[[str], str]) -> None:
    client = open_client(seed_file=written(ONCE))
    assert statuses(client, 2) == [403, 200]
    client.post("/__admin/sandboxes/default/reset")
    assert statuses(client, 2) == [403, 200]


def test_sandbox_of_the_file_is_made(
    open_client: Callable[..., TestClient], written: Callable[[str], str]
) -> None:
    client = open_client(seed_file=written("sandboxes: {staging: {faults: [{fault: status, code: 403}]}}"))
    key = client.get("/__admin/sandboxes/staging").json()["credentials"]["consero"]["api_key"]
    assert client.get(LIST, headers={"x-api-key": key}).status_code == 403
    assert statuses(client, 1) == [200]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("sandboxes: [", "no YAML in line 1"),
        ("", "here belong names with values; a seed file looks like"),
        ("sandboxes: 5", "sandboxes"),
        ("nonsense: {}", "'sandboxes' is missing; "),
        ("sandboxes: {Default: {}}", "sandboxes.Default"),
        ("sandboxes: {default: {fault: []}}", "sandboxes.default.fault"),
        ("sandboxes: {default: {faults: [{fault: explode}]}}", "sandboxes.default.faults.0"),
        ("sandboxes: {default: {faults: [{fault: status, code: 418}]}}", "sandboxes.default.faults.0.code"),
        ("sandboxes: {default: {faults: [{fault: delay}]}}", "delay_ms"),
    ],
)
def test_file_that_is_none_is_refused_with_the_place(
    written: Callable[[str], str], text: str, words: str
) -> None:
    with pytest.raises(UsageError, match=r"seed\.yaml") as refused:
        read_seed_file(written(text), all_vendors())
    assert words in str(refused.value)


def test_file_that_is_not_there_is_named() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.yaml cannot be read: No such file"):
        read_seed_file("nowhere.yaml", all_vendors())
