"""Fixtures for pytest: `mockserver_url`, one server for the run, and `sandbox`, a fresh world for each test.

Under pytest-xdist the process that started the workers owns the server, and all workers share it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Generator, Iterator
from typing import Any

import pytest

from mockserver.client.controls import ControlApi
from mockserver.client.entries import report
from mockserver.client.sandbox import DEFAULT, SandboxHandle
from mockserver.errors import UsageError
from mockserver.ondemand import ServerOnDemand

SECTION = "refused by mockserver"
TTL_SECONDS = 24 * 60 * 60  # what a killed run leaves behind on somebody else's server goes away by itself
MOST_STRANGERS = 5

_server_key = pytest.StashKey[ServerOnDemand]()
_sandboxes_key = pytest.StashKey[list[SandboxHandle]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--mockserver-url`."""
    parser.getgroup("mockserver").addoption(
        "--mockserver-url",
        default=os.environ.get("MOCKSERVER_URL"),
        metavar="URL",
        help="use this running server (default MOCKSERVER_URL, else one of its own for the run)",
    )


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell each worker of pytest-xdist where the server of the run will be."""
    config: pytest.Config = node.config
    if not config.getoption("mockserver_url"):
        node.workerinput["mockserver_url"] = _own_server(config)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Stop the server, if this process owns one."""
    server = config.stash.get(_server_key, None)
    if server is not None:
        server.stop()


@pytest.fixture(scope="session")
def mockserver_url(pytestconfig: pytest.Config) -> str:
    """The URL of the server of this run."""
    given: str | None = pytestconfig.getoption("mockserver_url")
    if given:
        return given.rstrip("/")
    from_controller: str | None = getattr(pytestconfig, "workerinput", {}).get("mockserver_url")
    return from_controller or _own_server(pytestconfig)


@pytest.fixture(scope="session")
def mockserver_api(mockserver_url: str) -> ControlApi:
    """The control API of the server, for what no sandbox has a word for."""
    return ControlApi(mockserver_url, os.environ.get("MOCKSERVER_ADMIN_TOKEN"))


@pytest.fixture
def sandbox(mockserver_api: ControlApi, request: pytest.FixtureRequest) -> Iterator[SandboxHandle]:
    """A world of this test's own: credentials, clock, faults, journal; removed at its end."""
    name = re.sub(r"[^\x20-\x7e]", "?", request.node.nodeid)[-100:]
    made = SandboxHandle.new(mockserver_api, name=name, ttl_seconds=TTL_SECONDS)
    request.node.stash.setdefault(_sandboxes_key, []).append(made)
    yield made
    made.delete()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add to the report of a failed test what was refused during it, and which mistake was likely made."""
    made = yield
    if made.failed and call.when != "teardown":
        for sandbox in item.stash.get(_sandboxes_key, []):
            text = _refusals(sandbox)
            if text:
                made.sections.append((SECTION, text))
    return made


def _own_server(config: pytest.Config) -> str:
    if _server_key not in config.stash:
        config.stash[_server_key] = ServerOnDemand()
    return config.stash[_server_key].url


def _refusals(sandbox: SandboxHandle) -> str:
    """Return the refused requests of a sandbox, and those whose credential belongs to nobody."""
    try:
        own = _refused(sandbox)
        default = SandboxHandle.open(sandbox.api, DEFAULT)
        strangers = _refused(default, since=sandbox.created_at, limit=MOST_STRANGERS)
    except UsageError as problem:
        return f"the journal cannot be read: {problem}"
    text = report(own)
    if strangers:
        text += "\nwith a credential of nobody (by this test or another one at the same time):\n"
        text += report(strangers)
    return text.strip()


def _refused(sandbox: SandboxHandle, **filters: Any) -> list[dict[str, Any]]:
    return sandbox.requests(refused="true", **filters)[::-1]
