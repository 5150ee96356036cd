"""`mockserver fault`."""

from __future__ import annotations

from typing import Any

from mockserver.client.sandbox import SandboxHandle

Run = Any
STATUS = ("fault", "add", "status", "vendor=consero", "code=500", "times=1")


def test_armed_fault_strikes(run: Run, sandbox: SandboxHandle) -> None:
    assert run(*STATUS).code == 0
    assert run("send", "consero", "GET", "/examinations").code == 1
    assert run("send", "consero", "GET", "/examinations").code == 0


def test_list_shows_what_is_armed(run: Run) -> None:
    armed = run(*STATUS, "--json").json
    out = run("fault", "list").out
    assert f"id={armed['id']}" in out
    assert "fault=status" in out
    assert "code=500" in out


def test_one_is_cleared_by_its_id(run: Run, sandbox: SandboxHandle) -> None:
    first = run(*STATUS, "--json").json
    second = run("fault", "add", "hang_up", "--json").json
    run("fault", "clear", first["id"])
    assert [fault["id"] for fault in sandbox.faults()] == [second["id"]]


def test_all_are_cleared_without_an_id(run: Run, sandbox: SandboxHandle) -> None:
    run(*STATUS)
    run("fault", "add", "hang_up")
    run("fault", "clear")
    assert sandbox.faults() == []


def test_rule_that_can_match_nothing_is_a_usage_error(run: Run) -> None:
    done = run("fault", "add", "status", "vendor=consero", "operation=institutes.create", "code=500")
    assert done.code == 2
    assert "No call can ever fit this rule" in done.err


def test_unknown_fault_is_a_usage_error_with_those_there_are(run: Run) -> None:
    done = run("fault", "add", "earthquake")
    assert done.code == 2
    assert "hang_up" in done.err
