"""What a run may send: decided by the profile, enforced in the transport, seen by a recording server."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import pytest
from obliging_vendors import consero, constructor, proctorexam

from contracts.cli import main
from contracts.safety import is_loopback

Run = Callable[..., tuple[int, Any]]
SERVERS = {"consero": consero, "proctorexam": proctorexam, "constructor": constructor}


@pytest.mark.parametrize("vendor", SERVERS)
def test_readonly_sends_nothing_but_get(run_contracts: Run, record: Any, vendor: str) -> None:
    server = record(SERVERS[vendor])
    run_contracts(vendor, f"{server.url}/api/v3", "--profile", "readonly")
    assert server.methods == {"GET"}


def test_readonly_calls_no_get_that_changes_something(run_contracts: Run, record: Any) -> None:
    server = record(constructor)
    run_contracts("constructor", server.url, "--profile", "readonly")
    assert [path for _, path, _ in server.received if "/start/" in path or "/finish/" in path] == []


def test_standard_cancels_only_its_own_allocations(run_contracts: Run, record: Any) -> None:
    server = record(consero)
    run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    cancelled = [
        json.loads(body)
        for _, path, body in server.received
        if path.endswith("cancel-allocation") and body[:1] == b"{"
    ]
    assert {str(body.get("invite_id", "142")) for body in cancelled} == {"142"}


def test_standard_invites_only_candidates_with_its_tag(run_contracts: Run, record: Any) -> None:
    server = record(consero)
    run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    allocations = [body for _, path, body in server.received if path.endswith("allocate-candidate")]
    emails = [
        json.loads(body).get("candidate_email")
        for body in allocations
        if body[:1] == b"{" and body[-1:] == b"}"
    ]
    assert [
        email for email in emails if isinstance(email, str) and email.strip() and not email.startswith("pmc-")
    ] == []


def test_standard_touches_nothing_of_others(run_contracts: Run, record: Any) -> None:
    server = record(proctorexam)
    run_contracts("proctorexam", f"{server.url}/api/v3", "--profile", "standard")
    changed = [urlsplit(path).path.split("/") for method, path, _ in server.received if method != "GET"]
    numbers = {word for words in changed for word in words if word.isdigit()}
    assert numbers <= {"7000"}


def test_dry_sends_nothing_and_says_what_it_would(record: Any, capsys: pytest.CaptureFixture[str]) -> None:
    server = record(consero)
    code = main(["run", "--vendor", "consero", "--base-url", f"{server.url}/api/v1", "--profile", "dry"])
    assert (code, server.received) == (0, [])
    assert "consero.key.wrong" in capsys.readouterr().out


def test_budget_is_kept(run_contracts: Run, record: Any) -> None:
    server = record(consero)
    run_contracts("consero", f"{server.url}/api/v1", "--profile", "readonly", "--max-requests", "5")
    assert len(server.received) == 5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--base-url", "https://vendor.example/api/v1", "--profile", "full"), "--i-own-this-server"),
        (
            (
                "--base-url",
                "http://vendor.example/api/v1",
            ),
            "https",
        ),
        (
            (
                "--base-url",
                "https://user:word@vendor.example/api/v1",
            ),
            "command line",
        ),
        (
            (
                "--base-url",
                "ftp://vendor.example/",
            ),
            "http",
        ),
        (("--base-url", "http://127.0.0.1:9/api/v1", "--report", "pdf"), "pdf"),
        (("--base-url", "http://127.0.0.1:9/api/v1", "--rate", "-1"), "not negative"),
        (("--base-url", "http://127.0.0.1:9/api/v1", "--max-requests", "-1"), "not negative"),
        (
            (
                "--base-url",
                "http://127.0.0.1:9/api/v1?key=1",
            ),
            "ends with a path",
        ),
    ],
)
def test_unsafe_or_senseless_runs_do_not_start(
    options: tuple[str, ...], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main(["run", "--vendor", "consero", *options])
    assert (code, said in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:8000/consero", True),
        ("http://127.0.0.2", True),
        ("http://[::1]:8000", True),
        ("http://consero.localhost:8000", True),
        ("http://localhost.example.com", False),
        ("https://beta-consero.ipixsolutions.net/api/v1", False),
        ("http://10.0.0.1", False),
    ],
)
def test_loopback_is_told_by_the_address_alone(url: str, expected: bool) -> None:
    assert is_loopback(url) is expected


def test_wrong_credentials_are_said_and_nothing_is_held(run_contracts: Run, record: Any) -> None:
    server = record(lambda *_: (401, {"success": False, "message": "Unauthorized API key."}))
    code, report = run_contracts("consero", f"{server.url}/api/v1", "--profile", "full")
    assert code == 1
    assert report.extra["sentences"][0].startswith("The server refuses these credentials")
    assert set(report.standings.values()) == {"not exercised"}
    assert report.reason("CO-014") == "the server refuses these credentials"
    assert len(server.received) == 1
