"""The pytest plugin, in runs of pytest of their own."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest
from processes import running_process
from pytest_runs import QUIET

from mockserver.client.controls import ControlApi
from mockserver.client.http import ServerUnreachable, exchange

pytest_plugins = ["pytester"]
pytestmark = pytest.mark.usefixtures("alone")

XDIST = ("-p", "xdist.plugin", "-n")


def urls(pytester: pytest.Pytester) -> set[str]:
    """What the tests of a run wrote into the file `urls`."""
    return set((pytester.path / "urls").read_text().split())


WRITES_URL = """
    import pathlib, pytest

    @pytest.mark.parametrize("number", range(6))
    def test_server(mockserver_url, number):
        with pathlib.Path("urls").open("a") as file:
            file.write(mockserver_url + "\\n")
"""


def test_sandbox_is_a_world_of_its_own(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import pytest

        keys = []

        @pytest.mark.parametrize("number", [1, 2])
        def test_key(sandbox, number):
            keys.append(sandbox.credentials("consero")["api_key"])
            assert len(set(keys)) == number
            sandbox.send("consero", "GET", "/examinations")
            assert len(sandbox.requests()) == 1
        """
    )
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=2)


def test_plugin_is_found_by_its_entry_point(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD")
    pytester.makepyfile("def test_x(sandbox): assert sandbox.id")
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)


def test_sandbox_does_what_a_test_needs(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        from datetime import UTC, datetime
        import json, urllib.request

        def test_life_of_an_invite(sandbox):
            access = sandbox.credentials("consero")
            request = urllib.request.Request(
                sandbox.base_url("consero") + "/examinations", headers={"x-api-key": access["api_key"]}
            )
            with urllib.request.urlopen(request) as answer:
                assert json.load(answer)[0]["testId"] == 119
            assert sandbox.env("consero") == {
                "CONSERO_BASE_URL": access["base_url"], "CONSERO_API_KEY": access["api_key"]
            }
            start = sandbox.clock.freeze(datetime(2030, 1, 1, tzinfo=UTC))
            assert (sandbox.clock.advance(90) - start).total_seconds() == 90
            settings = sandbox.settings({"consero.exam_completion": "immediate"})
            assert settings["consero"]["exam_completion"] == "immediate"
            made = sandbox.send(
                "consero", "POST", "/allocate-candidate", {"candidate_email": "a@b.co", "examination_id": 119}
            )
            invite = {"inviteId": made.json()["data"]["invite_id"]}
            report = sandbox.send("consero", "POST", "/report", invite)
            assert report.json()["status"] == "Pass"
            assert [entry["status"] for entry in sandbox.requests()] == [200, 201, 200]
            sandbox.reset()
            assert sandbox.requests() == []
        """
    )
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)


def test_run_has_one_server_and_ends_it(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(WRITES_URL)
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=6)
    (url,) = urls(pytester)
    with pytest.raises(ServerUnreachable):
        exchange("GET", url)


def test_workers_of_xdist_share_one_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(WRITES_URL)
    pytester.runpytest_subprocess(*QUIET, *XDIST, "2").assert_outcomes(passed=6)
    (url,) = urls(pytester)
    with pytest.raises(ServerUnreachable):
        exchange("GET", url)


def test_run_that_uses_no_fixture_starts_no_server(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            assert "fastapi" not in sys.modules
            assert "mockserver.app" not in sys.modules
        """
    )
    pytester.runpytest_subprocess(*QUIET, *XDIST, "1").assert_outcomes(passed=1)


USES_SANDBOX = """
    import pathlib

    def test_url(sandbox):
        pathlib.Path("urls").write_text(sandbox.api.url)
"""


def test_running_server_is_used_and_left_tidy(pytester: pytest.Pytester, serve: Any) -> None:
    pytester.makepyfile(USES_SANDBOX)
    with serve("--database", "sqlite://") as server:
        pytester.runpytest_subprocess(*QUIET, f"--mockserver-url={server.url}/").assert_outcomes(passed=1)
        left = ControlApi(server.url).call("sandboxes.list")
    assert urls(pytester) == {server.url}
    assert [sandbox["id"] for sandbox in left] == ["default"]


def test_running_server_can_be_named_in_the_environment(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, server: Any
) -> None:
    pytester.makepyfile(USES_SANDBOX)
    monkeypatch.setenv("MOCKSERVER_URL", server.url)
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)
    assert urls(pytester) == {server.url}


def test_server_that_is_not_there_is_an_error_with_a_sentence(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_x(sandbox): pass")
    result = pytester.runpytest_subprocess(*QUIET, "--mockserver-url", "http://127.0.0.1:1")
    result.assert_outcomes(errors=1)
    result.stdout.fnmatch_lines(["*no server answers at http://127.0.0.1:1 (Connection refused)*"])


@contextlib.contextmanager
def hanging_run(folder: Path) -> Any:
    """A run of pytest whose test waits for ever, once its server is up."""
    (folder / "test_hang.py").write_text(
        "import signal\n"
        "def test_hang(sandbox):\n"
        "    open('urls.part', 'w').write(sandbox.api.url)\n"
        "    __import__('os').rename('urls.part', 'urls')\n"
        "    signal.pause()\n"
    )
    command = [sys.executable, "-m", "pytest", *QUIET, "-s"]
    with running_process(command, cwd=folder, stdout=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def wait_for(path: Path, seconds: float = 60) -> str:
    end = time.monotonic() + seconds
    while not path.exists() and time.monotonic() < end:
        time.sleep(0.05)
    return path.read_text()


def wait_until_refused(url: str, seconds: float = 10) -> bool:
    address = ("127.0.0.1", int(re.findall(r":(\d+)$", url)[0]))
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            socket.create_connection(address).close()
        except ConnectionRefusedError:
            return True
        time.sleep(0.05)
    return False


def test_killed_run_leaves_no_server_behind(tmp_path: Path) -> None:
    with hanging_run(tmp_path) as process:
        url = wait_for(tmp_path / "urls")
        os.kill(process.pid, signal.SIGKILL)
        process.wait(timeout=10)
        assert wait_until_refused(url)
