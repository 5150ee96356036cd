"""Commands run in this process against the session's server, each test in a sandbox of its own."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from mockserver.cli import main
from mockserver.client.sandbox import SandboxHandle


@dataclass(frozen=True)
class Done:
    """What a command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Done]


@pytest.fixture(scope="session")
def mockserver_url(server: Any) -> str:
    """The plugin's fixtures work on the session's server here."""
    url: str = server.url
    return url


@pytest.fixture
def run(sandbox: SandboxHandle, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `mockserver` with words; it finds server and sandbox in the environment."""
    monkeypatch.setenv("MOCKSERVER_URL", sandbox.api.url)
    monkeypatch.setenv("MOCKSERVER_SANDBOX", sandbox.id)
    monkeypatch.delenv("MOCKSERVER_ADMIN_TOKEN", raising=False)

    def command(*words: str) -> Done:
        capsys.readouterr()
        code = main(words)
        told = capsys.readouterr()
        return Done(code, told.out, told.err)

    return command


@pytest.fixture
def refuse(run: Run, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `mockserver` with words that its parser refuses."""

    def command(*words: str) -> Done:
        with pytest.raises(SystemExit) as ended:
            run(*words)
        told = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Done(ended.value.code, told.out, told.err)

    return command
