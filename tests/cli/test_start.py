"""What all commands share: they start at once, and say plainly when no server is there."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest

from mockserver.cli import COMMANDS, main

Run = Any
CLIENTS = sorted(set(COMMANDS) - {"serve", "doctor", "scenario"})
NEEDED = {
    "send": ("consero", "GET", "/examinations"),
    "sign": ("consero", "GET", "/examinations"),
    "sandbox": ("list",),
    "fault": ("list",),
    "env": ("consero",),
}


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_help_imports_nothing_of_the_server(command: str) -> None:
    program = (
        "import sys\n"
        "from mockserver.cli import main\n"
        "try:\n"
        f"    main([{command!r}, '--help'])\n"
        "except SystemExit:\n"
        "    heavy = {'fastapi', 'starlette', 'pydantic', 'uvicorn', 'sqlmodel', 'yaml', 'jwt'}\n"
        "    sys.exit(', '.join(heavy & set(sys.modules)) or 0)\n"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stderr) == (0, "")


@pytest.mark.parametrize("command", CLIENTS)
def test_no_server_ends_with_2_and_says_how_to_start_one(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    code = main([command, *NEEDED.get(command, ()), "--url", "http://127.0.0.1:1"])
    told = capsys.readouterr()
    assert (code, told.out) == (2, "")
    assert told.err == (
        f"mockserver {command}: no server answers at http://127.0.0.1:1 (Connection refused): start one with "
        "'mockserver serve', or name a running one with --url or MOCKSERVER_URL\n"
    )


@pytest.mark.parametrize("url", ["127.0.0.1:8000", "ftp://127.0.0.1", "http://", "http://[::1"])
def test_url_that_is_none_ends_with_2(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--url", url]) == 2
    assert "is not a URL" in capsys.readouterr().err


def test_other_server_is_told_apart(server: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["clock", "--url", f"{server.url}/consero"]) == 2
    assert "is no mockserver: it has no control API at /__admin" in capsys.readouterr().err


def test_unknown_sandbox_is_a_usage_error(run: Run) -> None:
    done = run("clock", "--sandbox", "nowhere")
    assert done.code == 2
    assert "There is no sandbox 'nowhere'" in done.err


def test_reader_that_goes_away_is_no_error(server: Any) -> None:
    command = (
        f"{sys.executable} -m mockserver statements --url {server.url} | head -1; echo ${{PIPESTATUS[0]}}"
    )
    result = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert result.stderr == ""
    assert result.stdout.endswith("\n0\n")


def test_admin_token_comes_from_the_environment(serve: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    with serve("--host", "0.0.0.0", "--database", "sqlite://", "--admin-token", "t" * 24) as guarded:
        monkeypatch.setenv("MOCKSERVER_URL", guarded.url)
        assert main(["clock"]) == 2
        monkeypatch.setenv("MOCKSERVER_ADMIN_TOKEN", "t" * 24)
        assert main(["clock"]) == 0
