"""What a run may send: decided by the profile, enforced in the transport, seen by a recording server."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from contracts_reports import read_report
from processes import running_process

from contracts.cli import main
from contracts.ledger import Ledger, Made, Removal, set_aside
from contracts.safety import BudgetSpent, Guard, NotSent, Profile, Sent, fields_of, is_loopback
from contracts.vendors import load_vendor

Run = Callable[..., tuple[int, Any]]


def consero(method: str, path: str, body: bytes) -> tuple[int, Any]:
    """A Consero that refuses nothing, so that everything the harness would send is sent."""
    fields = json.loads(body) if body[:1] == b"{" and body[-1:] == b"}" else {}
    if method == "GET":
        return 200, [{"testId": 119, "testName": "Technology - Email Test"}]
    if path.endswith("/allocate-candidate"):
        data = {**fields, "invite_id": 142, "invite_link": "http://127.0.0.1:9/exam/start/A3bk"}
        return 201, {
            "success": True,
            "message": "Candidate allocated to examination successfully.",
            "data": data,
        }
    data = {"invite_id": fields.get("invite_id"), "status": "inValid"}
    return 200, {"success": True, "message": "Allocation cancelled successfully.", "data": data}


def proctorexam(method: str, path: str, _: bytes) -> tuple[int, Any]:
    """A ProctorExam in which every object has the number 7000 of the run or the number 1 of somebody else."""
    words = urlsplit(path).path.removeprefix("/api/v3/").split("/")
    if method == "GET":
        key = words[-1] if not words[-1].isdigit() else words[-2].rstrip("s")
        return 200, {key: [{"id": 1}] if key == words[-1] else {"id": 1}}
    return 200, {words[-1].rstrip("s"): {"id": 7000}, "student": {"id": 7000}}


def constructor(*_: object) -> tuple[int, Any]:
    return 200, {"message": "finished"}


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


def guard(profile: Profile, vendor: str = "proctorexam", budget: int = 10) -> Guard:
    return Guard(profile, "https://vendor.example", load_vendor(vendor).rules, Ledger(), "pmc-1", budget, 0.0)


def sent(
    method: str, operation: str | None, path_values: dict[str, str] | None = None, **fields: Any
) -> Sent:
    return Sent(operation, method, "/", path_values or {}, fields)


@pytest.mark.parametrize(
    ("profile", "request_", "reason"),
    [
        (Profile.DRY, sent("GET", "exams.index"), "dry"),
        (Profile.READONLY, sent("POST", "exams.create"), "sends no POST"),
        (Profile.READONLY, sent("GET", None), "documented"),
        (Profile.STANDARD, sent("DELETE", "exams.destroy", {"id": "1"}), "did not create"),
        (Profile.STANDARD, sent("POST", "documents.create", {"exam_id": "1"}), "did not create"),
        (Profile.STANDARD, sent("POST", "exams.create", institute_id=1), "did not create"),
        (Profile.STANDARD, sent("PUT", None), "undocumented"),
    ],
)
def test_guard_holds_back(profile: Profile, request_: Sent, reason: str) -> None:
    with pytest.raises(NotSent, match=reason):
        guard(profile).allow(request_, "https://vendor.example")


@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        ("application/json", b'{"institute_id": "1"}'),
        ("application/json", b' \n{"institute_id": "1"}'),
        ("application/x-www-form-urlencoded", b'{"institute_id": "1"}'),
        ("application/x-www-form-urlencoded", b"institute_id=1"),
        ("text/plain", b"institute_id=1"),
        (
            "multipart/form-data; boundary=b",
            b'--b\r\nContent-Disposition: form-data; name="institute_id"\r\n\r\n1\r\n--b--\r\n',
        ),
    ],
)
def test_guard_reads_a_body_in_every_way_that_a_server_might(content_type: str, body: bytes) -> None:
    fields = fields_of("https://vendor.example/exams?page=2", content_type, body)
    assert fields == {"page": "2", "institute_id": "1"}


def test_guard_lets_own_objects_be_changed() -> None:
    own = guard(Profile.STANDARD)
    own.ledger.made(Made("exams", "7", None))
    own.allow(sent("DELETE", "exams.destroy", {"id": "7"}), "https://vendor.example")
    assert own.sent == 1


def test_guard_calls_no_other_server() -> None:
    with pytest.raises(NotSent, match="not the server"):
        guard(Profile.FULL).allow(sent("GET", "exams.index"), "https://other.example")


def test_guard_keeps_the_budget() -> None:
    with pytest.raises(BudgetSpent, match="budget of 0"):
        guard(Profile.FULL, budget=0).allow(sent("GET", "exams.index"), "https://vendor.example")


def test_ledger_survives_a_crash(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    ledger = Ledger(file)
    ledger.made(Made("exams", "7", Removal("DELETE", "/exams/7")))
    ledger.made(Made("documents", "8", Removal("DELETE", "/exams/7/documents/8")))
    ledger.gone("documents", "8")
    assert Ledger.read(file).left == [Made("exams", "7", Removal("DELETE", "/exams/7"))]


def test_ledger_of_an_unfinished_run_is_set_aside(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    file, made = tmp_path / "ledger-consero.jsonl", Made("allocation", "141", Removal("POST", "/cancel"))
    Ledger(file).made(made)
    _, report = run_contracts("consero", f"{record(consero).url}/api/v1", "--profile", "readonly")
    kept = tmp_path / "ledger-consero-1.jsonl"
    assert Ledger.read(kept).left == [made]
    assert f"contracts cleanup --ledger {kept}" in report.extra["sentences"][0]


def test_ledger_that_holds_nothing_more_makes_room(tmp_path: Path) -> None:
    file = tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("session", "9", None))
    assert (set_aside(file), list(tmp_path.iterdir())) == (None, [])


def test_ledger_removes_children_first() -> None:
    ledger, removed = Ledger(), []
    ledger.made(Made("exams", "7", Removal("DELETE", "/exams/7")))
    ledger.made(Made("documents", "8", Removal("DELETE", "/exams/7/documents/8")))
    ledger.made(Made("session", "9", None))
    left = ledger.clean_up(lambda removal: not removed.append(removal.path))
    assert (removed, [made.id for made in left]) == (["/exams/7/documents/8", "/exams/7"], ["9"])


def test_run_removes_what_it_created(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    server = record(consero)
    run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    assert Ledger.read(tmp_path / "ledger-consero.jsonl").left == []


def test_cleanup_finishes_what_an_interrupted_run_left(record: Any, tmp_path: Path) -> None:
    server, file = record(consero), tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(
        ["cleanup", "--vendor", "consero", "--base-url", f"{server.url}/api/v1", "--ledger", str(file)]
    )
    assert (code, server.received) == (0, [("POST", "/api/v1/cancel-allocation", b'{"invite_id": 142}')])


def test_redirect_to_a_sign_in_page_removes_nothing(record: Any, tmp_path: Path) -> None:
    server, file = record(lambda *_: (302, {})), tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(["cleanup", "--vendor", "consero", "--base-url", server.url, "--ledger", str(file)])
    assert (code, [made.id for made in Ledger.read(file).left]) == (1, ["142"])


@pytest.mark.parametrize("address", ["http://vendor.example/api/v1", "https://user:word@vendor.example"])
def test_cleanup_sends_no_credentials_in_the_clear(
    address: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ledger.jsonl"
    Ledger(file).made(Made("allocation", "142", Removal("POST", "/cancel-allocation", {"invite_id": 142})))
    code = main(["cleanup", "--vendor", "consero", "--base-url", address, "--ledger", str(file)])
    assert (code, "redentials" in capsys.readouterr().err) == (2, True)


def test_server_gone_half_way_ends_with_a_report(run_contracts: Run, record: Any, tmp_path: Path) -> None:
    server = record(consero, stop_after=30)
    code, report = run_contracts("consero", f"{server.url}/api/v1", "--profile", "standard")
    assert code == 2
    assert "cannot be reached" in report.extra["sentences"][0]
    left = [f"{made['kind']} {made['id']}" for made in report.extra["left_behind"]]
    assert left != []
    assert left[0] in (tmp_path / "contracts-consero.md").read_text()
    assert left[0] in (tmp_path / "contracts-consero.html").read_text()


def test_interrupted_run_cleans_up_and_reports(record: Any, tmp_path: Path) -> None:
    server = record(consero)
    run = ["run", "--vendor", "consero", "--base-url", f"{server.url}/api/v1", "--rate", "60"]
    command = [sys.executable, "-m", "contracts", *run, "--report", "json", "--out", str(tmp_path)]
    with running_process(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True) as process:
        wait_until(lambda: any(path.endswith("/allocate-candidate") for _, path, _ in server.received[20:]))
        process.send_signal(signal.SIGINT)
        _, progress = process.communicate(timeout=30)
    assert (process.returncode, Ledger.read(tmp_path / "ledger-consero.jsonl").left) == (2, [])
    assert "Removing what this run created" in progress
    assert read_report(tmp_path, "consero").extra["sentences"][0].startswith("Interrupted")


def wait_until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def test_server_that_is_not_there_is_no_verdict(run_contracts: Run) -> None:
    code, report = run_contracts("consero", "http://127.0.0.1:9/api/v1")
    assert (code, report.ids("violated", "documented", "inferred")) == (2, [])


def test_wrong_credentials_are_said_and_nothing_is_held(run_contracts: Run, record: Any) -> None:
    server = record(lambda *_: (401, {"success": False, "message": "Unauthorized API key."}))
    code, report = run_contracts("consero", f"{server.url}/api/v1", "--profile", "full")
    assert code == 1
    assert report.extra["sentences"][0].startswith("The server refuses these credentials")
    assert set(report.standings.values()) == {"not exercised"}
    assert report.reason("CO-014") == "the server refuses these credentials"
    assert len(server.received) == 1
