"""Constructor Proctor's public clients, quirk for quirk: they change base URL and credentials alone."""

from __future__ import annotations

import re

from interoperability_programs import RunClient, statuses

from mockserver.client.sandbox import SandboxHandle

PAGE = re.compile(r"\.\./session/[A-Za-z0-9_-]{32}/")


def unread(world: SandboxHandle, operation: str) -> list[str]:
    entry = next(entry for entry in world.requests() if entry["operation"] == operation)
    return list(entry["unread"])


def test_examus2_plugin(run_client: RunClient) -> None:
    """CP-240, CP-021, CP-026, CP-030, CP-109, CP-155, CP-158: PHP; integers stay integers (CP-071)."""
    calls = run_client("constructor_examus2.php")
    assert statuses(calls) == {"exam": 201, "start": 302, "status": 200, "finish": 200, "finish again": 200}
    assert (calls["exam"]["body"]["accountId"], calls["exam"]["body"]["examId"]) == (1, 4711)
    assert calls["exam"]["body"]["desktopAppForbiddenProcesses"] == ["Teamviewer", "AnyDesk"]
    assert PAGE.fullmatch(calls["start"]["location"])
    assert calls["status"]["body"]["status"] == "started"
    assert calls["finish"]["body"] == {"message": "finished"}
    assert calls["finish again"]["body"] == {"message": "not_changed"}


def test_constructor_plugin(run_client: RunClient, world: SandboxHandle) -> None:
    """CP-241, CP-021, CP-062, CP-074, CP-138: PHP; nothing that it sends is left unread."""
    calls = run_client("constructor_moodle.php")
    assert statuses(calls) == {"exam": 201, "start": 302, "status": 200, "finish": 200}
    sent = {"courseCode": "PHY-101", "secureBrowser": True, "calculator": "scientific"}
    assert calls["exam"]["body"].items() >= sent.items()
    assert calls["exam"]["body"]["desktopAppForbiddenProcesses"] == "teamviewer.exe\nanydesk.exe"
    assert calls["exam"]["body"]["desktopAppAllowedProcesses"] is None
    assert (unread(world, "exams.upsert"), unread(world, "sessions.start")) == ([], [])


def test_constructor_plugin_under_a_cap_of_30_seconds(run_client: RunClient, world: SandboxHandle) -> None:
    """CP-017, CP-021: the switch that follows the page to the letter refuses the vendor's own plugin."""
    world.settings({"constructor.max_lifetime_seconds": 30})
    calls = run_client("constructor_moodle.php")
    assert statuses(calls) == {"exam": 401, "start": 302, "status": 401, "finish": 401}


def test_rails_platform(run_client: RunClient) -> None:
    """CP-243, CP-032, CP-159, CP-163: Ruby; opening the link again leads to the same session (CP-041)."""
    calls = run_client("constructor_rails.rb")
    assert statuses(calls) == {
        "start": 302,
        "status": 200,
        "start again": 302,
        "finish": 200,
        "finish again": 200,
        "unknown": 404,
    }
    assert calls["start again"]["location"] == calls["start"]["location"]
    assert calls["status"]["body"]["accountId"] == 42
    assert calls["finish"]["body"] == {"message": "finished"}


def test_cats_contest_system(run_client: RunClient, world: SandboxHandle) -> None:
    """CP-244, CP-026, CP-111, CP-157: Node for Perl; its exp counts, being there (CP-025)."""
    calls = run_client("constructor_cats.mjs")
    assert statuses(calls) == {"start": 302, "late start": 401}
    assert world.request(str(world.requests()[0]["request_id"]))["explanation"]["check"] == "token"


def test_kaznu_client_where_the_account_may_be_missing(run_client: RunClient, world: SandboxHandle) -> None:
    """CP-245, CP-032, CP-156, CP-157, CP-190, CP-191: Python."""
    world.settings({"constructor.require_account_id_on_start": False})
    calls = run_client("constructor_kaznu.py")
    assert statuses(calls) == {"start": 302, "finish": 302}
    assert calls["finish"]["location"] == "https://open.kaznu.example/dashboard"
    assert unread(world, "sessions.start") == ["rules.allow_multiple_monitors"]
    status = world.send("constructor", "GET", "/sessions/90125/status/").json()
    assert (status["sessionId"], status["status"]) == (90125, "finished")


def test_kaznu_client_as_the_table_has_it(run_client: RunClient) -> None:
    """CP-070: accountId is mandatory, so without the switch the start is refused."""
    assert statuses(run_client("constructor_kaznu.py")) == {"start": 400, "finish": 404}


def test_sdk_page(run_client: RunClient) -> None:
    """CP-246, CP-031, CP-157: Node; a JOSE header without typ, in a multipart form."""
    calls = run_client("constructor_sdk.mjs")
    assert statuses(calls) == {"start": 302, "page": 200}
    assert "https://demo.example/test?examus-client-origin=" in calls["page"]["body"]
