"""`mockserver sandbox` and `mockserver env`."""

from __future__ import annotations

import shlex
import subprocess
from pathlib import Path
from typing import Any

import pytest

from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import SandboxHandle

Run = Any


@pytest.fixture
def new(run: Run, mockserver_api: ControlApi) -> Any:
    """Make a sandbox by the command; it is removed afterwards."""
    made: list[str] = []

    def command(*words: str) -> Any:
        done = run("sandbox", "new", *words, "--json")
        made.append(done.json["id"])
        return done.json

    yield command
    SandboxHandle.open(mockserver_api, made[0]).delete()


def test_new_one_has_credentials_of_its_own(new: Any, sandbox: SandboxHandle) -> None:
    made = new("--name", "mine")
    assert made["name"] == "mine"
    assert made["credentials"]["consero"]["api_key"] != sandbox.credentials("consero")["api_key"]


def test_empty_one_lacks_the_examples(new: Any, mockserver_api: ControlApi) -> None:
    made = SandboxHandle.open(mockserver_api, new("--empty")["id"])
    assert made.send("consero", "GET", "/examinations").json() == []


def test_one_can_have_a_time_to_live(new: Any) -> None:
    assert new("--ttl", "60")["expires_at"] is not None


def test_first_line_is_the_id(run: Run, sandbox: SandboxHandle) -> None:
    lines = run("sandbox", "show").out.splitlines()
    assert lines[0] == sandbox.id
    assert f"    api_key          {sandbox.credentials('consero')['api_key']}" in lines


def test_list_shows_each_with_its_name(run: Run, sandbox: SandboxHandle) -> None:
    out = run("sandbox", "list").out
    assert out.startswith("default ")
    assert sandbox.name in out


def test_reset_empties_the_journal(run: Run, sandbox: SandboxHandle) -> None:
    sandbox.send("consero", "GET", "/examinations")
    assert run("sandbox", "reset").out == f"{sandbox.id} is back to its seed\n"
    assert sandbox.requests() == []


def test_delete_removes_it(run: Run, sandbox: SandboxHandle) -> None:
    assert run("sandbox", "delete", sandbox.id).out == f"{sandbox.id} is deleted\n"
    done = run("sandbox", "show", sandbox.id)
    assert done.code == 2
    assert f"There is no sandbox '{sandbox.id}'" in done.err


def test_default_cannot_be_deleted(run: Run) -> None:
    done = run("sandbox", "delete", "default")
    assert done.code == 2
    assert "always exists: reset it instead" in done.err


def test_option_wins_over_the_environment(run: Run) -> None:
    assert run("sandbox", "show", "--sandbox", "default").out.startswith("default\n")


def test_env_prints_only_export_lines(run: Run, sandbox: SandboxHandle) -> None:
    credentials = sandbox.credentials("proctorexam")
    assert run("env", "proctorexam").out.splitlines() == [
        f"export PROCTOREXAM_BASE_URL={credentials['base_url']}",
        f"export PROCTOREXAM_API_TOKEN={shlex.quote(credentials['api_token'])}",
        f"export PROCTOREXAM_SECRET_KEY={shlex.quote(credentials['secret_key'])}",
    ]


def test_env_is_understood_by_a_shell(run: Run, sandbox: SandboxHandle) -> None:
    script = run("env", "consero", "--prefix", "CONTRACTS_").out + 'printf %s "$CONTRACTS_CONSERO_API_KEY"'
    result = subprocess.run(["sh", "-c", script], capture_output=True, text=True, check=True)
    assert result.stdout == sandbox.credentials("consero")["api_key"]


def test_env_of_unknown_vendor_is_a_usage_error(run: Run) -> None:
    done = run("env", "acme")
    assert (done.code, done.out) == (2, "")
    assert "there is no vendor 'acme'" in done.err


def test_world_is_saved_and_put_back(run: Run, sandbox: SandboxHandle) -> None:
    assert run("sandbox", "snapshot", "before").out == f"{sandbox.id} is saved as before\n"
    sandbox.send("consero", "POST", "/cancel-allocation", {"invite_id": 142})
    run("sandbox", "restore", "before")
    assert sandbox.send("consero", "POST", "/report", {"inviteId": 142}).status == 200


def test_world_is_exported_and_imported(
    run: Run, sandbox: SandboxHandle, mockserver_api: ControlApi, tmp_path: Path
) -> None:
    sandbox.send("proctorexam", "POST", "/institutes", {"name": "Moved", "short_name": "m"})
    (tmp_path / "world.json").write_text(run("sandbox", "export").out)
    made = run("sandbox", "import", str(tmp_path / "world.json"), "--json").json
    copy = SandboxHandle.open(mockserver_api, made["id"])
    assert b'"Moved"' in copy.send("proctorexam", "GET", "/institutes").body
    copy.delete()


def test_import_of_something_else_is_a_usage_error(run: Run, tmp_path: Path) -> None:
    (tmp_path / "world.json").write_text("{")
    done = run("sandbox", "import", str(tmp_path / "world.json"))
    assert done.code == 2
    assert "is no exported world" in done.err
