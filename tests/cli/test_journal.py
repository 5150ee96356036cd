"""`mockserver requests`, `explain`, `statements` and `control`."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from processes import running_process

from mockserver.client.sandbox import SandboxHandle

Run = Any


@pytest.fixture
def refused(sandbox: SandboxHandle) -> str:
    """The id of a request that was refused by the vendor's rules."""
    request_id = sandbox.send("consero", "POST", "/report", {"inviteId": 7}).header("x-mock-request-id")
    assert request_id
    return request_id


def test_requests_stand_one_a_line_newest_last(run: Run, sandbox: SandboxHandle, refused: str) -> None:
    sandbox.send("consero", "GET", "/examinations")
    first, second = run("requests").out.splitlines()
    assert f"  {refused}  404  consero POST /api/v1/report  refused by rules: " in first
    assert second.endswith("  200  consero GET /api/v1/examinations")


def test_refused_leaves_the_others_out(run: Run, sandbox: SandboxHandle, refused: str) -> None:
    sandbox.send("consero", "GET", "/examinations")
    assert len(run("requests", "--refused").out.splitlines()) == 1


def test_limit_keeps_the_newest(run: Run, sandbox: SandboxHandle, refused: str) -> None:
    sandbox.send("consero", "GET", "/examinations")
    assert "/examinations" in run("requests", "--limit", "1").out


def test_json_is_one_whole_entry_a_line(run: Run, refused: str) -> None:
    entry = json.loads(run("requests", "--json").out)
    assert entry["request_id"] == refused
    assert entry["explanation"]["check"] == "rules"


def test_what_callers_sent_cannot_drive_the_terminal(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.send("consero", "GET", "/%1B]0;owned%07%0Areq-1  200  forged%E2%80%AE")
    [listed] = run("requests").out.splitlines()
    assert r"/\x1b]0;owned\x07\nreq-1  200  forged\u202e" in listed
    explained = run("explain").out.splitlines()
    assert r"/\x1b]0;owned\x07\nreq-1  200  forged\u202e" in explained[0]
    assert not [line for line in explained if line.startswith("req-1  200")]


def test_explain_tells_everything_about_one_request(run: Run, refused: str) -> None:
    lines = run("explain", refused).out.splitlines()
    assert lines[0] == f"{refused}  404  consero POST /api/v1/report"
    assert "  passed before: api_key, address" in lines
    assert any(line.startswith("  server's time: 20") for line in lines)


def test_explain_takes_the_newest_refusal_by_itself(run: Run, sandbox: SandboxHandle, refused: str) -> None:
    sandbox.send("consero", "GET", "/examinations")
    assert run("explain").out.startswith(refused)


def test_explain_finds_what_was_sent_with_a_credential_of_nobody(run: Run, sandbox: SandboxHandle) -> None:
    reply = sandbox.send("consero", "GET", "/examinations", headers=(("x-api-key", "nobody's"),))
    done = run("explain", str(reply.header("x-mock-request-id")))
    assert "refused by api_key: The credential belongs to nobody." in done.out


def test_explain_says_that_an_accepted_request_was_not_refused(run: Run, sandbox: SandboxHandle) -> None:
    reply = sandbox.send("consero", "GET", "/examinations")
    assert "was not refused" in run("explain", str(reply.header("x-mock-request-id"))).out


def test_explain_of_an_unknown_request_is_a_usage_error(run: Run) -> None:
    done = run("explain", "req-999999")
    assert done.code == 2
    assert "has no request 'req-999999' (any more): 'mockserver requests' lists those it has" in done.err


def test_explain_without_any_refusal_is_a_usage_error(run: Run) -> None:
    assert "was refused of late" in run("explain").err


def test_statements_stand_one_a_line(run: Run) -> None:
    lines = run("statements", "--vendor", "consero", "--evidence", "documented").out.splitlines()
    assert lines[0].startswith("CO-001  documented  ")
    assert len(lines) == 50


def test_statements_of_one_operation(run: Run) -> None:
    found = run("statements", "--operation", "institutes.create", "--json").json
    assert "PE-114" in [statement["id"] for statement in found]


def test_statements_by_their_ids_in_any_letters(run: Run) -> None:
    first, second = run("statements", "pe-114", "CO-001").out.splitlines()
    assert first.startswith("PE-114  documented  ")
    assert second.startswith("CO-001  documented  ")


def test_control_lists_what_the_server_declares(run: Run) -> None:
    out = run("control").out
    assert "clock.advance         Move the clock forward" in out
    assert "\n                      seconds=…\n" in out


def test_control_carries_out_any_of_them(run: Run, sandbox: SandboxHandle) -> None:
    run("control", "clock.set", "mode=frozen", "at=2030-01-01T00:00:00Z")
    assert run("control", "clock.advance", "seconds=60").json["now"] == "2030-01-01T00:01:00.000Z"


def test_control_fills_path_and_query(run: Run, refused: str) -> None:
    assert run("control", "requests.show", f"request_id={refused}").json["status"] == 404
    assert len(run("control", "requests.list", "limit=1").json) == 1


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("clock.stop",), "has no control 'clock.stop': 'mockserver control' lists those it has"),
        (("clock.show", "colour=red"), "the control clock.show takes no colour: it takes nothing"),
        (("requests.show",), "the control requests.show needs request_id"),
        (("clock.advance", "hours=1"), "'seconds' is missing"),
    ],
)
def test_control_says_what_it_does_not_take(run: Run, words: tuple[str, ...], sentence: str) -> None:
    done = run("control", *words)
    assert done.code == 2
    assert sentence in done.err


def test_filters_choose(run: Run, sandbox: SandboxHandle, refused: str) -> None:
    sandbox.send("consero", "GET", "/examinations")
    sandbox.send("proctorexam", "GET", "/institutes")
    assert len(run("requests", "vendor=consero").out.splitlines()) == 2
    assert refused in run("requests", "status=4xx").out
    assert refused not in run("requests", "method=GET", "--limit", "5").out


def test_follow_goes_on_as_requests_come_in(sandbox: SandboxHandle) -> None:
    sandbox.send("consero", "GET", "/examinations")
    command = [sys.executable, "-m", "mockserver", "requests", "--follow", "--url", sandbox.api.url]
    with running_process([*command, "--sandbox", sandbox.id], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline().endswith("  200  consero GET /api/v1/examinations\n")
        sandbox.send("consero", "POST", "/report", {"inviteId": 7})
        assert "  404  consero POST /api/v1/report  refused by rules" in process.stdout.readline()
        sandbox.delete()
        assert process.wait(timeout=10) == 0
        assert process.stdout.read() == ""
