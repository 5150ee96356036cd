"""Tests in a real browser: each with a sandbox of its own, and a learning platform where one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from browser import browser_page, chromium
from lms import Lms, running_lms

from mockserver.client.controls import ControlApi
from mockserver.client.sandbox import SandboxHandle

if TYPE_CHECKING:
    from conftest import RunningServer

__all__ = ["browser_page", "chromium"]  # fixtures


@pytest.fixture
def world(server: RunningServer) -> Iterator[SandboxHandle]:
    """A sandbox of one's own, its clock standing still."""
    sandbox = SandboxHandle.new(ControlApi(server.url))
    sandbox.clock.freeze("2026-12-01T09:00:00Z")
    yield sandbox
    sandbox.delete()


@pytest.fixture
def lms() -> Iterator[Lms]:
    with running_lms() as running:
        yield running
